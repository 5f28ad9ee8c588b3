import { encode } from 'uqr'

/** Light modules around the symbol (ISO/IEC 18004 §9.1). */
export const quietZone = 4

export interface QrPicture {
  /** Modules on a side, the quiet zone included. */
  readonly size: number
  /** 1 to 40. */
  readonly version: number
  /** SVG path of the dark modules, one unit a module. */
  readonly path: string
}

/** The picture of a QR code at error correction M. Throws when the text does not fit into version 40. */
export function qrPicture(text: string): QrPicture {
  const { data, size, version } = encode(text, { ecc: 'M', boostEcc: false, border: 0 })
  let path = ''
  data.forEach((row, y) => {
    // One rectangle a run: neighbours drawn apart would show hairlines between them.
    for (let x = 0; x < size; x++) {
      const start = x
      while (row[x]) x++
      if (x > start) path += `M${start + quietZone} ${y + quietZone}h${x - start}v1h-${x - start}z`
    }
  })
  return { size: size + 2 * quietZone, version, path }
}
