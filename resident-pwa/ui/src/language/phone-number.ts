/**
 * A mobile number as people write it (08…, 62…, +62…, with spaces or dashes) in E.164 (ITU-T E.164), or undefined.
 * Indonesian mobile numbers are 8 followed by 8 to 11 digits; a number of another country keeps its own code.
 */
export function normalisePhone(typed: string): string | undefined {
  const compact = typed.replaceAll(/[\s().-]/g, '')
  const international = compact.startsWith('+')
    ? compact
    : compact.startsWith('00')
      ? `+${compact.slice(2)}`
      : compact.startsWith('0')
        ? `+62${compact.slice(1)}`
        : compact.startsWith('62')
          ? `+${compact}`
          : `+62${compact}`
  // "+62 0812…" is what people make of "write your number with country code".
  const number = international.replace(/^\+620/, '+62')
  if (number.startsWith('+62')) return /^\+628\d{8,11}$/.test(number) ? number : undefined
  return /^\+[1-9]\d{7,14}$/.test(number) ? number : undefined
}
