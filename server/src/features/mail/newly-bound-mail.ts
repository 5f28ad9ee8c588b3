import { html, lines, mailLink, type MailMessage, mailPage, plainLine } from './render.ts'

export interface NewlyBoundMail {
  /** The address known before the new phone. */
  readonly to: string
  readonly name: string
  readonly officeName: string
  readonly boundAt: number
  readonly timeZone: string
  /** Suspends the new phone. */
  readonly notMeLink: string
}

/** Tells the address of the earlier phone that another one has taken its place. */
export function renderNewlyBoundMail(mail: NewlyBoundMail): MailMessage {
  const [name, office] = [plainLine(mail.name), plainLine(mail.officeName)]
  const when = (locale: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'long', timeZone: mail.timeZone }).format(mail.boundAt)
  const [saat, moment] = [when('id-ID'), when('en-GB')]
  return {
    to: mail.to,
    subject: 'IKD Anda kini di ponsel lain / Your IKD is now on another phone',
    text: `Identitas Kependudukan Digital

Halo ${name},

Pada ${saat}, IKD Anda dipindahkan ke ponsel baru di ${office}. Ponsel lama tidak dapat dipakai lagi untuk IKD.

Anda sendiri yang memindahkannya? Tidak ada yang perlu dilakukan.

Bukan Anda? Buka tautan ini untuk menghentikan IKD di ponsel baru itu sekarang juga. Berlaku tujuh hari:
${mail.notMeLink}

Lalu hubungi ${office}, datang atau telepon, dan bawa KTP-el Anda.

Petugas tidak pernah meminta PIN atau kode aktivasi Anda.

--------------------------------------------------

Hello ${name},

On ${moment}, your IKD was moved to a new phone at ${office}. The old phone can no longer be used for IKD.

It was you who moved it? There is nothing to do.

It was not you? Open this link to stop IKD on that new phone at once. Good for seven days:
${mail.notMeLink}

Then contact ${office}, in person or by telephone, and bring your KTP-el.

No officer ever asks for your PIN or your activation code.
`,
    html: mailPage({
      title: 'IKD Anda kini di ponsel lain',
      indonesian: lines(
        html`Halo <bdi>${name}</bdi>,`,
        html`Pada ${saat}, IKD Anda dipindahkan ke ponsel baru di <bdi>${office}</bdi>. Ponsel lama tidak dapat dipakai lagi untuk IKD.`,
        html`Anda sendiri yang memindahkannya? Tidak ada yang perlu dilakukan.`,
        html`<strong>Bukan Anda? ${mailLink(mail.notMeLink, 'Hentikan IKD di ponsel baru itu sekarang')}</strong>. Tautan berlaku tujuh hari: <span style="word-break:break-all">${mail.notMeLink}</span>`,
        html`Lalu hubungi <bdi>${office}</bdi>, datang atau telepon, dan bawa KTP-el Anda.`,
        html`Petugas tidak pernah meminta PIN atau kode aktivasi Anda.`,
      ),
      english: lines(
        html`Hello <bdi>${name}</bdi>,`,
        html`On ${moment}, your IKD was moved to a new phone at <bdi>${office}</bdi>. The old phone can no longer be used for IKD.`,
        html`It was you who moved it? There is nothing to do.`,
        html`<strong>It was not you? ${mailLink(mail.notMeLink, 'Stop IKD on that new phone now')}</strong>. The link is good for seven days: <span style="word-break:break-all">${mail.notMeLink}</span>`,
        html`Then contact <bdi>${office}</bdi>, in person or by telephone, and bring your KTP-el.`,
        html`No officer ever asks for your PIN or your activation code.`,
      ),
    }),
  }
}
