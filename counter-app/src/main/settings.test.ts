import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readSettings, SettingsError } from './settings.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ikd-settings-'))
})
afterEach(() => rmSync(folder, { recursive: true }))
const config = (text: string) => writeFileSync(join(folder, 'config.json'), text)

it('takes the command line before the file, and the file before the default', () => {
  expect(readSettings([], folder)).toEqual({ serverUrl: 'http://localhost:3000' })
  config('{"serverUrl": "https://ikd.example.go.id/"}')
  expect(readSettings([], folder)).toEqual({ serverUrl: 'https://ikd.example.go.id' })
  expect(readSettings(['--server=http://localhost:4000'], folder)).toEqual({ serverUrl: 'http://localhost:4000' })
})

it('takes the enrolment code from the command line only', () => {
  expect(readSettings(['--enrol=ABCD-1234'], folder)).toEqual({ serverUrl: 'http://localhost:3000', enrolmentCode: 'ABCD-1234' })
})

it('refuses to speak in the open to another machine', () => {
  expect(() => readSettings(['--server=http://ikd.example.go.id'], folder)).toThrow(SettingsError)
  expect(() => readSettings(['--server=javascript:alert(1)'], folder)).toThrow(SettingsError)
})

it('says what the file must look like', () => {
  config('{"serverUrl": 7}')
  expect(() => readSettings([], folder)).toThrow(/must be JSON like/)
  config('not json')
  expect(() => readSettings([], folder)).toThrow(SettingsError)
})

it('takes the idle limit from the file, within what the server allows a session to be idle', () => {
  config('{"idleMinutes": 5}')
  expect(readSettings([], folder)).toEqual({ serverUrl: 'http://localhost:3000', idleMinutes: 5 })
  for (const wrong of ['0', '16', '"5"', 'null']) {
    config(`{"idleMinutes": ${wrong}}`)
    expect(() => readSettings([], folder), wrong).toThrow(/from 1 to 15/)
  }
})
