import { DomainError } from '@ikd/contract'
import { decodeBase64 } from '../../security/base64url.ts'

/** A desk sends 640×480; a still camera in its place may send more, but not what takes a decoder seconds. */
const mostPixels = 16_000_000
/** A camera writes one scan, a patient encoder ten; each more is a pass over the whole picture that costs its sender bytes only. */
const mostScans = 16
/** Segments before the picture: tables, a profile, a note of the camera. */
const mostSegments = 64

/**
 * Whether bytes have the frame of a whole JPEG (ITU-T T.81 Annex B) that a camera could have made: begun, ended, of a size
 * that can be decoded. Looked at before any decoder is: nothing here is allocated by what the bytes say.
 */
export function isCameraJpeg(bytes: Uint8Array): boolean {
  const word = (at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  if (word(0) !== 0xffd8 || word(bytes.length - 2) !== 0xffd9) return false
  let pixels = 0
  let at = 2
  for (let segments = 0; segments < mostSegments; segments++) {
    const marker = word(at)
    const length = word(at + 2)
    // Segments follow one another without a gap; restart markers and a second beginning have no place here.
    if (marker < 0xffc0 || marker === 0xffff || (marker >= 0xffd0 && marker <= 0xffd9) || length < 2 || at + 2 + length > bytes.length) return false
    if (marker === 0xffda) return pixels > 0 && countScans(bytes, at) <= mostScans
    // Baseline, extended, progressive; the rest of FFC0 to FFCF are tables (C4, C8, CC) or codings no camera uses.
    if (marker >= 0xffc0 && marker <= 0xffc2) {
      if (pixels > 0 || length < 8) return false
      pixels = word(at + 5) * word(at + 7)
      if (pixels === 0 || pixels > mostPixels) return false
    }
    at += 2 + length
  }
  return false
}

/**
 * A frame as a desk sends it.
 *
 * @throws DomainError `frame-unreadable`
 */
export function decodeFrame(base64: string): Buffer {
  const bytes = decodeBase64(base64)
  if (!bytes || !isCameraJpeg(bytes)) throw new DomainError('frame-unreadable')
  return bytes
}

/** In entropy-coded data FF is always followed by 00 or a restart marker, so this pair is a scan's beginning there. */
function countScans(bytes: Uint8Array, from: number): number {
  let scans = 0
  for (let at = from; at < bytes.length - 1; at++) if (bytes[at] === 0xff && bytes[at + 1] === 0xda) scans++
  return scans
}
