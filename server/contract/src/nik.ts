/**
 * The structure of a Nomor Induk Kependudukan (Permendagri 108/2019, art. 39): six digits of the region where
 * it was issued, six of the birth date (ddmmyy, +40 on the day for women), four of a serial number.
 * The NIK has no check digit: this finds typing errors, never that a person exists.
 */
export type NikProblem = 'length' | 'not-digits' | 'region' | 'birth-date' | 'serial'

export interface NikParts {
  readonly provinceCode: string
  /** Four digits, Kemendagri code without the dot. */
  readonly regencyCode: string
  /** Six digits. */
  readonly districtCode: string
  readonly sex: 'female' | 'male'
  readonly day: number
  readonly month: number
  /** Two digits; the century is not in the NIK. */
  readonly yearOfCentury: number
  readonly serial: string
}

// Kemendagri province codes as of Kepmendagri 300.2.2-2138/2025 (38 provinces).
const provinces = new Set([
  '11', '12', '13', '14', '15', '16', '17', '18', '19', '21', '31', '32', '33', '34', '35', '36', '51', '52', '53',
  '61', '62', '63', '64', '65', '71', '72', '73', '74', '75', '76', '81', '82', '91', '92', '93', '94', '95', '96',
])

const daysInMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

export function parseNik(text: string): { readonly parts: NikParts } | { readonly problem: NikProblem } {
  if (!/^\d*$/.test(text)) return { problem: 'not-digits' }
  if (text.length !== 16) return { problem: 'length' }
  const provinceCode = text.slice(0, 2)
  if (!provinces.has(provinceCode) || text.slice(2, 4) === '00' || text.slice(4, 6) === '00') return { problem: 'region' }
  const dayField = Number(text.slice(6, 8))
  const sex = dayField > 40 ? 'female' : 'male'
  const day = sex === 'female' ? dayField - 40 : dayField
  const month = Number(text.slice(8, 10))
  const yearOfCentury = Number(text.slice(10, 12))
  const longest = daysInMonth[month - 1]
  if (longest === undefined || day < 1 || day > longest) return { problem: 'birth-date' }
  // 29 February: a two-digit year divisible by four is a leap year in the 20th and 21st century but for 1900.
  if (month === 2 && day === 29 && yearOfCentury % 4 !== 0) return { problem: 'birth-date' }
  const serial = text.slice(12)
  if (serial === '0000') return { problem: 'serial' }
  return {
    parts: {
      provinceCode,
      regencyCode: text.slice(0, 4),
      districtCode: text.slice(0, 6),
      sex,
      day,
      month,
      yearOfCentury,
      serial,
    },
  }
}

/** `3577************0003` style: region's first four and the serial's last four digits stay readable. */
export function maskNik(nik: string): string {
  return `${nik.slice(0, 4)}••••••••${nik.slice(-4)}`
}
