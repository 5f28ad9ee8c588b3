/** As people copy it: small letters, no dashes, and letters for the digits they look like (Crockford's base 32 has no I, L, O). */
export function normaliseReceiptCode(typed: string): string | undefined {
  const characters = typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  if (!/^[0-9A-HJKMNP-TV-Z]{16}$/.test(characters)) return undefined
  return characters.match(/.{4}/g)?.join('-')
}
