/**
 * Base64url without padding (RFC 4648 §5), the one spelling of its bytes: what has padding, spaces, letters of the
 * other alphabet or stray bits in its last letter (§3.5) is undefined. Node's own decoder takes all of these.
 */
export function decodeBase64Url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : undefined
}

/** Base64 with its padding (RFC 4648 §4), the one spelling of its bytes; undefined for any other. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}
