import { say } from '../language/say.ts'
import type { ProblemText } from './problem-text.ts'
import type { Sentence } from './sentence.ts'

/** What can be wrong with a camera, in words that say who can mend it. */
export type CameraProblem = 'refused' | 'none' | 'in-use' | 'unsuitable' | 'insecure' | 'unsupported' | 'stopped' | 'unknown'

/**
 * The names `getUserMedia` rejects with (Media Capture and Streams §10.2.5 and its security steps), and what they mean to a person.
 * An undefined `navigator.mediaDevices` throws a TypeError: the page is not in a secure context, or the browser is too old.
 */
const problems: Readonly<Record<string, CameraProblem>> = {
  NotAllowedError: 'refused',
  NotFoundError: 'none',
  NotReadableError: 'in-use',
  AbortError: 'in-use',
  OverconstrainedError: 'unsuitable',
  SecurityError: 'insecure',
  TypeError: 'unsupported',
  InvalidStateError: 'stopped',
}

export function cameraProblem(error: unknown): CameraProblem {
  // OverconstrainedError is an Error in newer engines only.
  const name = typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : ''
  return (Object.hasOwn(problems, name) ? problems[name] : undefined) ?? 'unknown'
}

const sentences: Record<CameraProblem, Sentence> = {
  refused: {
    title: { id: 'Kamera belum diizinkan', en: 'The camera is not allowed' },
    text: {
      id: 'Ketuk tanda gembok atau kamera di sebelah alamat, izinkan kamera, lalu tekan “Coba lagi”.',
      en: 'Tap the lock or camera sign beside the address, allow the camera, then press “Try again”.',
    },
  },
  none: {
    title: { id: 'Kamera tidak ditemukan', en: 'No camera found' },
    text: { id: 'Pasang kamera atau periksa kabelnya, lalu tekan “Coba lagi”.', en: 'Connect a camera or check its cable, then press “Try again”.' },
  },
  'in-use': {
    title: { id: 'Kamera sedang dipakai', en: 'The camera is in use' },
    text: {
      id: 'Tutup aplikasi lain yang memakai kamera, lalu tekan “Coba lagi”.',
      en: 'Close other apps that use the camera, then press “Try again”.',
    },
  },
  unsuitable: {
    title: { id: 'Kamera ini tidak cocok', en: 'This camera does not suit' },
    text: {
      id: 'Kamera ini tidak memberi gambar yang diperlukan. Pasang kamera lain, lalu tekan “Coba lagi”.',
      en: 'This camera does not give the picture that is needed. Connect another, then press “Try again”.',
    },
  },
  insecure: {
    title: { id: 'Kamera ditutup oleh pengaturan', en: 'The camera is closed off by a setting' },
    text: {
      id: 'Perangkat atau peramban ini melarang kamera. Minta bantuan orang yang mengatur perangkat ini.',
      en: 'This device or browser forbids cameras. Ask whoever set the device up.',
    },
  },
  unsupported: {
    title: { id: 'Peramban ini tidak dapat memakai kamera', en: 'This browser cannot use the camera' },
    text: {
      id: 'Buka alamat ini dengan Chrome, Firefox, Edge, atau Safari yang terbaru.',
      en: 'Open this address with a current Chrome, Firefox, Edge or Safari.',
    },
  },
  stopped: {
    title: { id: 'Kamera berhenti', en: 'The camera has stopped' },
    text: { id: 'Periksa kabelnya, lalu tekan “Coba lagi”.', en: 'Check its cable, then press “Try again”.' },
  },
  unknown: {
    title: { id: 'Kamera tidak dapat dibuka', en: 'The camera could not be opened' },
    text: { id: 'Muat ulang halaman ini, lalu coba lagi.', en: 'Reload this page, then try again.' },
  },
}

/** From when on a camera that does not open is taken to wait for the person: a question may stand open, or was waved away unanswered. */
export const cameraQuestionMs = 3_000

export function cameraQuestionText(): string {
  return say({
    id: 'Kamera menunggu izin Anda: jawab pertanyaan peramban di dekat alamat. Bila tidak tampak, tekan “Coba lagi”.',
    en: 'The camera waits for your permission: answer the browser’s question beside the address. If you see none, press “Try again”.',
  })
}

/** What to say about an error of `getUserMedia`, in the language chosen now. */
export function cameraProblemText(error: unknown): ProblemText {
  const { title, text } = sentences[cameraProblem(error)]
  return { title: say(title), text: say(text) }
}
