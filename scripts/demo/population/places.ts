import { getDistricts, getProvinces, getRegencies, getVillages } from 'idn-area-data'

/** A village (kelurahan, desa or kalurahan) with all that stands above it. */
export interface Village {
  /** Ten digits. */
  readonly code: string
  readonly districtCode: string
  readonly village: string
  readonly district: string
  readonly regency: string
  readonly province: string
  readonly postalCode: string
}

export interface Birthplace {
  readonly districtCode: string
  readonly provinceCode: string
  readonly name: string
}

export interface Places {
  readonly madiun: readonly Village[]
  readonly banguntapan: readonly Village[]
  /** In no demo office's area. */
  readonly elsewhere: readonly Village[]
  /** Every district of the country. */
  readonly birthplaces: readonly Birthplace[]
}

// One of the postal codes used in each district; the region data has none.
const postalCodes: Readonly<Record<string, string>> = {
  '35.77.01': '63117',
  '35.77.02': '63127',
  '35.77.03': '63131',
  '34.02.12': '55198',
  '34.71.13': '55161',
  '35.19.09': '63161',
}

/** Codes and names after Kemendagri, from the package `idn-area-data` (data under ODbL), read at run time. */
export async function readPlaces(): Promise<Places> {
  const [provinces, regencies, districts, villages] = await Promise.all([getProvinces(), getRegencies(), getDistricts(), getVillages()])
  const provinceNames = new Map(provinces.map(({ code, name }) => [code, name]))
  const regencyNames = new Map(regencies.map(({ code, name }) => [code, name]))
  const districtNames = new Map(districts.map(({ code, name }) => [code, name]))
  const villagesOf = (...districtCodes: readonly string[]) =>
    villages
      .filter(({ district_code }) => districtCodes.includes(district_code))
      .map(({ code, district_code, name }): Village => ({
        code: code.replaceAll('.', ''),
        districtCode: district_code.replaceAll('.', ''),
        village: name,
        district: known(districtNames, district_code),
        regency: known(regencyNames, district_code.slice(0, 5)),
        province: known(provinceNames, district_code.slice(0, 2)),
        postalCode: known(new Map(Object.entries(postalCodes)), district_code),
      }))
  return {
    madiun: villagesOf('35.77.01', '35.77.02', '35.77.03'),
    banguntapan: villagesOf('34.02.12'),
    elsewhere: villagesOf('34.71.13', '35.19.09'),
    birthplaces: districts.map(({ code, regency_code }) => ({
      districtCode: code.replaceAll('.', ''),
      provinceCode: code.slice(0, 2),
      name: known(regencyNames, regency_code).replace(/^(Kabupaten|Kota) /, '').toUpperCase(),
    })),
  }
}

function known(names: ReadonlyMap<string, string>, code: string): string {
  const name = names.get(code)
  if (name === undefined) throw new Error(`the region data has no ${code}`)
  return name
}
