import { get as httpGet } from 'node:http'
import nodemailer from 'nodemailer'
import { TOTP } from 'otpauth'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMailbox, type Mailbox } from './mailbox.ts'

let mailbox: Mailbox
beforeEach(async () => {
  mailbox = await createMailbox({ smtpPort: 0, webPort: 0 })
})
afterEach(() => mailbox.close())

const hostile = '<img src=x onerror=alert(1)>"\'&'

function send(letter: { to: string; subject?: string; text?: string; html?: string }, auth?: { user: string; pass: string }) {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: mailbox.smtpPort, secure: false, ...(auth && { auth }) })
  return transport.sendMail({ from: 'IKD <noreply@ikd.invalid>', subject: 'Uji', text: 'isi', ...letter })
}

const get = (path: string) => fetch(`http://localhost:${mailbox.webPort}${path}`)

describe('the demo mailbox', () => {
  it('keeps what comes over real SMTP and gives it by address', async () => {
    await send({ to: 'ratna@example.id', subject: 'Kode aktivasi', text: 'Kode: 123456', html: '<p>Kode: <b>123456</b></p>' })
    await send({ to: 'lain@example.id' })
    const answer = (await (await get('/messages?to=Ratna@example.id')).json()) as { messages: unknown[] }
    expect(answer.messages).toHaveLength(1)
    expect(answer.messages[0]).toMatchObject({ to: ['ratna@example.id'], from: 'noreply@ikd.invalid', subject: 'Kode aktivasi', text: expect.stringContaining('123456'), html: expect.stringContaining('<b>') })
    expect(mailbox.letters()).toHaveLength(2)
  })

  it('takes a user name and password without asking for them', async () => {
    await send({ to: 'ratna@example.id' }, { user: 'anyone', pass: 'anything' })
    expect(mailbox.letters('ratna@example.id')).toHaveLength(1)
  })

  it('refuses bounce+… for good and later+… for now', async () => {
    await expect(send({ to: 'bounce+ratna@example.id' })).rejects.toMatchObject({ responseCode: 550 })
    await expect(send({ to: 'later+ratna@example.id' })).rejects.toMatchObject({ responseCode: 451 })
    expect(mailbox.letters()).toHaveLength(0)
  })

  it('refuses a letter that is too large', async () => {
    await expect(send({ to: 'ratna@example.id', text: 'x'.repeat(3_000_000) })).rejects.toMatchObject({ responseCode: 552 })
  })

  it('never lets a name or a letter run', async () => {
    await send({ to: 'ratna@example.id', subject: hostile, text: `${hostile} https://localhost/aktivasi#tok"en`, html: `<script>alert(1)</script>${hostile}` })
    const [letter] = mailbox.letters()
    const list = await get('/')
    const one = await get(`/letters/${letter!.id}`)
    for (const page of [list, one]) {
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
      const text = await page.text()
      expect(text).not.toContain('<img')
      expect(text).not.toContain('<script')
    }
    const html = await get(`/letters/${letter!.id}/html`)
    expect(html.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox allow-popups/)
    expect(html.headers.get('content-security-policy')).not.toMatch(/script-src|allow-scripts|allow-same-origin/)
  })

  it('answers nobody who calls it by another name', async () => {
    const answer = await new Promise<number | undefined>((resolve, reject) => {
      httpGet({ host: 'localhost', port: mailbox.webPort, path: '/messages', headers: { host: 'evil.example' } }, (response) =>
        resolve(response.resume().statusCode),
      ).on('error', reject)
    })
    expect(answer).toBe(421)
  })

  it('forgets all when asked', async () => {
    await send({ to: 'ratna@example.id' })
    await fetch(`http://localhost:${mailbox.webPort}/messages`, { method: 'DELETE' })
    expect(mailbox.letters()).toHaveLength(0)
  })
})

describe('the demo’s authenticator page', () => {
  const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
  let page: Mailbox
  beforeEach(async () => {
    page = await createMailbox({ smtpPort: 0, webPort: 0, authenticators: [{ username: 'petugas.madiun', secret }], now: () => Date.UTC(2026, 10, 21, 3, 0, 12) })
  })
  afterEach(() => page.close())
  const ask = (path: string) => fetch(`http://localhost:${page.webPort}${path}`)

  it('shows each account’s present code, and how long it is good', async () => {
    const code = new TOTP({ secret }).generate({ timestamp: Date.UTC(2026, 10, 21, 3, 0, 12) })
    expect(await (await ask('/kode.json')).json()).toEqual({ codes: [{ username: 'petugas.madiun', code }], secondsLeft: 18 })
    expect(await (await ask('/kode')).text()).toContain(`${code.slice(0, 3)} ${code.slice(3)}`)
  })

  it('runs its own script and no other, and never shows a secret', async () => {
    const answer = await ask('/kode')
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(await answer.text()).not.toContain(secret)
    expect((await ask('/kode.js')).headers.get('content-type')).toContain('javascript')
  })
})
