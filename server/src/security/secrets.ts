import { hkdfSync, randomBytes } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { closeToOthers } from '../data-folder.ts'
import { generateTokenKey, readTokenKey, rotateKeys, type StoredTokenKey, type TokenKey } from './token-keys.ts'

/** Everything the server must know and the database must not. */
export interface Secrets {
  /** Wraps the keys of sealed values, 32 bytes. */
  readonly masterKey: Buffer
  /** Oldest first. Those of a file are read anew when it has changed: a rotation needs no restart. */
  tokenKeys(): readonly TokenKey[]
  /** Derived keys, one for each use. */
  derive(label: string): Buffer
}

interface Content {
  readonly masterKey: string
  readonly tokenKeys: readonly StoredTokenKey[]
}

type Place = Pick<Config, 'dataDirectory' | 'secretsFile'>

/**
 * Reads the secrets; makes them, readable by their owner only, on the first start. Several servers of one database
 * share one file, or copies of it: `secretsFile` says where. Throws when others on this machine could read it.
 */
export function openSecrets(place: Place): Secrets {
  const path = pathOf(place)
  if (!statSync(path, { throwIfNoEntry: false })) {
    // Linked into place whole: a crash leaves no half a file, and of two servers starting at once one wins for both.
    const draft = writeBeside(path, { masterKey: randomBytes(32).toString('base64url'), tokenKeys: [generateTokenKey(0)] })
    try {
      linkSync(draft, path)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    } finally {
      rmSync(draft)
    }
  }
  closeToOthers(path)
  const { masterKey, derive } = parseSecrets(readFileSync(path, 'utf8'))
  let read = { version: '', keys: [] as readonly TokenKey[] }
  return {
    masterKey,
    derive,
    tokenKeys() {
      // A stat costs microseconds. While the file is being put there anew, the keys in hand stay good.
      const stat = statSync(path, { throwIfNoEntry: false })
      const version = stat ? `${stat.ino} ${stat.mtimeMs} ${stat.size}` : read.version
      if (version !== read.version) read = { version, keys: parseSecrets(readFileSync(path, 'utf8')).tokenKeys() }
      return read.keys
    },
  }
}

export function parseSecrets(json: string): Secrets {
  const content = parseContent(json)
  const masterKey = Buffer.from(content.masterKey, 'base64url')
  const keys = content.tokenKeys.map(readTokenKey)
  return {
    masterKey,
    tokenKeys: () => keys,
    derive: (label) => Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), `ikd ${label}`, 32)),
  }
}

/**
 * Adds a key that signs in five minutes; running servers notice by themselves, and the old key's tokens live out their
 * time. `at-once` is for a key that is known to others: it is gone with all tokens it made.
 */
export function rotateTokenKeys(place: Place, now: number, how: 'gently' | 'at-once' = 'gently'): readonly TokenKey[] {
  const path = pathOf(place)
  const content = parseContent(readFileSync(path, 'utf8'))
  const tokenKeys = how === 'gently' ? rotateKeys(content.tokenKeys, now) : [generateTokenKey(now)]
  renameSync(writeBeside(path, { masterKey: content.masterKey, tokenKeys }), path)
  return tokenKeys.map(readTokenKey)
}

function pathOf({ dataDirectory, secretsFile }: Place): string {
  return secretsFile ?? join(dataDirectory, 'secrets.json')
}

function writeBeside(path: string, content: Content): string {
  const draft = `${path}.${process.pid}.new`
  writeFileSync(draft, JSON.stringify(content), { mode: 0o600 })
  return draft
}

/** Before keys could be rotated a file held one pair. */
function parseContent(json: string): Content {
  const { masterKey, tokenKeys, tokenPrivateKey } = JSON.parse(json) as Content & { tokenPrivateKey?: string }
  return { masterKey, tokenKeys: tokenKeys ?? [{ privateKey: tokenPrivateKey ?? '', from: 0 }] }
}
