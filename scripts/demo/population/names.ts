import type { Random } from './random.ts'

/** How people of a region are named; lists of common given names, put together at random, meant for nobody. */
export interface NamingCulture {
  /** How often, next to the others. */
  readonly weight: number
  /** Kemendagri province codes where such a person may have been born. */
  readonly provinces: readonly string[]
  readonly religions: readonly string[]
  readonly female: readonly string[]
  readonly male: readonly string[]
  readonly femaleSecond: readonly string[]
  readonly maleSecond: readonly string[]
  /** Handed from father to child, where that is the custom. */
  readonly familyNames?: readonly string[]
}

export const cultures: readonly NamingCulture[] = [
  {
    weight: 12,
    provinces: ['33', '34', '35'],
    religions: ['Islam', 'Islam', 'Islam', 'Islam', 'Islam', 'Kristen', 'Katolik'],
    female: ['Ayu', 'Dwi', 'Endang', 'Indah', 'Lestari', 'Ningsih', 'Nur', 'Puji', 'Ratna', 'Retno', 'Rini', 'Sri', 'Sulastri', 'Sumiyati', 'Tri', 'Tutik', 'Wahyuni', 'Wiwik', 'Yuni', 'Murni'],
    femaleSecond: ['Astuti', 'Handayani', 'Hartati', 'Kusumawati', 'Mulyani', 'Purwanti', 'Rahayu', 'Setyowati', 'Susanti', 'Widyastuti', 'Wulandari', 'Yuliana', ''],
    male: ['Agus', 'Bambang', 'Budi', 'Dwi', 'Edi', 'Eko', 'Hadi', 'Heru', 'Joko', 'Kuncoro', 'Puji', 'Slamet', 'Sugeng', 'Suparman', 'Supriyanto', 'Suyatno', 'Tri', 'Wahyu', 'Wawan', 'Yanto'],
    maleSecond: ['Hartono', 'Kurniawan', 'Nugroho', 'Prasetyo', 'Purnomo', 'Raharjo', 'Santoso', 'Saputro', 'Setiawan', 'Suryanto', 'Utomo', 'Wibowo', 'Widodo', ''],
  },
  {
    weight: 3,
    provinces: ['32', '36'],
    religions: ['Islam'],
    female: ['Ai', 'Cucu', 'Dede', 'Elis', 'Euis', 'Ida', 'Imas', 'Lilis', 'Neneng', 'Nia', 'Rina', 'Yayah'],
    femaleSecond: ['Hasanah', 'Komariah', 'Kurniasih', 'Mulyati', 'Nurhayati', 'Rohaeni', 'Rostiana', 'Sumiati', 'Suryani'],
    male: ['Aceng', 'Asep', 'Cecep', 'Dadang', 'Deni', 'Endang', 'Iwan', 'Maman', 'Nandang', 'Ujang', 'Yayan'],
    maleSecond: ['Gunawan', 'Hermawan', 'Hidayat', 'Kurnia', 'Mulyana', 'Permana', 'Ramdani', 'Rohmat', 'Sopandi', 'Suryana'],
  },
  {
    weight: 1,
    provinces: ['12'],
    religions: ['Kristen', 'Kristen', 'Katolik', 'Islam'],
    female: ['Berliana', 'Desi', 'Juliana', 'Lamria', 'Marlina', 'Nurmala', 'Rosdiana', 'Tiurma'],
    femaleSecond: ['Elisabet', 'Maria', 'Romauli', ''],
    male: ['Binsar', 'Hotman', 'Jonatan', 'Marihot', 'Parlindungan', 'Ronal', 'Saut', 'Tigor'],
    maleSecond: ['Hasiholan', 'Mangihut', 'Parulian', ''],
    familyNames: ['Hutagalung', 'Manalu', 'Nainggolan', 'Pardede', 'Sihombing', 'Simanjuntak', 'Sinaga', 'Situmorang'],
  },
  {
    weight: 1,
    provinces: ['13'],
    religions: ['Islam'],
    female: ['Desmawati', 'Elvi', 'Fitri', 'Gusnita', 'Mardiah', 'Rahmi', 'Yulia', 'Zulfa'],
    femaleSecond: ['Anggraini', 'Gusti', 'Hanum', 'Marlina', 'Oktavia', ''],
    male: ['Afrizal', 'Bustami', 'Erizal', 'Hendri', 'Rafki', 'Syafril', 'Yusri', 'Zulkifli'],
    maleSecond: ['Chaniago', 'Efendi', 'Rahman', 'Saputra', ''],
  },
  {
    weight: 1,
    provinces: ['51'],
    religions: ['Hindu'],
    female: ['Ni Kadek', 'Ni Ketut', 'Ni Luh', 'Ni Made', 'Ni Nyoman', 'Ni Wayan'],
    femaleSecond: ['Ariani', 'Dewi', 'Lastri', 'Pratiwi', 'Sukmawati', 'Suartini', 'Widiantari'],
    male: ['I Gede', 'I Kadek', 'I Ketut', 'I Made', 'I Nyoman', 'I Putu', 'I Wayan'],
    maleSecond: ['Arta', 'Darmawan', 'Mahendra', 'Suardana', 'Sudarsana', 'Wirawan', 'Yasa'],
  },
  {
    weight: 1,
    provinces: ['73'],
    religions: ['Islam'],
    female: ['Andi Nur', 'Besse', 'Hasna', 'Hasnawati', 'Megawati', 'Nurlaela', 'Rosmini'],
    femaleSecond: ['Aulia', 'Hafid', 'Ramadhani', 'Sari', ''],
    male: ['Ambo', 'Andi', 'Baso', 'Hamzah', 'Muhammad Arif', 'Syamsuddin', 'Usman'],
    maleSecond: ['Dalle', 'Hasan', 'Latif', 'Mappiare', 'Tahir', ''],
  },
  {
    weight: 1,
    provinces: ['35', '31', '61'],
    religions: ['Buddha', 'Katolik', 'Kristen', 'Khonghucu'],
    female: ['Caroline', 'Fransiska', 'Lina', 'Meilani', 'Mei', 'Shinta', 'Yenny'],
    femaleSecond: ['Agustina', 'Kartika', 'Natalia', 'Wijayanti', ''],
    male: ['Andreas', 'Budiman', 'Hendra', 'Kevin', 'Rudy', 'Steven', 'Yohanes'],
    maleSecond: ['Adrian', 'Christanto', 'Gunawan', ''],
    familyNames: ['Gunadi', 'Halim', 'Hartanto', 'Lesmana', 'Salim', 'Susilo', 'Tanujaya', 'Wijaya'],
  },
  {
    weight: 1,
    provinces: ['53', '81', '94'],
    religions: ['Katolik', 'Kristen'],
    female: ['Agnes', 'Maria', 'Martha', 'Oktaviana', 'Theresia', 'Yosefina', 'Yuliana'],
    femaleSecond: ['Bunga', 'Goreti', 'Imelda', 'Kewa', ''],
    male: ['Alfons', 'Benediktus', 'Dominikus', 'Fransiskus', 'Markus', 'Petrus', 'Yakobus'],
    maleSecond: ['Don', 'Kornelis', 'Lado', 'Nong', ''],
    familyNames: ['Bria', 'Fernandez', 'Latuheru', 'Nahak', 'Pattinama', 'Wanggai'],
  },
]

const byWeight = cultures.flatMap((culture) => Array.from({ length: culture.weight }, () => culture))

export function pickCulture(random: Random): NamingCulture {
  return random.pick(byWeight)
}

/** As it stands on a KTP-el: capitals. A single name is a whole name. */
export function makeName(random: Random, culture: NamingCulture, sex: 'female' | 'male', familyName?: string): string {
  const first = random.pick(culture[sex])
  const second = random.pick(sex === 'female' ? culture.femaleSecond : culture.maleSecond)
  return [first, second, familyName]
    .filter((part) => part)
    .join(' ')
    .toUpperCase()
}
