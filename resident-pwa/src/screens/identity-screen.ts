import type { Identity } from '@ikd/contract'
import { fieldLabel, formatDate, say } from '@ikd/ui'
import { Task } from '@lit/task'
import { html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { renderTask } from '../components/load.ts'
import { Screen } from '../components/screen.ts'
import { getIdentity } from '../holder/record.ts'
import { maritalText, sexText } from '../texts/identity-text.ts'

export const tag = 'ikd-identity-screen'

/** *Biodata*: what the register says about the holder. */
@customElement(tag)
export class IdentityScreen extends Screen {
  readonly #identity = new Task(this, { task: () => getIdentity(this.ports.session), args: () => [] as const })

  protected heading() {
    return say({ id: 'Biodata', en: 'Personal data' })
  }

  protected body() {
    return renderTask(this.#identity, say({ id: 'Mengambil biodata', en: 'Fetching your data' }), (identity) => this.#data(identity))
  }

  #data(identity: Identity) {
    const rows: readonly (readonly [string, string])[] = [
      [fieldLabel('nik'), identity.nik],
      [fieldLabel('name'), identity.name],
      [fieldLabel('birthPlace'), identity.birthPlace],
      [fieldLabel('birthDate'), formatDate(identity.birthDate)],
      [fieldLabel('sex'), sexText(identity.sex)],
      [fieldLabel('bloodType'), identity.bloodType ?? say({ id: 'Tidak tercatat', en: 'Not recorded' })],
      [fieldLabel('address'), identity.address],
      ['RT / RW', identity.neighbourhood],
      [say({ id: 'Desa / kelurahan', en: 'Village' }), identity.village],
      [say({ id: 'Kecamatan / kapanewon', en: 'District' }), identity.district],
      [say({ id: 'Kabupaten / kota', en: 'Regency or city' }), identity.regency],
      [say({ id: 'Provinsi', en: 'Province' }), identity.province],
      [fieldLabel('religion'), identity.religion],
      [fieldLabel('maritalStatus'), maritalText(identity.maritalStatus)],
      [fieldLabel('occupation'), identity.occupation],
      [fieldLabel('nationality'), identity.nationality],
      [fieldLabel('familyCardNumber'), identity.familyCardNumber],
    ]
    return html`
      <ikd-photo .jpeg=${identity.photo} alt=${say({ id: `Foto ${identity.name}`, en: `Photo of ${identity.name}` })}></ikd-photo>
      <ikd-card>
        <dl>
          ${rows.map(
            ([name, value]) => html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
          )}
        </dl>
      </ikd-card>
      <p class="muted small">
        ${say({
          id: 'Ada yang keliru? Data hanya dapat dibetulkan di kantor; lihat kontak di Pengaturan.',
          en: 'Something wrong? Data can only be corrected at the office; see the contacts in Settings.',
        })}
      </p>
    `
  }
}
