import type { Envelope } from '../../security/envelope.ts'

const context = (captureId: string) => `capture.fingerprints:${captureId}`

/** Fingerprints of one burst as they are kept; null of none. */
export function sealFingerprints(envelope: Envelope, captureId: string, fingerprints: readonly Uint8Array[]): Buffer | null {
  return fingerprints.length > 0 ? envelope.seal(pack(fingerprints), context(captureId)) : null
}

export function openFingerprints(envelope: Envelope, captureId: string, sealed: Uint8Array): Uint8Array[] {
  return unpack(envelope.open(sealed, context(captureId)))
}

/** In one value: a byte of count, then equal parts. */
function pack(fingerprints: readonly Uint8Array[]): Buffer {
  return Buffer.concat([Buffer.from([fingerprints.length]), ...fingerprints])
}

function unpack(packed: Buffer): Uint8Array[] {
  const count = packed[0] ?? 0
  const length = count === 0 ? 0 : (packed.length - 1) / count
  return Array.from({ length: count }, (_, i) => Uint8Array.from(packed.subarray(1 + i * length, 1 + (i + 1) * length)))
}
