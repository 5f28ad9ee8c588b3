import { encodeRegistrationQr, type EpochNonce, registrationQrLifetimeMs, type Sign } from '@ikd/contract'
import { decodeBase64Url } from './bytes.ts'
import type { MadeQr } from './rotating-qr.ts'
import { ServerTime } from './server-time.ts'

export interface RegistrationQrPorts {
  readonly registrationId: string
  readonly nonce: () => Promise<EpochNonce>
  readonly sign: Sign
  readonly now: () => number
  readonly random: (length: number) => Uint8Array
}

/** One registration QR; it names the registration, never the NIK. Rejects when the phone is offline. */
export async function makeRegistrationQr(ports: RegistrationQrPorts): Promise<MadeQr> {
  const time = new ServerTime(ports.now)
  const sentAt = ports.now()
  const epoch = await ports.nonce()
  time.hear(epoch, sentAt)
  const text = await encodeRegistrationQr(
    {
      registrationId: ports.registrationId,
      id: ports.random(8),
      issuedAt: Math.floor(time.now() / 1000),
      nonce: decodeBase64Url(epoch.nonce),
    },
    ports.sign,
  )
  return { text, freshness: 'fresh', madeAt: ports.now(), deadAt: time.toPhone(epoch.issuedAt + registrationQrLifetimeMs) }
}
