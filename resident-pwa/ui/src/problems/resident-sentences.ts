import type { ProblemCode } from '@ikd/contract'
import type { Sentence } from './sentence.ts'

const newEmail: Sentence = {
  title: { id: 'Kode sudah tidak berlaku', en: 'The code is no longer valid' },
  text: {
    id: 'Buka aplikasi IKD di ponsel Anda, lalu tekan “Kirim kode baru”. Kode baru dikirim ke e-mail Anda.',
    en: 'Open the IKD app on your phone and press “Send a new code”. A new code goes to your e-mail.',
  },
}

/** Refusals a resident meets on the phone and on the link page. */
export const residentSentences = {
  'nik-malformed': {
    title: { id: 'NIK belum benar', en: 'The NIK is not right' },
    text: { id: 'Salin 16 angka NIK persis seperti di KTP atau KK Anda.', en: 'Copy the 16 digits of the NIK exactly as on your KTP or KK.' },
  },
  'consent-missing': {
    title: { id: 'Persetujuan belum diberikan', en: 'Consent is missing' },
    text: { id: 'Baca persetujuannya, lalu centang jika Anda setuju.', en: 'Read the consent, then tick it if you agree.' },
  },
  'device-unknown': {
    title: { id: 'Ponsel ini belum terdaftar', en: 'This phone is not registered' },
    text: { id: 'Daftarkan ponsel ini lebih dulu, lalu datang ke kantor Dukcapil.', en: 'Register this phone first, then come to the Dukcapil office.' },
  },
  'device-already-registered': {
    title: { id: 'Ponsel ini sudah terdaftar', en: 'This phone is already registered' },
    text: { id: 'Buka “Periksa status” untuk melihat langkah berikutnya.', en: 'Open “Check status” to see the next step.' },
  },
  'device-blocked': {
    title: { id: 'Ponsel ini sudah diblokir', en: 'This phone has been blocked' },
    text: {
      id: 'IKD tidak dapat dipakai lagi di ponsel ini. Jika ponsel ini masih milik Anda, datang ke kantor Dukcapil dengan KTP.',
      en: 'IKD can no longer be used on this phone. If the phone is still yours, come to the Dukcapil office with your KTP.',
    },
  },
  'device-suspended': {
    title: { id: 'IKD di ponsel ini sedang dihentikan sementara', en: 'IKD on this phone is suspended' },
    text: {
      id: 'Jika Anda yang menghentikannya, buka lagi dengan PIN dan e-mail Anda. Jika bukan, datang ke kantor Dukcapil.',
      en: 'If you suspended it, lift it with your PIN and e-mail. If it was not you, come to the Dukcapil office.',
    },
  },
  'device-state-wrong': {
    title: { id: 'Langkah ini belum waktunya, atau sudah selesai', en: 'This step is not due yet, or already done' },
    text: { id: 'Buka “Periksa status” untuk melihat langkah berikutnya.', en: 'Open “Check status” to see the next step.' },
  },
  'registration-expired': {
    title: { id: 'Pendaftaran sudah kedaluwarsa', en: 'The registration has expired' },
    text: { id: 'Daftarkan ponsel ini sekali lagi, lalu datang ke kantor Dukcapil.', en: 'Register this phone once more, then come to the Dukcapil office.' },
  },
  'case-code-wrong': {
    title: { id: 'Kode dari layar loket tidak cocok', en: 'The code on the desk’s screen does not match' },
    text: { id: 'Lihat lagi 6 angka di layar loket, lalu ketik ulang.', en: 'Look at the 6 digits on the desk’s screen and type them again.' },
  },
  'case-code-exhausted': {
    title: { id: 'Kode salah terlalu sering', en: 'Too many wrong codes' },
    text: {
      id: 'Kode ini tidak dapat dipakai lagi. Minta petugas di depan Anda memindai QR Anda sekali lagi.',
      en: 'This code can no longer be used. Ask the officer in front of you to scan your QR once more.',
    },
  },
  'activation-link-invalid': {
    title: { id: 'Tautan ini tidak berlaku', en: 'This link is not valid' },
    text: {
      id: 'Pakai tautan di e-mail yang paling baru. Jika tidak ada, minta kode baru di aplikasi IKD.',
      en: 'Use the link in the newest e-mail. If there is none, ask for a new code in the IKD app.',
    },
  },
  'activation-expired': newEmail,
  'activation-code-wrong': {
    title: { id: 'Kode aktivasi tidak cocok', en: 'The activation code does not match' },
    text: { id: 'Lihat lagi kode di e-mail yang paling baru, lalu ketik ulang.', en: 'Look at the code in the newest e-mail and type it again.' },
  },
  'activation-code-exhausted': {
    ...newEmail,
    title: { id: 'Kode salah terlalu sering', en: 'Too many wrong codes' },
  },
  'activation-not-confirmed': {
    title: { id: 'Tautan di e-mail belum dibuka', en: 'The link in the e-mail has not been used' },
    text: {
      id: 'Buka tautan di e-mail, isi kodenya di sana, baru kembali ke aplikasi ini.',
      en: 'Open the link in the e-mail, enter the code there, then come back to this app.',
    },
  },
  'activation-resends-exhausted': {
    title: { id: 'Kode baru sudah tiga kali dikirim', en: 'Three new codes have been sent' },
    text: {
      id: 'Periksa juga folder spam di e-mail Anda. Jika tidak ada, datang lagi ke kantor Dukcapil.',
      en: 'Look in the spam folder of your e-mail too. If there is nothing, come to the Dukcapil office again.',
    },
  },
  'suspension-link-invalid': {
    title: { id: 'Tautan ini tidak berlaku lagi', en: 'This link is no longer valid' },
    text: {
      id: 'Minta tautan baru dengan NIK Anda, pakai kode resi, atau hubungi kantor Dukcapil.',
      en: 'Ask for a new link with your NIK, use the receipt code, or contact the Dukcapil office.',
    },
  },
  'receipt-code-wrong': {
    title: { id: 'Kode resi tidak cocok', en: 'The receipt code does not match' },
    text: {
      id: 'Periksa lagi 16 huruf dan angkanya. Tidak ada kodenya? Minta tautan lewat e-mail dengan NIK Anda.',
      en: 'Check its 16 letters and digits. No code at hand? Ask for a link by e-mail with your NIK.',
    },
  },
  'suspension-needless': {
    title: { id: 'Ponsel ini sudah tidak aktif', en: 'This phone is not active' },
    text: {
      id: 'Tidak ada yang perlu ditangguhkan. Jika Anda ragu, hubungi kantor Dukcapil.',
      en: 'There is nothing to suspend. If you are in doubt, contact the Dukcapil office.',
    },
  },
  'resume-at-office': {
    title: { id: 'Hanya kantor yang dapat membukanya', en: 'Only the office can lift this' },
    text: {
      id: 'Seseorang di alamat e-mail sebelumnya menyatakan ini bukan dia. Datang ke kantor Dukcapil dengan ponsel ini dan KTP-el; dua petugas akan memeriksanya.',
      en: 'Somebody at an earlier e-mail address said this was not them. Come to the Dukcapil office with this phone and your KTP-el; two officers will check.',
    },
  },
  'mail-code-wrong': {
    title: { id: 'Kode dari e-mail tidak cocok', en: 'The code from the e-mail does not match' },
    text: { id: 'Lihat lagi kode di e-mail yang paling baru, lalu ketik ulang.', en: 'Look at the code in the newest e-mail and type it again.' },
  },
  'mail-code-exhausted': {
    title: { id: 'Kode e-mail salah terlalu sering', en: 'Too many wrong codes from the e-mail' },
    text: { id: 'Kode ini tidak dapat dipakai lagi. Mulai lagi untuk mendapat kode baru.', en: 'This code can no longer be used. Begin again to get a new one.' },
  },
  'mail-code-expired': {
    title: { id: 'Kode dari e-mail sudah lewat waktu', en: 'The code from the e-mail has expired' },
    text: { id: 'Mulai lagi untuk mendapat kode baru di e-mail Anda.', en: 'Begin again to get a new code by e-mail.' },
  },
  'mail-codes-exhausted': {
    title: { id: 'Sudah terlalu banyak e-mail hari ini', en: 'Too many e-mails today' },
    text: {
      id: 'Periksa folder spam untuk e-mail yang sudah dikirim. Kalau mendesak, datang ke kantor Dukcapil.',
      en: 'Look in the spam folder for those already sent. If it is urgent, come to the Dukcapil office.',
    },
  },
  'contact-unchanged': {
    title: { id: 'Itu sudah yang tersimpan', en: 'That is the one on file already' },
    text: { id: 'Isi alamat atau nomor yang berbeda.', en: 'Give a different address or number.' },
  },
  'contact-change-pending': {
    title: { id: 'Masih ada penggantian yang berjalan', en: 'A change is still under way' },
    text: { id: 'Selesaikan atau batalkan dulu penggantian itu.', en: 'Finish or cancel that one first.' },
  },
  'contact-change-missing': {
    title: { id: 'Tidak ada penggantian yang berjalan', en: 'No change is under way' },
    text: { id: 'Mulai lagi dari pengaturan. Penggantian berlaku 24 jam.', en: 'Begin again from the settings. A change is open for 24 hours.' },
  },
  'contact-link-invalid': {
    title: { id: 'Tautan ini sudah tidak berlaku', en: 'This link no longer counts' },
    text: {
      id: 'Pakai tautan di e-mail yang paling baru, atau minta petugas mengirimnya lagi.',
      en: 'Use the link in the newest e-mail, or ask the officer to send it again.',
    },
  },
  'pin-wrong': {
    title: { id: 'PIN salah', en: 'Wrong PIN' },
    text: { id: 'Ketik lagi PIN Anda pelan-pelan.', en: 'Type your PIN again, slowly.' },
  },
  'pin-paused': {
    title: { id: 'PIN salah terlalu sering', en: 'Too many wrong PINs' },
    text: { id: 'Demi keamanan, PIN tidak dapat dicoba dulu.', en: 'For your safety the PIN cannot be tried for a while.' },
  },
  'pin-blocked': {
    title: { id: 'PIN terkunci', en: 'The PIN is locked' },
    text: {
      id: 'PIN salah 10 kali. Daftarkan ponsel ini lagi, lalu datang ke kantor Dukcapil dengan KTP untuk aktivasi ulang. Data Anda tetap aman.',
      en: 'Ten wrong PINs. Register this phone again, then come to the Dukcapil office with your KTP to activate it anew. Your data is safe.',
    },
  },
  'pin-changed': {
    title: { id: 'PIN baru saja diganti', en: 'The PIN has just been changed' },
    text: { id: 'Pakai PIN yang baru.', en: 'Use the new PIN.' },
  },
  'pin-too-simple': {
    title: { id: 'PIN terlalu mudah ditebak', en: 'This PIN is too easy to guess' },
    text: {
      id: 'Server menolak tanggal lahir Anda, angka berurutan, sama semua, atau berulang, dan PIN yang dipakai banyak orang. Mulai lagi dengan 6 angka lain.',
      en: 'The server refuses your birth date, sequences, equal digits, repeated patterns, and PINs that many people use. Begin again with 6 other digits.',
    },
  },
  'grant-key-invalid': {
    title: { id: 'QR belum dapat dibuat', en: 'The QR could not be made' },
    text: { id: 'Tutup aplikasi, buka lagi dengan PIN, lalu coba lagi.', en: 'Close the app, open it again with your PIN, and try again.' },
  },
  'document-kind-unknown': {
    title: { id: 'Dokumen ini tidak tersedia', en: 'This document is not offered' },
    text: { id: 'Pilih dokumen lain dari daftar.', en: 'Choose another document from the list.' },
  },
} as const satisfies Partial<Record<ProblemCode, Sentence>>
