import { type Phrase, type ProblemText, problemText, say } from '@ikd/ui'
import { PasskeyError, type PasskeyProblem } from '../host/passkeys.ts'

const passkeys: Record<PasskeyProblem, { readonly title: Phrase; readonly text: Phrase }> = {
  cancelled: {
    title: { id: 'Kunci sandi belum dipakai', en: 'The passkey was not used' },
    text: { id: 'Permintaannya ditutup atau waktunya habis. Coba lagi, atau pakai kode autentikator.', en: 'The prompt was closed or timed out. Try again, or use an authenticator code.' },
  },
  'already-there': {
    title: { id: 'Kunci ini sudah terdaftar', en: 'This key is registered already' },
    text: { id: 'Kunci sandi akun Anda sudah ada di perangkat ini. Pakai perangkat atau kunci lain.', en: 'A passkey of your account is on this device. Use another device or key.' },
  },
  'no-verification': {
    title: { id: 'Kunci ini tidak meminta PIN atau sidik jari', en: 'This key asks for no PIN or finger' },
    text: { id: 'Atur PIN pada kunci itu dulu, pakai kunci lain, atau pakai aplikasi autentikator.', en: 'Give the key a PIN first, use another key, or use an authenticator app.' },
  },
  unsuitable: {
    title: { id: 'Kunci ini tidak cocok', en: 'This key does not fit' },
    text: { id: 'Pakai kunci keamanan yang lebih baru, atau aplikasi autentikator.', en: 'Use a newer security key, or an authenticator app.' },
  },
  failed: {
    title: { id: 'Kunci sandi tidak dapat dipakai di sini', en: 'The passkey cannot be used here' },
    text: { id: 'Pakai kode dari aplikasi autentikator. Bila tidak ada, minta admin mengatur ulang langkah kedua Anda.', en: 'Use a code from the authenticator app. If you have none, ask the admin to reset your second step.' },
  },
}

/** What to say about anything thrown at the desk: its own passkey errors, and all that both front ends know. */
export function deskProblemText(error: unknown): ProblemText {
  if (!(error instanceof PasskeyError)) return problemText(error)
  const { title, text } = passkeys[error.problem]
  return { title: say(title), text: say(text) }
}
