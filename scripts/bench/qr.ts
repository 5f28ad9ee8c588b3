import {
  type DisclosableField, disclosableFields, encodePresentation, encodeRegistrationQr, parsePresentation, type Presentation, residentAudienceFields, type Sign,
} from '@ikd/contract'
import type { Row } from '../bench.ts'
import type { benches } from '../command-line/commands.mjs'
import type { Values } from '../command-line/read.mjs'

/**
 * Characters that a QR code of each version holds at error correction M in alphanumeric mode (ISO/IEC 18004:2015, table 7).
 * Base45 text and our prefixes stay within that mode.
 */
const capacities = [20, 38, 61, 90, 122, 154, 178, 221, 262, 311, 366]
const largestVersion = 11

/** How large the QR codes are that a phone shows, and how long one takes to make and to read; real keys, real signatures. */
export async function run({ rounds }: Pick<Values<typeof benches.qr>, 'rounds'>): Promise<Row[]> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
  const ecdsa = { name: 'ECDSA', hash: 'SHA-256' } as const
  const sign: Sign = async (bytes) => new Uint8Array(await crypto.subtle.sign(ecdsa, pair.privateKey, new Uint8Array(bytes)))
  const verify = (bytes: Uint8Array, signature: Uint8Array) => crypto.subtle.verify(ecdsa, pair.publicKey, new Uint8Array(signature), new Uint8Array(bytes))

  const presentation = (fields: readonly DisclosableField[], audience: Presentation['audience'], online: boolean) =>
    encodePresentation(
      {
        handle: random(16),
        id: random(8),
        issuedAt: Math.floor(Date.now() / 1000),
        audience,
        fields,
        ...(online && { nonce: random(12) }),
      },
      sign,
    )
  const kinds: readonly [string, () => Promise<string>][] = [
    ['resident, fresh', () => presentation(residentAudienceFields, { to: 'resident' }, true)],
    ['resident, offline', () => presentation(residentAudienceFields, { to: 'resident' }, false)],
    ['institution, every field, fresh', () => presentation(disclosableFields, { to: 'institution', number: 4_000_000 }, true)],
    ['institution, every field, offline', () => presentation(disclosableFields, { to: 'institution', number: 4_000_000 }, false)],
    ['registration', () => encodeRegistrationQr({ registrationId: crypto.randomUUID(), id: random(8), issuedAt: Math.floor(Date.now() / 1000), nonce: random(12) }, sign)],
  ]
  const rows: Row[] = []
  for (const [kind, make] of kinds) {
    const texts: string[] = []
    const began = performance.now()
    for (let i = 0; i < rounds; i++) texts.push(await make())
    const made = performance.now()
    let valid = 0
    for (const text of texts) if (await parsePresentation(text)?.message.verify(verify)) valid++
    const read = performance.now()
    const longest = Math.max(...texts.map((text) => text.length))
    const version = capacities.findIndex((capacity) => capacity >= longest) + 1
    if (version === 0) throw new Error(`${kind}: ${longest} characters need more than version ${largestVersion}`)
    rows.push({
      kind,
      characters: longest,
      version,
      modules: 17 + 4 * version,
      'make ms': round((made - began) / rounds),
      // Only presentations are read here; a registration QR has a reader of its own.
      'read ms': valid === rounds ? round((read - made) / rounds) : '–',
    })
  }
  return rows
}

function random(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length))
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
