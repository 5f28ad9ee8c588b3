import { html, lines, type MailMessage, mailLink, mailPage } from './render.ts'

export interface SuspensionLinkMail {
  readonly to: string
  readonly link: string
}

/** What its owner, or somebody who knows their NIK, asked for. It names nobody: the asker is not known. */
export function renderSuspensionLinkMail({ to, link }: SuspensionLinkMail): MailMessage {
  return {
    to,
    subject: 'Tautan untuk menangguhkan IKD / Link to suspend IKD',
    text: `Identitas Kependudukan Digital

Seseorang, mungkin Anda, meminta tautan untuk menangguhkan IKD di ponsel Anda.

Ponsel hilang atau dipakai orang lain? Buka tautan ini dan tekan "Tangguhkan". IKD di ponsel itu langsung berhenti:
${link}

Tautan berlaku satu jam dan hanya sekali. Menangguhkan dapat dibatalkan di ponsel yang sama dengan PIN dan kode dari e-mail ini.

Bukan Anda yang meminta? Abaikan e-mail ini; tidak ada yang berubah.

Kami tidak pernah menelepon untuk menyuruh Anda membuka tautan, dan tidak pernah meminta PIN atau kode.

--------------------------------------------------

Somebody, perhaps you, asked for a link to suspend IKD on your phone.

The phone is lost, or somebody else uses it? Open this link and press "Suspend". IKD on that phone stops at once:
${link}

The link is good for one hour, once. Suspending can be undone on the same phone with its PIN and a code sent to this address.

It was not you who asked? Ignore this e-mail; nothing has changed.

We never telephone to make you open a link, and never ask for your PIN or a code.
`,
    html: mailPage({
      title: 'Tautan untuk menangguhkan IKD',
      indonesian: lines(
        html`Seseorang, mungkin Anda, meminta tautan untuk menangguhkan IKD di ponsel Anda.`,
        html`Ponsel hilang atau dipakai orang lain? ${mailLink(link, 'Buka halaman penangguhan')} dan tekan “Tangguhkan”. IKD di ponsel itu langsung berhenti.`,
        html`Tautan berlaku <strong>satu jam</strong> dan hanya sekali. Menangguhkan dapat dibatalkan di ponsel yang sama dengan PIN dan kode dari e-mail ini.`,
        html`Bukan Anda yang meminta? Abaikan e-mail ini; tidak ada yang berubah.`,
        html`<strong>Kami tidak pernah menelepon untuk menyuruh Anda membuka tautan, dan tidak pernah meminta PIN atau kode.</strong>`,
        html`Tautan tidak terbuka? Salin alamat ini ke peramban: <span style="word-break:break-all">${link}</span>`,
      ),
      english: lines(
        html`Somebody, perhaps you, asked for a link to suspend IKD on your phone.`,
        html`The phone is lost, or somebody else uses it? ${mailLink(link, 'Open the suspension page')} and press “Suspend”. IKD on that phone stops at once.`,
        html`The link is good for <strong>one hour</strong>, once. Suspending can be undone on the same phone with its PIN and a code sent to this address.`,
        html`It was not you who asked? Ignore this e-mail; nothing has changed.`,
        html`<strong>We never telephone to make you open a link, and never ask for your PIN or a code.</strong>`,
        html`The link does not open? Copy this address into a browser: <span style="word-break:break-all">${link}</span>`,
      ),
    }),
  }
}
