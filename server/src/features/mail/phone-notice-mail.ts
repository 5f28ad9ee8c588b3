import { html, lines, type MailMessage, mailLink, mailPage, plainLine } from './render.ts'

/** What has happened to a phone, to the contact on file, or to the photograph on record. */
export type Notice = 'suspended' | 'suspended-not-me' | 'resumed' | 'blocked' | 'unblocked' | 'email-changed' | 'phone-changed' | 'photo-seen'

export interface PhoneNoticeMail {
  readonly to: string
  readonly notice: Notice
  /** Name of the office whose officers did it; absent when a resident did. */
  readonly officeName?: string
  readonly at: number
  readonly timeZone: string
  /** Suspends the phone: for whoever says that it was not them. */
  readonly notMeLink?: string
}

interface Words {
  readonly subject: string
  readonly indonesian: string
  readonly english: string
  readonly next: string
  readonly nextEnglish: string
}

const words: Record<Notice, Words> = {
  suspended: {
    subject: 'IKD Anda ditangguhkan / Your IKD is suspended',
    indonesian: 'IKD di ponsel Anda telah ditangguhkan. Ponsel itu tidak dapat dipakai untuk IKD.',
    english: 'IKD on your phone has been suspended. That phone can no longer be used for IKD.',
    next: 'Ponselnya kembali? Buka IKD di ponsel itu, lalu pakai PIN dan kode dari e-mail. Ponselnya tidak kembali? Datang ke kantor Dukcapil dengan ponsel baru.',
    nextEnglish: 'You have the phone again? Open IKD on it and use its PIN and a code sent by e-mail. It does not come back? Go to a Dukcapil office with a new phone.',
  },
  'suspended-not-me': {
    subject: 'IKD Anda ditangguhkan / Your IKD is suspended',
    indonesian: 'Lewat tautan "bukan saya", IKD di ponsel yang baru telah ditangguhkan. Ponsel itu tidak dapat dipakai untuk IKD.',
    english: 'Through the “not me” link, IKD on the new phone has been suspended. That phone cannot be used for IKD.',
    next: 'Hanya dua petugas kantor Dukcapil yang dapat membukanya kembali. Datang dengan ponsel Anda dan KTP-el.',
    nextEnglish: 'Only two officers of a Dukcapil office can open it again. Come with your phone and your KTP-el.',
  },
  resumed: {
    subject: 'IKD Anda dibuka kembali / Your IKD is open again',
    indonesian: 'Penangguhan IKD di ponsel Anda telah dibatalkan dengan PIN dan kode dari e-mail ini. IKD dapat dipakai lagi.',
    english: 'The suspension of IKD on your phone was lifted with its PIN and a code sent to this address. IKD can be used again.',
    next: 'Bukan Anda? Segera hubungi kantor Dukcapil: orang lain tahu PIN Anda dan membaca e-mail Anda.',
    nextEnglish: 'It was not you? Contact the Dukcapil office at once: somebody else knows your PIN and reads your e-mail.',
  },
  blocked: {
    subject: 'Ponsel Anda diblokir untuk IKD / Your phone is blocked for IKD',
    indonesian: 'Petugas telah memblokir IKD di ponsel Anda. Ponsel itu tidak dapat dipakai untuk IKD.',
    english: 'An officer has blocked IKD on your phone. That phone can no longer be used for IKD.',
    next: 'Bukan Anda yang meminta, atau ponselnya kembali? Datang ke kantor Dukcapil dengan ponsel dan KTP-el Anda.',
    nextEnglish: 'You did not ask for it, or have the phone again? Come to a Dukcapil office with the phone and your KTP-el.',
  },
  unblocked: {
    subject: 'Ponsel Anda dibuka kembali untuk IKD / Your phone is open again for IKD',
    indonesian: 'Dua petugas telah membuka kembali IKD di ponsel Anda.',
    english: 'Two officers have opened IKD on your phone again.',
    next: 'Anda sendiri yang datang ke kantor? Tidak ada yang perlu dilakukan.',
    nextEnglish: 'It was you who came to the office? There is nothing to do.',
  },
  'email-changed': {
    subject: 'E-mail IKD Anda diganti / The e-mail of your IKD was changed',
    indonesian: 'Alamat e-mail IKD Anda telah diganti. Mulai sekarang pemberitahuan dikirim ke alamat yang baru.',
    english: 'The e-mail address of your IKD has been changed. From now on notices go to the new address.',
    next: 'Anda sendiri yang menggantinya? Tidak ada yang perlu dilakukan.',
    nextEnglish: 'It was you who changed it? There is nothing to do.',
  },
  'phone-changed': {
    subject: 'Nomor telepon IKD Anda diganti / The phone number of your IKD was changed',
    indonesian: 'Nomor telepon pada IKD Anda telah diganti.',
    english: 'The phone number of your IKD has been changed.',
    next: 'Anda sendiri yang menggantinya? Tidak ada yang perlu dilakukan.',
    nextEnglish: 'It was you who changed it? There is nothing to do.',
  },
  'photo-seen': {
    subject: 'Foto KTP-el Anda dilihat petugas / An officer saw your KTP-el photograph',
    indonesian: 'Petugas melihat foto KTP-el Anda, tanpa wajah yang cocok dengan foto itu di depan kamera loket.',
    english: 'An officer saw your KTP-el photograph, without a face that matched it before the desk’s camera.',
    next: 'Anda sendiri yang datang ke kantor itu? Tidak ada yang perlu dilakukan. Bukan Anda? Hubungi kantor itu; semua yang melihat data Anda ada di menu Histori.',
    nextEnglish: 'You went to that office yourself? There is nothing to do. It was not you? Contact that office; everybody who saw your data stands under Histori.',
  },
}

/** Tells a resident what happened, when and where, and what they can do if it was not them. */
export function renderPhoneNoticeMail({ to, notice, officeName, at, timeZone, notMeLink }: PhoneNoticeMail): MailMessage {
  const { subject, indonesian, english, next, nextEnglish } = words[notice]
  const office = officeName === undefined ? undefined : plainLine(officeName)
  const when = (locale: string) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'long', timeZone }).format(at)
  const [saat, moment] = [when('id-ID'), when('en-GB')]
  const stop = 'Bukan Anda? Buka tautan ini untuk menghentikan IKD di ponsel itu sekarang juga. Berlaku tujuh hari:'
  const stopEnglish = 'It was not you? Open this link to stop IKD on that phone at once. Good for seven days:'
  return {
    to,
    subject,
    text: `Identitas Kependudukan Digital

${indonesian}

${saat}${office === undefined ? '' : `, ${office}`}

${next}
${notMeLink === undefined ? '' : `\n${stop}\n${notMeLink}\n`}
Petugas tidak pernah meminta PIN atau kode Anda, juga tidak lewat telepon.

--------------------------------------------------

${english}

${moment}${office === undefined ? '' : `, ${office}`}

${nextEnglish}
${notMeLink === undefined ? '' : `\n${stopEnglish}\n${notMeLink}\n`}
No officer ever asks for your PIN or a code, nor by telephone.
`,
    html: mailPage({
      title: subject,
      indonesian: lines(
        html`${indonesian}`,
        office === undefined ? html`${saat}` : html`${saat}, <bdi>${office}</bdi>`,
        html`${next}`,
        ...(notMeLink === undefined ? [] : [html`<strong>${stop}</strong><br>${mailLink(notMeLink, 'Bukan saya: hentikan IKD di ponsel itu')}<br><span style="word-break:break-all">${notMeLink}</span>`]),
        html`Petugas tidak pernah meminta PIN atau kode Anda, juga tidak lewat telepon.`,
      ),
      english: lines(
        html`${english}`,
        office === undefined ? html`${moment}` : html`${moment}, <bdi>${office}</bdi>`,
        html`${nextEnglish}`,
        ...(notMeLink === undefined ? [] : [html`<strong>${stopEnglish}</strong><br>${mailLink(notMeLink, 'Not me: stop IKD on that phone')}<br><span style="word-break:break-all">${notMeLink}</span>`]),
        html`No officer ever asks for your PIN or a code, nor by telephone.`,
      ),
    }),
  }
}
