import type { AlertKind, FactorKind, SessionFactor, WorkstationPower } from '@ikd/contract'
import type { Phrase } from '@ikd/ui'

export const roleText: Record<'officer' | 'supervisor' | 'admin', Phrase> = {
  officer: { id: 'Petugas', en: 'Officer' },
  supervisor: { id: 'Supervisor', en: 'Supervisor' },
  admin: { id: 'Admin', en: 'Admin' },
}

export const factorText: Record<FactorKind, Phrase> = {
  totp: { id: 'Aplikasi autentikator', en: 'Authenticator app' },
  passkey: { id: 'Kunci sandi', en: 'Passkey' },
}

export const sessionFactorText: Record<SessionFactor, Phrase> = {
  ...factorText,
  none: { id: 'Kata sandi saja', en: 'Password only' },
  'setup-code': { id: 'Kode penyiapan', en: 'Setup code' },
}

export const powerText: Record<WorkstationPower, { readonly name: Phrase; readonly what: Phrase }> = {
  activate: { name: { id: 'Aktivasi', en: 'Activation' }, what: { id: 'melayani aktivasi dan layanan tanpa ponsel', en: 'activations and services without a phone' } },
  override: { name: { id: 'Keputusan khusus', en: 'Overrides' }, what: { id: 'menyetujui dengan supervisor meski wajah tidak cocok', en: 'approving with a supervisor though the face does not match' } },
  rebind: { name: { id: 'Ganti ponsel', en: 'Change of phone' }, what: { id: 'memasang ulang ke ponsel baru', en: 'binding a new phone' } },
  administer: { name: { id: 'Administrasi', en: 'Administration' }, what: { id: 'mengelola petugas dan loket kantor ini', en: 'managing staff and desks of this office' } },
}

/** What happened, and what somebody should look after. */
export const alertText: Record<AlertKind, { readonly title: Phrase; readonly text: Phrase }> = {
  'duplicate-held': {
    title: { id: 'Wajah sangat mirip penduduk lain', en: 'A face very like another resident’s' },
    text: { id: 'E-mail aktivasinya ditahan. Buka Supervisor, bandingkan kedua foto, lalu putuskan.', en: 'The activation mail is held. Open Supervisor, compare both photographs, then decide.' },
  },
  'duplicate-found': {
    title: { id: 'Satu orang dengan dua identitas', en: 'One person under two identities' },
    text: {
      id: 'Seorang supervisor memutuskan bahwa dua penduduk adalah orang yang sama. Buka Supervisor; blokir ponsel yang tidak berhak.',
      en: 'A supervisor decided that two residents are the same person. Open Supervisor; block the phone that has no right.',
    },
  },
  'duplicate-search-stuck': {
    title: { id: 'Pencarian wajah ganda tidak berjalan', en: 'The search for duplicate faces does not run' },
    text: {
      id: 'E-mail aktivasi menunggu. Pencarian diulang terus; supervisor dapat melepasnya di menu Supervisor.',
      en: 'An activation mail waits. The search is tried again and again; a supervisor can let the mail go under Supervisor.',
    },
  },
  'account-locked': {
    title: { id: 'Kode akun terkunci', en: 'An account’s codes are locked' },
    text: {
      id: 'Sepuluh kode salah dari beberapa loket, dengan kata sandi yang benar. Tanyakan kepada orangnya; bila bukan dia, kata sandinya diketahui orang lain dan harus diganti. Admin membuka kuncinya.',
      en: 'Ten wrong codes from several desks, with the right password. Ask the person; if it was not they, somebody knows the password and it must be changed. An admin unlocks it.',
    },
  },
  'codes-guessed': {
    title: { id: 'Ada yang menebak kode', en: 'Somebody is guessing codes' },
    text: {
      id: 'Kata sandi akun ini benar, kodenya sepuluh kali salah di loket ini. Tanyakan kepada orangnya; bila bukan dia, minta ia segera mengganti kata sandi.',
      en: 'This account’s password was right and the code wrong ten times at this desk. Ask the person; if it was not they, have them change the password at once.',
    },
  },
  'workstation-paused': {
    title: { id: 'Loket ditahan: terlalu banyak salah masuk', en: 'A desk is held: too many wrong sign-ins' },
    text: {
      id: 'Dua puluh kali salah berturut-turut di loket ini. Periksa siapa yang memakainya; bila mencurigakan, cabut di Admin. Loket lain tetap jalan.',
      en: 'Twenty wrong sign-ins in a row at this desk. Look who uses it; if it is suspicious, revoke it under Admin. Other desks go on.',
    },
  },
  'factor-added': {
    title: { id: 'Langkah kedua baru dipasang', en: 'A new second step was added' },
    text: {
      id: 'Tanyakan kepada pemilik akun apakah ia sendiri yang memasangnya. Bila bukan, atur ulang langkah keduanya di Admin. Selama 24 jam ia belum dapat menyetujui.',
      en: 'Ask the account’s owner whether it was they. If not, reset their second step under Admin. For 24 hours it cannot approve.',
    },
  },
  'factors-reset': {
    title: { id: 'Langkah kedua diatur ulang', en: 'A second step was reset' },
    text: { id: 'Pastikan pemilik akun memang memintanya.', en: 'Make sure the account’s owner asked for it.' },
  },
  'approval-pin-spent': {
    title: { id: 'PIN persetujuan hangus', en: 'An approval PIN is spent' },
    text: {
      id: 'Sepuluh kali salah di loket ini. Tanyakan siapa yang mencoba; pemiliknya membuat PIN baru di Akun.',
      en: 'Ten wrong tries at this desk. Ask who tried; its owner sets a new PIN under Account.',
    },
  },
  'workstation-enrolled': {
    title: { id: 'Loket baru terdaftar', en: 'A new workstation is enrolled' },
    text: { id: 'Bila tidak dikenal, cabut segera di Admin.', en: 'If nobody knows it, revoke it at once under Admin.' },
  },
  'workstation-revoked': {
    title: { id: 'Loket dicabut', en: 'A workstation was revoked' },
    text: { id: 'Loket ini tidak dapat dipakai lagi.', en: 'It can no longer be used.' },
  },
  'photos-without-match': {
    title: { id: 'Banyak foto KTP-el dibuka tanpa wajah yang cocok', en: 'Many KTP-el photographs opened without a matching face' },
    text: { id: 'Tanyakan kepada petugasnya, dan periksa kamera serta cahaya loket itu. Bila diteruskan, fotonya ditutup.', en: 'Ask the officer, and check that desk’s camera and light. If it goes on, the photographs are closed.' },
  },
  'photo-cap-reached': {
    title: { id: 'Batas melihat foto KTP-el tercapai', en: 'The cap on seeing KTP-el photographs is reached' },
    text: { id: 'Petugas ini membuka terlalu banyak foto tanpa wajah yang cocok. Periksa kasus-kasusnya; untuk sementara supervisor yang membandingkan.', en: 'This officer opened too many photographs without a matching face. Look at the cases; for now a supervisor compares.' },
  },
  'block-cap-reached': {
    title: { id: 'Batas pemblokiran tercapai', en: 'The cap on blocking is reached' },
    text: { id: 'Banyak ponsel diblokir dalam satu jam. Periksa apakah permintaannya wajar.', en: 'Many phones were blocked within an hour. Check whether the requests are genuine.' },
  },
}
