/** Base64url without padding (RFC 4648 §5), the only spelling JOSE accepts (RFC 7515 §2). */
export function base64url(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

export function base64urlOfText(text: string): string {
  return base64url(new TextEncoder().encode(text))
}
