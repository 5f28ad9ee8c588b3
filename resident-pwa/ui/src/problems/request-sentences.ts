import type { ProblemCode } from '@ikd/contract'
import type { Sentence } from './sentence.ts'

const appStale: Sentence = {
  title: { id: 'Aplikasi perlu dimuat ulang', en: 'The app needs to be reloaded' },
  text: {
    id: 'Tutup aplikasi ini lalu buka lagi, kemudian ulangi. Data Anda tetap aman.',
    en: 'Close this app, open it again, and repeat what you did. Your data is safe.',
  },
}

const accessOver: Sentence = {
  title: { id: 'Waktu masuk sudah habis', en: 'Your session has ended' },
  text: { id: 'Silakan masuk lagi, lalu lanjutkan.', en: 'Please sign in again, then go on.' },
}

/** Refusals any request may meet: the request itself, keys and tokens, captcha. */
export const requestSentences = {
  'request-invalid': {
    title: { id: 'Isian belum benar', en: 'Something filled in is not right' },
    text: { id: 'Periksa lagi yang Anda isi, perbaiki, lalu kirim lagi.', en: 'Check what you filled in, correct it, and send it again.' },
  },
  'route-unknown': appStale,
  'not-found': {
    title: { id: 'Tidak ditemukan', en: 'Not found' },
    text: {
      id: 'Yang Anda cari tidak ada atau sudah tidak berlaku. Kembali ke halaman utama dan coba lagi dari sana.',
      en: 'What you are looking for is not there or no longer valid. Go back to the main page and try again from there.',
    },
  },
  'body-too-large': {
    title: { id: 'Kiriman terlalu besar', en: 'Too much to send at once' },
    text: { id: 'Ulangi dengan gambar atau tulisan yang lebih kecil.', en: 'Try again with smaller pictures or a shorter text.' },
  },
  'request-too-slow': {
    title: { id: 'Kiriman terlalu lambat', en: 'Sending took too long' },
    text: {
      id: 'Kiriman Anda tidak sampai pada waktunya. Pindah ke tempat dengan sinyal lebih baik, lalu kirim lagi.',
      en: 'What you sent did not arrive in time. Move to a place with a better signal, then send it again.',
    },
  },
  'address-too-long': appStale,
  'headers-too-large': appStale,
  'too-many-requests': {
    title: { id: 'Terlalu sering mencoba', en: 'Too many tries' },
    text: { id: 'Tunggu sebentar, lalu coba lagi.', en: 'Wait a moment, then try again.' },
  },
  'idempotency-key-missing': appStale,
  'idempotency-key-reused': {
    title: { id: 'Permintaan ini sudah pernah dikirim', en: 'This request was sent before' },
    text: {
      id: 'Muat ulang halaman ini untuk melihat hasilnya sebelum mengirim lagi.',
      en: 'Reload this page to see the result before you send again.',
    },
  },
  busy: {
    title: { id: 'Layanan sedang ramai', en: 'The service is busy' },
    text: { id: 'Tidak ada yang hilang. Coba lagi sebentar lagi.', en: 'Nothing is lost. Try again in a moment.' },
  },
  'storage-unavailable': {
    title: { id: 'Layanan sedang tidak dapat menyimpan data', en: 'The service cannot store anything right now' },
    text: {
      id: 'Permintaan ini tidak tersimpan. Coba lagi beberapa menit lagi. Jika tetap gagal, hubungi kantor Dukcapil.',
      en: 'This request was not stored. Try again in a few minutes. If it still fails, contact the Dukcapil office.',
    },
  },
  internal: {
    title: { id: 'Ada gangguan pada layanan', en: 'The service has a fault' },
    text: {
      id: 'Ini bukan kesalahan Anda. Coba lagi sebentar lagi. Jika tetap gagal, hubungi kantor Dukcapil.',
      en: 'This is not your mistake. Try again in a moment. If it still fails, contact the Dukcapil office.',
    },
  },
  'proof-missing': appStale,
  'proof-invalid': {
    title: { id: 'Perangkat ini tidak dapat dikenali', en: 'This device could not be recognised' },
    text: {
      id: 'Tutup aplikasi lalu buka lagi. Jika tetap gagal, hubungi kantor Dukcapil.',
      en: 'Close the app and open it again. If it still fails, contact the Dukcapil office.',
    },
  },
  'proof-replayed': appStale,
  'proof-nonce-required': appStale,
  'token-missing': accessOver,
  'token-invalid': accessOver,
  'token-expired': accessOver,
  'client-assertion-invalid': {
    title: { id: 'Sistem lembaga ini tidak dikenali', en: 'This institution’s system was not recognised' },
    text: {
      id: 'Periksa kunci, waktu, dan client_id pernyataannya. Jika sudah benar, tanyakan kepada Dukcapil apakah sistem ini masih terdaftar.',
      en: 'Check key, times and client_id of its assertion. If they are right, ask Dukcapil whether the system is still registered.',
    },
  },
  forbidden: {
    title: { id: 'Anda tidak berhak melakukan ini', en: 'You are not allowed to do this' },
    text: {
      id: 'Jika menurut Anda seharusnya boleh, tanyakan kepada atasan atau admin kantor Anda.',
      en: 'If you think you should be, ask your supervisor or your office’s admin.',
    },
  },
  'captcha-wrong': {
    title: { id: 'Pemeriksaan keamanan belum berhasil', en: 'The security check did not succeed' },
    text: { id: 'Centang lagi kotak pemeriksaan, tunggu sampai selesai, lalu kirim.', en: 'Tick the check again, wait until it is done, then send.' },
  },
  'captcha-spent': {
    title: { id: 'Pemeriksaan keamanan sudah terpakai', en: 'The security check was already used' },
    text: { id: 'Centang sekali lagi kotak pemeriksaan, lalu kirim.', en: 'Tick the check once more, then send.' },
  },
} as const satisfies Partial<Record<ProblemCode, Sentence>>
