import { DomainError, type ProblemCode } from '@ikd/contract'
import { say } from '../language/say.ts'
import { deskSentences } from './desk-sentences.ts'
import { requestSentences } from './request-sentences.ts'
import { residentSentences } from './resident-sentences.ts'
import { scanSentences } from './scan-sentences.ts'
import { retrySentence, type Sentence, triesSentence } from './sentence.ts'

export interface ProblemText {
  readonly title: string
  /** Says what the person can do next. */
  readonly text: string
}

// Total by type: a code added to the contract does not compile until it has its sentence here.
const sentences: Record<ProblemCode, Sentence> = { ...requestSentences, ...residentSentences, ...deskSentences, ...scanSentences }

type NetworkReason = 'offline' | 'timeout' | 'unreadable'

const networkSentences: Record<NetworkReason, Sentence> = {
  offline: {
    title: { id: 'Tidak ada sambungan', en: 'No connection' },
    text: {
      id: 'Periksa internet Anda, lalu coba lagi. Yang sudah Anda isi tidak hilang.',
      en: 'Check your internet, then try again. What you filled in is not lost.',
    },
  },
  timeout: {
    title: { id: 'Sambungan terlalu lambat', en: 'The connection is too slow' },
    text: {
      id: 'Jawaban tidak datang pada waktunya. Pindah ke tempat dengan sinyal lebih baik, lalu coba lagi.',
      en: 'No answer came in time. Move to a place with a better signal, then try again.',
    },
  },
  unreadable: {
    title: { id: 'Jawaban tidak dapat dibaca', en: 'The answer could not be read' },
    text: {
      id: 'Mungkin Wi-Fi ini meminta Anda masuk dulu. Coba dengan data seluler, atau coba lagi sebentar lagi.',
      en: 'This Wi-Fi may want you to sign in first. Try with mobile data, or try again in a moment.',
    },
  },
}

const surprise: Sentence = {
  title: { id: 'Ada yang tidak berjalan semestinya', en: 'Something went wrong' },
  text: {
    id: 'Ini bukan kesalahan Anda. Muat ulang halaman ini dan coba lagi.',
    en: 'This is not your mistake. Reload this page and try again.',
  },
}

/**
 * What to say about anything that was thrown, in the language chosen now: a DomainError by its code, with tries left and
 * the time to try again; a NetworkError by its reason; anything else as a fault of ours. `now` is in ms since the epoch.
 */
export function problemText(error: unknown, now: number = Date.now()): ProblemText {
  if (error instanceof DomainError) {
    const { title, text } = sentences[error.code]
    return { title: say(title), text: say(text) + triesSentence(error.facts) + retrySentence(error.facts, now) }
  }
  const { title, text } = isNetworkError(error) ? networkSentences[error.reason] : surprise
  return { title: say(title), text: say(text) }
}

// By shape, since this package does not depend on the client.
function isNetworkError(error: unknown): error is Error & { readonly reason: NetworkReason } {
  return error instanceof Error && error.name === 'NetworkError' && 'reason' in error && String(error.reason) in networkSentences
}
