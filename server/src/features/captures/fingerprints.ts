/** Fingerprints of one burst in one value: a byte of count, then equal parts. */
export function packFingerprints(fingerprints: readonly Uint8Array[]): Buffer {
  return Buffer.concat([Buffer.from([fingerprints.length]), ...fingerprints])
}

export function unpackFingerprints(packed: Buffer): Uint8Array[] {
  const count = packed[0] ?? 0
  const length = count === 0 ? 0 : (packed.length - 1) / count
  return Array.from({ length: count }, (_, i) => Uint8Array.from(packed.subarray(1 + i * length, 1 + (i + 1) * length)))
}
