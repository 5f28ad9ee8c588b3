import type { Random } from './random.ts'

/** Gives NIKs and KK numbers, none twice. */
export interface NumberIssuer {
  nik(districtCode: string, birthDate: string, sex: 'female' | 'male'): string
  familyNumber(districtCode: string): string
}

/**
 * Numbers after Permendagri 108/2019, art. 39: region, date (+40 on the day for women), serial. Serials count up from 0001
 * within a region and date, as the register's do; a KK number has the date it was issued.
 */
export function createNumberIssuer(random: Random): NumberIssuer {
  const given = new Map<string, number>()
  const withSerial = (prefix: string) => {
    const serial = (given.get(prefix) ?? 0) + 1
    given.set(prefix, serial)
    return prefix + String(serial).padStart(4, '0')
  }
  return {
    nik(districtCode, birthDate, sex) {
      const [year, month, day] = birthDate.split('-') as [string, string, string]
      const dayField = String(Number(day) + (sex === 'female' ? 40 : 0)).padStart(2, '0')
      return withSerial(districtCode + dayField + month + year.slice(2))
    },
    familyNumber(districtCode) {
      const issued = [random.integer(1, 28), random.integer(1, 12), random.integer(8, 24)].map((n) => String(n).padStart(2, '0')).join('')
      // Above 4000: a NIK of the same region and date never has the same digits.
      return withSerial(`${districtCode}${issued}`).replace(/.{4}$/, (serial) => String(Number(serial) + 4000))
    },
  }
}
