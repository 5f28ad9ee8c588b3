import type { NikProblem } from '@ikd/contract'
import type { Phrase } from '@ikd/ui'

export const nikProblemText: Record<NikProblem, Phrase> = {
  length: { id: 'NIK terdiri dari 16 angka.', en: 'A NIK has 16 digits.' },
  'not-digits': { id: 'NIK hanya berisi angka.', en: 'A NIK has digits only.' },
  region: { id: 'Enam angka pertama bukan kode wilayah.', en: 'The first six digits are no region code.' },
  'birth-date': { id: 'Angka ke-7 sampai ke-12 bukan tanggal lahir.', en: 'Digits 7 to 12 are no birth date.' },
  serial: { id: 'Empat angka terakhir tidak boleh 0000.', en: 'The last four digits cannot be 0000.' },
}
