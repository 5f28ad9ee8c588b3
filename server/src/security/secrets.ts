import { generateKeyPairSync, hkdfSync, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Everything the server must know and the database must not. */
export interface Secrets {
  /** Wraps the keys of sealed values, 32 bytes. */
  readonly masterKey: Buffer
  /** PEM, PKCS #8, P-256: signs access tokens. */
  readonly tokenPrivateKey: string
  readonly tokenPublicKey: string
  /** Derived keys, one for each use. */
  derive(label: string): Buffer
}

const fileName = 'secrets.json'

/** Reads `secrets.json` of the data folder; makes it, readable by its owner only, on the first start. */
export function openSecrets(dataDirectory: string): Secrets {
  const path = join(dataDirectory, fileName)
  if (!existsSync(path)) {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const content = {
      masterKey: randomBytes(32).toString('base64url'),
      tokenPrivateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }),
      tokenPublicKey: pair.publicKey.export({ type: 'spki', format: 'pem' }),
    }
    // Written beside and renamed, so that a crash never leaves half a file of keys.
    writeFileSync(`${path}.new`, JSON.stringify(content), { mode: 0o600 })
    renameSync(`${path}.new`, path)
  }
  chmodSync(path, 0o600)
  return parseSecrets(readFileSync(path, 'utf8'))
}

export function parseSecrets(json: string): Secrets {
  const content = JSON.parse(json) as { masterKey: string; tokenPrivateKey: string; tokenPublicKey: string }
  const masterKey = Buffer.from(content.masterKey, 'base64url')
  return {
    masterKey,
    tokenPrivateKey: content.tokenPrivateKey,
    tokenPublicKey: content.tokenPublicKey,
    derive: (label) => Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), `ikd ${label}`, 32)),
  }
}
