import { type NikProblem, parseNik } from '@ikd/contract'
import { type Phrase, say } from '@ikd/ui'

const explanations: Record<Exclude<NikProblem, 'length'>, Phrase> = {
  'not-digits': { id: 'NIK hanya berisi angka, tanpa spasi dan huruf.', en: 'A NIK has digits only, no spaces or letters.' },
  region: {
    id: 'Enam angka pertama bukan kode wilayah. Periksa lagi angka 1 sampai 6 pada KTP Anda.',
    en: 'The first six digits are no region code. Check digits 1 to 6 on your card.',
  },
  'birth-date': {
    id: 'Angka ke-7 sampai ke-12 bukan tanggal lahir (hari, bulan, tahun; untuk perempuan hari ditambah 40). Periksa lagi.',
    en: 'Digits 7 to 12 are no birth date (day, month, year; for women 40 is added to the day). Please check.',
  },
  serial: { id: 'Empat angka terakhir tidak mungkin 0000. Periksa lagi.', en: 'The last four digits cannot be 0000. Please check.' },
}

/** What is wrong with a NIK as far as it is typed; empty while nothing is. `finished`: the person has left the field. */
export function nikError(typed: string, finished: boolean): string {
  const parsed = parseNik(typed)
  if (!('problem' in parsed)) return ''
  if (parsed.problem !== 'length') return say(explanations[parsed.problem])
  if (!finished && typed.length < 16) return ''
  if (typed === '') return say({ id: 'Isi NIK Anda: 16 angka pada KTP atau Kartu Keluarga.', en: 'Enter your NIK: the 16 digits on your KTP or family card.' })
  return say({
    id: `NIK ada 16 angka; yang terisi baru ${typed.length}. Hitung lagi.`,
    en: `A NIK has 16 digits; you have typed ${typed.length}. Please count again.`,
  })
}
