import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { minute } from '../clock.ts'
import { openSecrets, rotateTokenKeys } from './secrets.ts'
import { announcedFor, generateTokenKey, livingKeys, longestTokenLife, readTokenKey, rotateKeys, signingKey } from './token-keys.ts'

let dataDirectory: string
beforeEach(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'ikd-keys-'))
})
afterEach(() => rmSync(dataDirectory, { recursive: true }))

const start = 1_800_000_000_000

describe('a rotation', () => {
  test('announces the new key before it signs, and keeps the old one until its last token has died', () => {
    const [old, next] = rotateKeys([generateTokenKey(0)], start).map(readTokenKey)
    if (!old || !next) throw new Error('two keys were expected')
    const keys = [old, next]
    expect([signingKey(keys, start), signingKey(keys, start + announcedFor - 1), signingKey(keys, start + announcedFor)]).toEqual([old, old, next])
    expect(livingKeys(keys, start)).toEqual(keys)
    const lastDeath = start + announcedFor + longestTokenLife
    expect(livingKeys(keys, lastDeath)).toEqual(keys)
    expect(livingKeys(keys, lastDeath + 2 * minute)).toEqual([next])
  })

  test('twice in a row gives every key its time to be announced', () => {
    const keys = rotateKeys(rotateKeys([generateTokenKey(0)], start), start + 1)
    expect(keys.map(({ from }) => from)).toEqual([0, start + announcedFor, start + 2 * announcedFor])
  })

  test('drops the dead', () => {
    const keys = rotateKeys([generateTokenKey(0), generateTokenKey(1)], start)
    expect(keys.map(({ from }) => from)).toEqual([1, start + announcedFor])
  })
})

describe('the secrets’ file', () => {
  const file = () => join(dataDirectory, 'secrets.json')

  test('is its owner’s only, made whole, and made again by nobody', () => {
    const first = openSecrets({ dataDirectory })
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    expect(readdirSync(dataDirectory)).toEqual(['secrets.json'])
    const second = openSecrets({ dataDirectory })
    expect(second.masterKey).toEqual(first.masterKey)
    expect(second.tokenKeys()).toEqual(first.tokenKeys())
  })

  test('is closed to others when somebody has opened it', () => {
    openSecrets({ dataDirectory })
    chmodSync(file(), 0o644)
    openSecrets({ dataDirectory })
    expect(statSync(file()).mode & 0o777).toBe(0o600)
  })

  test('is shared: servers with data folders of their own read one file', () => {
    const secretsFile = join(dataDirectory, 'shared.json')
    const [one, two] = ['one', 'two'].map((name) => openSecrets({ dataDirectory: join(dataDirectory, name), secretsFile }))
    expect(one?.masterKey).toEqual(two?.masterKey)
  })

  test('rotated by a command is noticed by a running server, and its other secrets stay', () => {
    const running = openSecrets({ dataDirectory })
    const before = running.tokenKeys()
    rotateTokenKeys({ dataDirectory }, start)
    expect(running.tokenKeys()).toHaveLength(2)
    expect(running.tokenKeys()[0]).toEqual(before[0])
    expect(openSecrets({ dataDirectory }).masterKey).toEqual(running.masterKey)
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    rotateTokenKeys({ dataDirectory }, start, 'at-once')
    expect(running.tokenKeys()).toHaveLength(1)
    expect(running.tokenKeys()[0]?.kid).not.toBe(before[0]?.kid)
  })

  test('gone for a moment, or from before keys were rotated, leaves the keys in hand good', () => {
    const running = openSecrets({ dataDirectory })
    const [key] = running.tokenKeys()
    const { masterKey, tokenKeys } = JSON.parse(readFileSync(file(), 'utf8')) as { masterKey: string; tokenKeys: { privateKey: string }[] }
    rmSync(file())
    expect(running.tokenKeys()).toEqual([key])
    writeFileSync(file(), JSON.stringify({ masterKey, tokenPrivateKey: tokenKeys[0]?.privateKey }), { mode: 0o600 })
    expect(running.tokenKeys()).toEqual([key])
  })
})
