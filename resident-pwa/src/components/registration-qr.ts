import './rotating-qr-picture.ts'
import { say } from '@ikd/ui'
import { html } from 'lit'
import type { Ports } from '../ports.ts'

/** What a desk scans to open a case with this phone. */
export function registrationQr(ports: Ports, registrationId: string) {
  return html`
    <p>${say({ id: 'Tunjukkan QR ini kepada petugas di loket.', en: 'Show this QR to the officer at the desk.' })}</p>
    <ikd-rotating-qr
      .make=${() => ports.session.registrationQr(registrationId)}
      .renewBeforeMs=${50_000}
      .clock=${ports.clock}
      label=${say({ id: 'QR pendaftaran untuk petugas', en: 'Registration QR for the officer' })}
    ></ikd-rotating-qr>
  `
}
