import '../components/scanning.ts'
import { routes } from '@ikd/contract'
import { say } from '@ikd/ui'
import { html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { Screen } from '../components/screen.ts'

export const tag = 'ikd-scan-screen'

/** *Pindai*, resident to resident: at most photo and name. */
@customElement(tag)
export class ScanScreen extends Screen {
  protected heading() {
    return say({ id: 'Pindai', en: 'Scan' })
  }

  protected body() {
    return html`
      <p>
        ${say({
          id: 'Minta orang itu memilih “Penduduk lain” pada QR-nya. Anda akan melihat foto dan namanya; ia akan melihat bahwa QR-nya dipindai.',
          en: 'Ask the person to choose “Another resident” for their QR. You will see photo and name; they will see that they were scanned.',
        })}
      </p>
      <ikd-scanning
        .ports=${this.ports}
        .purpose=${say({ id: 'Mengenali orang', en: 'Recognising a person' })}
        .scan=${(qr: string, purpose: string) =>
          this.ports.session.asHolder((client, token) => client.call(routes.scans.scan, { token, body: { qr, purpose } }))}
      ></ikd-scanning>
    `
  }
}
