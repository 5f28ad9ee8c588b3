import { html, lines, type MailMessage, mailLink, mailPage, plainLine } from './render.ts'

export interface ContactLinkMail {
  readonly to: string
  readonly officeName: string
  readonly link: string
}

/** Asks a new address, given at a desk, to answer before it counts. It names nobody: the address may be mistyped. */
export function renderContactLinkMail({ to, officeName, link }: ContactLinkMail): MailMessage {
  const office = plainLine(officeName)
  return {
    to,
    subject: 'Konfirmasi e-mail baru IKD / Confirm the new IKD e-mail',
    text: `Identitas Kependudukan Digital

Di ${office}, alamat ini diberikan sebagai e-mail baru untuk sebuah IKD.

Itu Anda? Buka tautan ini dan tekan "Ya, ini alamat saya":
${link}

Tautan berlaku 24 jam. Bukan Anda? Abaikan e-mail ini; tanpa jawaban, alamat Anda tidak dipakai.

Petugas tidak pernah meminta PIN atau kode Anda.

--------------------------------------------------

At ${office}, this address was given as the new e-mail of an IKD.

It was you? Open this link and press "Yes, this is my address":
${link}

The link is good for 24 hours. It was not you? Ignore this e-mail; without an answer your address is not used.

No officer ever asks for your PIN or a code.
`,
    html: mailPage({
      title: 'Konfirmasi e-mail baru IKD',
      indonesian: lines(
        html`Di <bdi>${office}</bdi>, alamat ini diberikan sebagai e-mail baru untuk sebuah IKD.`,
        html`Itu Anda? ${mailLink(link, 'Buka halaman konfirmasi')} dan tekan “Ya, ini alamat saya”.`,
        html`Tautan berlaku <strong>24 jam</strong>. Bukan Anda? Abaikan e-mail ini; tanpa jawaban, alamat Anda tidak dipakai.`,
        html`Petugas tidak pernah meminta PIN atau kode Anda.`,
        html`Tautan tidak terbuka? Salin alamat ini ke peramban: <span style="word-break:break-all">${link}</span>`,
      ),
      english: lines(
        html`At <bdi>${office}</bdi>, this address was given as the new e-mail of an IKD.`,
        html`It was you? ${mailLink(link, 'Open the confirmation page')} and press “Yes, this is my address”.`,
        html`The link is good for <strong>24 hours</strong>. It was not you? Ignore this e-mail; without an answer your address is not used.`,
        html`No officer ever asks for your PIN or a code.`,
        html`The link does not open? Copy this address into a browser: <span style="word-break:break-all">${link}</span>`,
      ),
    }),
  }
}
