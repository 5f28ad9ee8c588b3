import type { Suspension } from '@ikd/contract'
import { type Phrase, say } from '@ikd/ui'

const waysBack: Record<Suspension['liftedAt'], Phrase> = {
  phone: {
    id: 'Ponselnya ketemu? Buka IKD di ponsel itu, lalu ketik PIN dan kode yang dikirim ke e-mail Anda. Tidak ketemu? Datang ke kantor Dukcapil untuk mengaktifkan ponsel baru.',
    en: 'Found the phone? Open IKD on it, then type your PIN and the code sent to your e-mail. Not found? Come to a Dukcapil office to activate a new phone.',
  },
  office: {
    id: 'PIN dan e-mail saja tidak cukup untuk membukanya, karena mungkin orang lain yang memegangnya. Datang ke kantor Dukcapil dengan KTP-el Anda; dua petugas akan memeriksa.',
    en: 'PIN and e-mail alone do not open it again, for somebody else may have them. Come to a Dukcapil office with your KTP-el; two officers will check.',
  },
}

/** How a suspension ends. */
export function wayBackText(liftedAt: Suspension['liftedAt']): string {
  return say(waysBack[liftedAt])
}
