import { html, lines, mailCode, mailLink, type MailMessage, mailPage, plainLine } from './render.ts'

export interface ActivationMail {
  readonly to: string
  readonly name: string
  /** Six digits. */
  readonly code: string
  readonly link: string
  readonly officeName: string
  /** How long the code lasts from the mail's arrival. */
  readonly minutes: number
}

/** Code and link after an approval. It holds no PIN and asks for none. */
export function renderActivationMail(mail: ActivationMail): MailMessage {
  const [name, office] = [plainLine(mail.name), plainLine(mail.officeName)]
  const { code, link, minutes } = mail
  return {
    to: mail.to,
    // Not the code: subjects show on locked screens.
    subject: 'Kode aktivasi IKD Anda / Your IKD activation code',
    text: `Identitas Kependudukan Digital

Halo ${name},

${office} telah menyetujui aktivasi IKD di ponsel Anda.

Kode aktivasi: ${code}

1. Buka tautan ini, di perangkat apa saja:
${link}
2. Masukkan kode di atas.
3. Kembali ke aplikasi IKD di ponsel Anda dan masukkan kode yang sama, lalu buat PIN Anda.

Kode berlaku ${minutes} menit sejak e-mail ini tiba. Sudah lewat? Minta kode baru di aplikasi.

Jangan berikan kode ini kepada siapa pun. Petugas tidak pernah meminta kode ini.

Bukan Anda yang mendaftar? Jangan buka tautannya dan segera hubungi ${office}. Tanpa kode ini, ponsel itu tidak dapat diaktifkan.

--------------------------------------------------

Hello ${name},

${office} has approved the activation of IKD on your phone.

Activation code: ${code}

1. Open this link, on any device:
${link}
2. Enter the code above.
3. Go back to the IKD app on your phone, enter the same code, then choose your PIN.

The code is good for ${minutes} minutes from the arrival of this e-mail. Too late? Ask for a new code in the app.

Do not give this code to anyone. No officer ever asks for it.

It was not you who registered? Do not open the link, and contact ${office} at once. Without this code that phone cannot be activated.
`,
    html: mailPage({
      title: 'Kode aktivasi IKD Anda',
      indonesian: lines(
        html`Halo <bdi>${name}</bdi>,`,
        html`<bdi>${office}</bdi> telah menyetujui aktivasi IKD di ponsel Anda.`,
        mailCode('Kode aktivasi', code),
        html`1. ${mailLink(link, 'Buka tautan aktivasi')}, di perangkat apa saja.<br>2. Masukkan kode di atas.<br>3. Kembali ke aplikasi IKD di ponsel Anda dan masukkan kode yang sama, lalu buat PIN Anda.`,
        html`Kode berlaku <strong>${minutes} menit</strong> sejak e-mail ini tiba. Sudah lewat? Minta kode baru di aplikasi.`,
        html`<strong>Jangan berikan kode ini kepada siapa pun. Petugas tidak pernah meminta kode ini.</strong>`,
        html`Bukan Anda yang mendaftar? Jangan buka tautannya dan segera hubungi <bdi>${office}</bdi>. Tanpa kode ini, ponsel itu tidak dapat diaktifkan.`,
        html`Tautan tidak terbuka? Salin alamat ini ke peramban: <span style="word-break:break-all">${link}</span>`,
      ),
      english: lines(
        html`Hello <bdi>${name}</bdi>,`,
        html`<bdi>${office}</bdi> has approved the activation of IKD on your phone.`,
        mailCode('Activation code', code),
        html`1. ${mailLink(link, 'Open the activation link')}, on any device.<br>2. Enter the code above.<br>3. Go back to the IKD app on your phone, enter the same code, then choose your PIN.`,
        html`The code is good for <strong>${minutes} minutes</strong> from the arrival of this e-mail. Too late? Ask for a new code in the app.`,
        html`<strong>Do not give this code to anyone. No officer ever asks for it.</strong>`,
        html`It was not you who registered? Do not open the link, and contact <bdi>${office}</bdi> at once. Without this code that phone cannot be activated.`,
        html`The link does not open? Copy this address into a browser: <span style="word-break:break-all">${link}</span>`,
      ),
    }),
  }
}
