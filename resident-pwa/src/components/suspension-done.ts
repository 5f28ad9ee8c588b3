import type { Suspension } from '@ikd/contract'
import { formatDateTime, say } from '@ikd/ui'
import { html } from 'lit'
import { wayBackText } from '../texts/suspension-text.ts'

/** What has happened, since when, and how it is undone. */
export function suspensionDone({ at, liftedAt }: Suspension) {
  return html`
    <ikd-notice kind="success" heading=${say({ id: 'IKD di ponsel itu sudah ditangguhkan', en: 'IKD on that phone is suspended' })}>
      <p>
        ${say({
          id: `Sejak ${formatDateTime(at)} tidak ada yang dapat memakainya: QR-nya ditolak dan aplikasinya tertutup.`,
          en: `Since ${formatDateTime(at)} nobody can use it: its QR is refused and its app is closed.`,
        })}
      </p>
    </ikd-notice>
    <ikd-card heading=${say({ id: 'Cara membukanya kembali', en: 'How to open it again' })}><p>${wayBackText(liftedAt)}</p></ikd-card>
    <ikd-notice kind="warning" heading=${say({ id: 'Awas penipuan', en: 'Beware of fraud' })}>
      <p>
        ${say({
          id: 'Tidak ada petugas yang menelepon untuk membuka penangguhan ini. Jangan sebutkan PIN atau kode kepada siapa pun.',
          en: 'No officer calls to lift this suspension. Tell your PIN or a code to nobody.',
        })}
      </p>
    </ikd-notice>
  `
}
