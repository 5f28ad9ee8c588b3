import type { ProblemCode } from '@ikd/contract'
import type { Sentence } from './sentence.ts'

/** Refusals the staff of an office meet. */
export const deskSentences = {
  'sign-in-wrong': {
    title: { id: 'Nama pengguna atau kata sandi salah', en: 'Wrong user name or password' },
    text: { id: 'Periksa keduanya, juga huruf besar dan kecil, lalu coba lagi.', en: 'Check both, capital letters too, and try again.' },
  },
  'sign-in-paused': {
    title: { id: 'Terlalu sering salah masuk', en: 'Too many wrong sign-ins' },
    text: {
      id: 'Demi keamanan, masuk dari sini ditahan sebentar. Dari komputer lain yang biasa Anda pakai tetap bisa.',
      en: 'For safety, signing in from here is held for a while. From another computer you usually use it still works.',
    },
  },
  'account-locked': {
    title: { id: 'Kode untuk akun ini terkunci', en: 'Codes for this account are locked' },
    text: {
      id: 'Terlalu banyak kode salah dari beberapa loket. Masuklah dengan kunci sandi bila punya, atau minta admin kantor membuka kuncinya.',
      en: 'Too many wrong codes from several desks. Sign in with a passkey if you have one, or ask the office’s admin to unlock it.',
    },
  },
  'robot-check-needed': {
    title: { id: 'Satu langkah lagi: buktikan Anda bukan robot', en: 'One more step: show that you are not a robot' },
    text: {
      id: 'Nama pengguna ini sering salah dicoba dari perangkat yang belum dikenal. Tekan “Saya bukan robot”, lalu masuk lagi. Kata sandi Anda belum diperiksa.',
      en: 'This user name was often tried wrongly from unknown devices. Press “I am not a robot”, then sign in again. Your password has not been checked yet.',
    },
  },
  'sign-in-ticket-expired': {
    title: { id: 'Waktu untuk langkah kedua habis', en: 'The time for the second step has run out' },
    text: { id: 'Mulai lagi dengan nama pengguna dan kata sandi.', en: 'Begin again with user name and password.' },
  },
  'factor-wrong': {
    title: { id: 'Kode tidak cocok', en: 'The code does not match' },
    text: {
      id: 'Setiap kode hanya berlaku sekali. Tunggu kode berikutnya di aplikasi autentikator, lalu coba lagi.',
      en: 'Each code works once. Wait for the next one in your authenticator app and try again.',
    },
  },
  'factor-unknown': {
    title: { id: 'Cara masuk ini sudah tidak ada', en: 'This way of signing in is gone' },
    text: { id: 'Mulai lagi menambahkan aplikasi autentikator atau kunci sandi.', en: 'Start again to add an authenticator app or a passkey.' },
  },
  'factor-last': {
    title: { id: 'Ini langkah kedua Anda yang terakhir', en: 'This is your last second step' },
    text: { id: 'Tambahkan yang lain lebih dulu, baru hapus yang ini.', en: 'Add another one first, then remove this one.' },
  },
  'factor-missing': {
    title: { id: 'Orang ini belum punya langkah kedua itu', en: 'This person does not have that second step' },
    text: {
      id: 'Ia masuk di loketnya sendiri dan memasang yang kurang di Akun: aplikasi autentikator untuk kode, atau kunci sandi.',
      en: 'They sign in at a desk of their own and set up what is missing under Account: an authenticator app for codes, or a passkey.',
    },
  },
  'factor-too-new': {
    title: { id: 'Langkah kedua ini masih baru', en: 'This second step is still new' },
    text: {
      id: 'Selama 24 jam pertama ia belum dapat dipakai untuk menyetujui atau mengganti yang lama. Pakai langkah kedua yang lebih lama, atau minta supervisor lain.',
      en: 'For its first 24 hours it cannot approve, nor replace an older one. Use an older second step, or ask another supervisor.',
    },
  },
  'account-proof-needed': {
    title: { id: 'Buktikan dulu bahwa ini Anda', en: 'First prove that this is you' },
    text: {
      id: 'Waktunya habis atau buktinya tidak cocok. Mulai lagi dan pakai langkah kedua yang sudah terpasang.',
      en: 'The time has run out or the proof does not fit. Begin again and use a second step you have already.',
    },
  },
  'passkey-invalid': {
    title: { id: 'Kunci sandi ini tidak dapat dipakai', en: 'This passkey cannot be used' },
    text: { id: 'Mulai lagi, atau pakai kode dari aplikasi autentikator.', en: 'Begin again, or use a code from your authenticator app.' },
  },
  'password-old-wrong': {
    title: { id: 'Kata sandi lama salah', en: 'The old password is wrong' },
    text: { id: 'Ketik kata sandi yang sekarang, lalu yang baru.', en: 'Type the present password, then the new one.' },
  },
  'password-too-simple': {
    title: { id: 'Kata sandi ini mudah ditebak', en: 'This password is easy to guess' },
    text: {
      id: 'Pakai paling sedikit 12 huruf atau angka, tanpa nama Anda, nama kantor, atau kata yang umum. Beberapa kata acak mudah diingat.',
      en: 'Use at least 12 characters, without your name, the office’s name or common words. A few random words are easy to remember.',
    },
  },
  'workstation-unknown': {
    title: { id: 'Komputer ini belum terdaftar', en: 'This computer is not enrolled' },
    text: {
      id: 'Minta kode pendaftaran komputer kepada admin kantor, lalu daftarkan komputer ini.',
      en: 'Ask the office’s admin for an enrolment code and enrol this computer.',
    },
  },
  'enrolment-code-wrong': {
    title: { id: 'Kode pendaftaran komputer tidak berlaku', en: 'The enrolment code is not valid' },
    text: {
      id: 'Periksa ejaannya. Kode hanya berlaku sekali; jika sudah terpakai, minta yang baru kepada admin.',
      en: 'Check the spelling. A code works once; if it has been used, ask the admin for a new one.',
    },
  },
  'workstation-power-missing': {
    title: { id: 'Komputer ini tidak boleh melakukan ini', en: 'This computer may not do this' },
    text: {
      id: 'Pakai komputer lain di kantor, atau minta admin menambah wewenang komputer ini.',
      en: 'Use another computer of the office, or ask the admin to grant this one the power.',
    },
  },
  'other-office': {
    title: { id: 'Ini urusan kantor lain', en: 'This belongs to another office' },
    text: { id: 'Arahkan warga ke kantor yang membuka kasus ini.', en: 'Send the resident to the office that opened this case.' },
  },
  'case-state-wrong': {
    title: { id: 'Kasus ini sudah berubah', en: 'This case has changed' },
    text: { id: 'Lihat keadaan terbarunya di layar, lalu pilih langkah yang terbuka.', en: 'Look at its newest state on the screen and choose an open step.' },
  },
  'case-at-other-desk': {
    title: { id: 'Kasus ini sedang ditangani di tempat lain', en: 'This case is being handled elsewhere' },
    text: {
      id: 'Lihat nama petugas dan loketnya di layar. Bila Anda yang melanjutkan, ambil alih kasusnya dulu.',
      en: 'The screen shows which officer and desk have it. If you are to go on with it, take the case over first.',
    },
  },
  'registration-qr-not-ours': {
    title: { id: 'Ini bukan QR pendaftaran IKD', en: 'This is not an IKD registration QR' },
    text: {
      id: 'Minta warga membuka “Periksa status” di aplikasi IKD dan menunjukkan QR di sana.',
      en: 'Ask the resident to open “Check status” in the IKD app and to show the QR there.',
    },
  },
  'registration-qr-expired': {
    title: { id: 'QR sudah lewat waktu', en: 'The QR has expired' },
    text: {
      id: 'Ponsel warga harus tersambung internet supaya QR-nya berganti. Pindai QR yang baru.',
      en: 'The resident’s phone must be online for its QR to renew. Scan the new one.',
    },
  },
  'registration-qr-used': {
    title: { id: 'QR ini sudah dipindai', en: 'This QR has been scanned' },
    text: {
      id: 'Lihat di daftar kasus, mungkin kasusnya sudah terbuka. Jika tidak, tunggu QR berganti, lalu pindai lagi.',
      en: 'Look in the list of cases: it may be open already. If not, wait for the QR to renew and scan again.',
    },
  },
  'registration-at-other-desk': {
    title: { id: 'Ponsel ini sedang dilayani di loket lain', en: 'This phone is being served at another desk' },
    text: {
      id: 'Tanyakan kepada warga di loket mana, dan selesaikan atau batalkan kasus di sana dulu.',
      en: 'Ask the resident which desk, and finish or cancel the case there first.',
    },
  },
  'phone-pin-locked': {
    title: { id: 'PIN ponsel ini terkunci', en: 'The PIN of this phone is locked' },
    text: {
      id: 'PIN salah 10 kali, jadi ponsel ini tidak dibuka kembali. Minta warga menekan “Daftarkan ponsel ini lagi” di ponselnya, lalu pindai QR yang baru: ponsel diaktifkan ulang dengan PIN baru.',
      en: 'Ten wrong PINs, so this phone is not opened again. Ask the resident to press “Register this phone again” on it, then scan the new QR: it is activated anew, with a new PIN.',
    },
  },
  'resident-not-found': {
    title: { id: 'Penduduk tidak ditemukan', en: 'Resident not found' },
    text: { id: 'Periksa NIK, atau nama dan tanggal lahir, dengan KTP atau KK.', en: 'Check the NIK, or name and birth date, against the KTP or KK.' },
  },
  'resident-mismatch': {
    title: { id: 'Ponsel ini didaftarkan untuk orang lain', en: 'This phone is registered for somebody else' },
    text: {
      id: 'NIK di ponsel tidak sama dengan kasus ini. Minta warga mendaftar lagi dengan NIK-nya sendiri.',
      en: 'The phone’s NIK is not that of this case. Ask the resident to register again with their own NIK.',
    },
  },
  'resident-has-active-device': {
    title: { id: 'Warga ini sudah punya ponsel yang aktif', en: 'This resident already has an active phone' },
    text: {
      id: 'Buat kasus ganti ponsel: ponsel lama diblokir, ponsel baru diaktifkan, dengan persetujuan supervisor.',
      en: 'Open a phone-change case: the old phone is blocked and the new one activated, with a supervisor’s approval.',
    },
  },
  'capture-nonce-wrong': {
    title: { id: 'Foto ini bukan untuk pengambilan yang sekarang', en: 'These pictures belong to another capture' },
    text: { id: 'Mulai pengambilan foto dari awal.', en: 'Start the capture again.' },
  },
  'capture-expired': {
    title: { id: 'Waktu pengambilan foto habis', en: 'The time for the capture has run out' },
    text: { id: 'Mulai lagi pengambilan foto; warga tidak perlu mendaftar ulang.', en: 'Start the capture again; the resident need not register again.' },
  },
  'frame-unreadable': {
    title: { id: 'Gambar kamera tidak dapat dibaca', en: 'The camera’s picture cannot be read' },
    text: {
      id: 'Tidak ada yang terhitung. Ambil lagi; jika tetap gagal, pilih kamera lain atau mulai ulang aplikasi loket.',
      en: 'Nothing was counted. Capture again; if it still fails, choose another camera or restart the counter app.',
    },
  },
  'capture-attempts-exhausted': {
    title: { id: 'Wajah tidak dapat difoto lagi hari ini', en: 'No more captures of the face today' },
    text: {
      id: 'Panggil supervisor: ia dapat memutuskan sekarang. Besok wajah dapat difoto lagi.',
      en: 'Call a supervisor, who can decide now. Tomorrow the face can be captured again.',
    },
  },
  'reference-missing': {
    title: { id: 'Foto KTP-el tidak ada di data', en: 'There is no KTP-el photograph on record' },
    text: {
      id: 'Wajah tidak dapat dibandingkan. Arahkan warga untuk perekaman KTP-el dulu.',
      en: 'The face cannot be compared. Send the resident to have their KTP-el recorded first.',
    },
  },
  'reference-not-released': {
    title: { id: 'Foto KTP-el belum boleh dilihat', en: 'The KTP-el photograph may not be seen yet' },
    text: {
      id: 'Ambil foto wajah warga lebih dulu. Bila ponsel warga tidak ikut di loket, foto terbuka setelah wajahnya cocok atau supervisor menyetujui.',
      en: 'Capture the resident’s face first. Where the resident’s phone is not at the desk, the photograph opens after a match or a supervisor’s approval.',
    },
  },
  'reference-cap-reached': {
    title: { id: 'Terlalu banyak foto KTP-el dibuka tanpa wajah yang cocok', en: 'Too many KTP-el photographs opened without a matching face' },
    text: {
      id: 'Supervisor sudah diberi tahu. Kasus tetap dapat diteruskan: minta supervisor yang membandingkan, atau coba lagi nanti.',
      en: 'The supervisors have been told. The case can go on: ask a supervisor to compare, or try again later.',
    },
  },
  'approval-needed': {
    title: { id: 'Perlu persetujuan supervisor', en: 'A supervisor must approve' },
    text: { id: 'Minta supervisor menyetujui kasus ini, sebaiknya dari loketnya sendiri.', en: 'Ask a supervisor to approve this case, best from a desk of their own.' },
  },
  'approval-own-case': {
    title: { id: 'Kasus sendiri tidak boleh disetujui sendiri', en: 'Nobody approves their own case' },
    text: { id: 'Minta supervisor lain yang menyetujui.', en: 'Ask another supervisor to approve.' },
  },
  'approval-outcome-different': {
    title: { id: 'Keputusan berbeda dari yang disetujui', en: 'The decision differs from what was approved' },
    text: { id: 'Minta persetujuan baru untuk keputusan yang sekarang.', en: 'Ask for a new approval of the present decision.' },
  },
  'approval-not-seen': {
    title: { id: 'Kedua gambar belum dilihat', en: 'Both pictures have not been seen yet' },
    text: { id: 'Buka dulu wajah di loket dan foto KTP-el, bandingkan, lalu setujui.', en: 'Open the face at the desk and the KTP-el photograph first, compare them, then approve.' },
  },
  'approval-at-case-desk': {
    title: { id: 'Ini loket kasus itu sendiri', en: 'This is the case’s own desk' },
    text: {
      id: 'Setujui dari loket lain tempat Anda masuk, atau di sini dengan kunci sandi atau PIN persetujuan.',
      en: 'Approve from another desk where you are signed in, or here with your passkey or approval PIN.',
    },
  },
  'approver-unknown': {
    title: { id: 'Bukan supervisor kantor ini', en: 'Not a supervisor of this office' },
    text: { id: 'Periksa ejaan nama pengguna supervisor, lalu coba lagi.', en: 'Check the spelling of the supervisor’s username and try again.' },
  },
  'approval-pin-missing': {
    title: { id: 'Belum ada PIN persetujuan yang berlaku', en: 'There is no valid approval PIN' },
    text: {
      id: 'Supervisor membuatnya di loketnya sendiri, di menu Akun, atau langsung menyetujui dari sana.',
      en: 'The supervisor sets one at a desk of their own, under Account, or approves from there at once.',
    },
  },
  'approval-pin-wrong': {
    title: { id: 'PIN persetujuan salah', en: 'Wrong approval PIN' },
    text: { id: 'Ketik lagi pelan-pelan. Ini bukan kata sandi.', en: 'Type it again slowly. It is not the password.' },
  },
  'approval-pin-paused': {
    title: { id: 'Terlalu sering salah PIN persetujuan', en: 'Too many wrong approval PINs' },
    text: { id: 'Supervisor tetap dapat menyetujui dari loketnya sendiri.', en: 'The supervisor can still approve from a desk of their own.' },
  },
  'approval-pin-too-simple': {
    title: { id: 'PIN ini terlalu mudah ditebak', en: 'This PIN is too easy to guess' },
    text: {
      id: 'Jangan angka berurutan, sama, berulang, atau tanggal. Pilih 6 sampai 8 angka lain.',
      en: 'No sequences, equal or repeated digits, and no dates. Choose 6 to 8 other digits.',
    },
  },
  'duplicate-not-seen': {
    title: { id: 'Kedua foto belum dilihat', en: 'Both photographs have not been seen yet' },
    text: { id: 'Buka kedua foto lebih dulu, bandingkan, lalu putuskan.', en: 'Open both photographs first, compare them, then decide.' },
  },
  'duplicate-decided': {
    title: { id: 'Sudah diputuskan', en: 'Already decided' },
    text: { id: 'Orang lain sudah memutuskannya, atau pencariannya sudah selesai. Muat lagi daftarnya.', en: 'Somebody else has decided it, or the search has finished. Load the list again.' },
  },
  'resident-has-no-device': {
    title: { id: 'Warga ini tidak punya ponsel aktif', en: 'This resident has no active phone' },
    text: { id: 'Tidak ada yang perlu diblokir atau diganti. Periksa apakah orangnya benar.', en: 'There is nothing to block or change. Check that it is the right person.' },
  },
  'block-cap-reached': {
    title: { id: 'Batas pemblokiran per jam tercapai', en: 'The hourly limit of blocks is reached' },
    text: {
      id: 'Supervisor sudah diberi tahu. Minta warga menangguhkan sendiri dengan kode resi atau e-mail, atau tunggu.',
      en: 'The supervisors have been told. Ask the resident to suspend it by receipt code or e-mail, or wait.',
    },
  },
  'approval-ticket-expired': {
    title: { id: 'Persetujuan ini sudah tidak berlaku', en: 'This approval is no longer valid' },
    text: {
      id: 'Kasusnya berubah, waktunya habis, atau sudah terpakai. Supervisor memeriksa lagi dan mengulang persetujuan.',
      en: 'The case has changed, time has run out, or it has been used. The supervisor looks again and repeats the approval.',
    },
  },
} as const satisfies Partial<Record<ProblemCode, Sentence>>
