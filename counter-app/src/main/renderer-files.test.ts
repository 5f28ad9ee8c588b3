import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { contentSecurityPolicy } from './csp.ts'
import { rendererFiles } from './renderer-files.ts'

let folder: string
let serve: ReturnType<typeof rendererFiles>
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ikd-files-'))
  mkdirSync(join(folder, 'dist/assets'), { recursive: true })
  writeFileSync(join(folder, 'dist/index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'dist/assets/app.js'), 'export {}')
  writeFileSync(join(folder, 'secret.json'), '{}')
  serve = rendererFiles(join(folder, 'dist'), contentSecurityPolicy('http://localhost:3000'))
})
afterEach(() => rmSync(folder, { recursive: true }))
const get = (url: string, method = 'GET') => serve({ url, method })

it('serves the page and its files with their types', async () => {
  const page = await get('ikd://counter/')
  expect([page.status, page.headers.get('content-type'), await page.text()]).toEqual([200, 'text/html; charset=utf-8', '<!doctype html>'])
  expect((await get('ikd://counter/assets/app.js')).headers.get('content-type')).toBe('text/javascript; charset=utf-8')
})

it('puts the policy on every answer, refusals included', async () => {
  for (const url of ['ikd://counter/', 'ikd://counter/nothing.js']) {
    const policy = (await get(url)).headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).toContain("connect-src 'self' http://localhost:3000")
    expect(policy).not.toContain('unsafe-inline')
  }
})

it.each([
  'ikd://counter/../secret.json', 'ikd://counter/%2e%2e/secret.json', 'ikd://counter/..%2fsecret.json', 'ikd://counter/%2e%2e%5csecret.json',
  'ikd://counter/assets', 'ikd://counter/%', 'ikd://counter/a%00.js', 'ikd://other/index.html', 'https://counter/index.html',
])('serves nothing for %s', async (url) => {
  expect((await get(url)).status).toBe(404)
})

it('takes no writing', async () => {
  expect((await get('ikd://counter/', 'POST')).status).toBe(405)
})
