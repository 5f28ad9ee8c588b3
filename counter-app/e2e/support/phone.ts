import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { createClient, generateSigningKey, webCryptoSigningKey } from '@ikd/client'
import { type DeviceStatus, encodeRegistrationQr, routes } from '@ikd/contract'

// The solver is the server's dependency, and is found from there.
const { resolve: find } = createRequire(import.meta.resolve('@ikd/server'))
const { solveChallenge } = (await import(find('altcha-lib'))) as { solveChallenge: (task: { challenge: unknown; deriveKey: unknown }) => Promise<unknown> }
const { deriveKey } = (await import(find('altcha-lib/algorithms/sha'))) as { deriveKey: unknown }

/** A resident's phone as the server sees it: a registered key that signs QRs and answers. */
export interface Phone {
  readonly email: string
  qr(): Promise<string>
  confirm(code: string): Promise<void>
  status(): Promise<DeviceStatus>
  /** The link of a desk's mail to a new address. */
  confirmAddress(linkToken: string): Promise<void>
  /** Link page, code in the app, PIN. */
  activate(token: string, code: string, pin: string): Promise<void>
}

export async function registerPhone(serverUrl: string, { nik, email = 'warga@example.id' }: { nik: string; email?: string }): Promise<Phone> {
  const key = await webCryptoSigningKey(await generateSigningKey())
  const client = createClient({ baseUrl: serverUrl, key })
  const captcha = async () => {
    const challenge = await client.call(routes.service.captcha)
    const solution = await solveChallenge({ challenge, deriveKey })
    return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64')
  }
  const session = await client.call(routes.device.register, {
    body: { nik, email, phone: '+6281234567890', consentVersion: '1', captcha: await captcha() },
  })
  const token = session.token.accessToken
  return {
    email,
    async qr() {
      const { nonce, serverTime } = await client.call(routes.device.nonce, { token })
      return encodeRegistrationQr(
        {
          registrationId: session.status.registrationId,
          id: randomBytes(8),
          issuedAt: Math.floor(serverTime / 1000),
          nonce: Buffer.from(nonce, 'base64url'),
        },
        (bytes) => key.sign(bytes),
      )
    },
    confirm: async (code) => void (await client.call(routes.device.confirmCase, { body: { code }, token })),
    confirmAddress: async (linkToken) => void (await client.call(routes.contacts.confirmLink, { body: { token: linkToken, captcha: await captcha() } })),
    status: () => client.call(routes.device.status, { token }),
    async activate(linkToken, code, pin) {
      await client.call(routes.activation.open, { body: { token: linkToken } })
      await client.call(routes.activation.confirm, { body: { token: linkToken, code, captcha: await captcha() } })
      await client.call(routes.device.enterCode, { body: { code }, token })
      await client.call(routes.device.setPin, { body: { pin }, token })
    },
  }
}
