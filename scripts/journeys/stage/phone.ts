import { type Client, type ClientOptions, createClient, generateSigningKey, type SigningKey, webCryptoSigningKey } from '@ikd/client'
import {
  type AccessToken, type Audience, type DeviceStatus, type DisclosableField, encodePresentation, encodeRegistrationQr, routes, type Scan,
} from '@ikd/contract'
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/sha'

/** A resident's phone without its screen: the same client, keys and codecs as the app. */
export interface Phone {
  readonly client: Client
  register(person: { nik: string; email: string; phone?: string }): Promise<DeviceStatus>
  status(): Promise<DeviceStatus>
  registrationQr(): Promise<string>
  confirmCase(code: string): Promise<DeviceStatus>
  enterCode(code: string): Promise<DeviceStatus>
  newCode(): Promise<DeviceStatus>
  setPin(pin: string): Promise<DeviceStatus>
  unlock(pin: string): Promise<void>
  holderToken(): string
  /** A presentation under this unlock's grant; `offline` leaves the nonce out. */
  presentation(what: { audience: Audience; fields: readonly DisclosableField[]; offline?: boolean; issuedAt?: number }): Promise<string>
  scan(qr: string, purpose?: string): Promise<Scan>
}

export async function solveCaptcha(client: Client, effort?: number): Promise<string> {
  const query = effort === undefined ? {} : { effort }
  const challenge = (await client.call(routes.service.captcha, { query })) as unknown as Parameters<typeof solveChallenge>[0]['challenge']
  const solution = await solveChallenge({ challenge, deriveKey })
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64')
}

/** How somebody reaches the server, where that is not simply `fetch`. */
export type Reach = Pick<ClientOptions, 'fetch' | 'wait'>

/** @param captcha instead of solving the server's own, which takes a processor a third of a second */
export async function makePhone(baseUrl: string, reach: Reach = {}, captcha: (client: Client) => Promise<string> = solveCaptcha): Promise<Phone> {
  const key = await webCryptoSigningKey(await generateSigningKey())
  const client = createClient({ baseUrl, key, ...reach })
  let device: AccessToken | undefined
  let holder: AccessToken | undefined
  let grant: { handle: string; presentationKey: SigningKey } | undefined

  async function deviceToken(): Promise<string> {
    device ??= (await client.call(routes.device.session)).token
    return device.accessToken
  }

  function holderToken(): string {
    if (!holder) throw new Error('the phone is locked')
    return holder.accessToken
  }

  return {
    client,
    holderToken,
    async register({ nik, email, phone = '+6281100000001' }) {
      const body = { nik, email, phone, consentVersion: '1', captcha: await captcha(client) }
      const session = await client.call(routes.device.register, { body })
      device = session.token
      return session.status
    },
    async status() {
      const session = await client.call(routes.device.session)
      device = session.token
      return session.status
    },
    async registrationQr() {
      const token = await deviceToken()
      const { registrationId } = await client.call(routes.device.status, { token })
      const { nonce, serverTime } = await client.call(routes.device.nonce, { token })
      return encodeRegistrationQr(
        {
          registrationId,
          id: crypto.getRandomValues(new Uint8Array(8)),
          issuedAt: Math.floor(serverTime / 1000),
          nonce: Uint8Array.from(Buffer.from(nonce, 'base64url')),
        },
        (bytes) => key.sign(bytes),
      )
    },
    confirmCase: async (code) => client.call(routes.device.confirmCase, { token: await deviceToken(), body: { code } }),
    enterCode: async (code) => client.call(routes.device.enterCode, { token: await deviceToken(), body: { code } }),
    newCode: async () => client.call(routes.device.newCode, { token: await deviceToken() }),
    setPin: async (pin) => client.call(routes.device.setPin, { token: await deviceToken(), body: { pin } }),
    async unlock(pin) {
      device = (await client.call(routes.device.session)).token
      holder = await client.call(routes.holder.unlock, { token: await deviceToken(), body: { pin } })
      const presentationKey = await webCryptoSigningKey(await generateSigningKey())
      const possession = Buffer.from(await presentationKey.sign(new TextEncoder().encode(holder.accessToken))).toString('base64url')
      const { handle } = await client.call(routes.holder.grant, {
        token: holder.accessToken,
        body: { publicKey: presentationKey.publicJwk, possession },
      })
      grant = { handle, presentationKey }
    },
    async presentation({ audience, fields, offline = false, issuedAt }) {
      if (!grant) throw new Error('the phone is locked')
      const { nonce, serverTime } = await client.call(routes.device.nonce, { token: await deviceToken() })
      const { handle, presentationKey } = grant
      return encodePresentation(
        {
          handle: Uint8Array.from(Buffer.from(handle, 'base64url')),
          id: crypto.getRandomValues(new Uint8Array(8)),
          issuedAt: Math.floor((issuedAt ?? serverTime) / 1000),
          audience,
          fields,
          ...(offline ? {} : { nonce: Uint8Array.from(Buffer.from(nonce, 'base64url')) }),
        },
        (bytes) => presentationKey.sign(bytes),
      )
    },
    scan: (qr, purpose = 'uji') => client.call(routes.scans.scan, { token: holderToken(), body: { qr, purpose } }),
  }
}
