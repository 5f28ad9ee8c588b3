import type { ProblemCode } from '@ikd/contract'
import type { Sentence } from './sentence.ts'

/** Refusals of *Pindai*, each a different thing to say to the person whose QR it is. */
export const scanSentences = {
  'presentation-not-ours': {
    title: { id: 'Ini bukan QR IKD yang asli', en: 'This is not a genuine IKD QR' },
    text: {
      id: 'Jangan dipercaya. Minta orangnya membuka aplikasi IKD di depan Anda dan menunjukkan QR dari sana.',
      en: 'Do not trust it. Ask the person to open the IKD app before you and to show the QR from there.',
    },
  },
  'presentation-expired': {
    title: { id: 'QR sudah lewat waktu', en: 'The QR has expired' },
    text: { id: 'QR hanya berlaku 90 detik. Minta orangnya menunjukkan QR yang baru.', en: 'A QR lives 90 seconds. Ask the person to show a new one.' },
  },
  'presentation-already-used': {
    title: { id: 'QR ini sudah dipindai', en: 'This QR was already scanned' },
    text: {
      id: 'Satu QR hanya untuk satu kali pindai. Minta orangnya menunjukkan QR yang baru.',
      en: 'A QR can be scanned only once. Ask the person to show a new one.',
    },
  },
  'presentation-blocked': {
    title: { id: 'IKD orang ini tidak aktif', en: 'This person’s IKD is not active' },
    text: {
      id: 'Ponselnya diblokir atau dihentikan. Jangan diterima; minta orangnya menghubungi kantor Dukcapil.',
      en: 'The phone is blocked or suspended. Do not accept it; ask the person to contact the Dukcapil office.',
    },
  },
  'purpose-not-registered': {
    title: { id: 'Keperluan ini belum terdaftar', en: 'This purpose is not registered' },
    text: {
      id: 'Pilih keperluan dari daftar lembaga Anda, lalu pindai lagi. QR-nya belum terpakai. Keperluan baru didaftarkan ke Dukcapil.',
      en: 'Choose a purpose from your institution’s list, then scan again. The QR has not been used. New purposes are registered with Dukcapil.',
    },
  },
  'presentation-wrong-audience': {
    title: { id: 'QR ini bukan untuk Anda', en: 'This QR is not made out to you' },
    text: {
      id: 'Minta orangnya memilih lembaga Anda, atau “Penduduk lain”, di aplikasinya, lalu pindai QR yang baru.',
      en: 'Ask the person to choose your institution, or “Another resident”, in their app, then scan the new QR.',
    },
  },
} as const satisfies Partial<Record<ProblemCode, Sentence>>
