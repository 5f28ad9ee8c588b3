import MailComposer from 'nodemailer/lib/mail-composer'
import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { renderActivationMail } from './activation-mail.ts'
import { renderCodeMail } from './code-mail.ts'
import { renderContactLinkMail } from './contact-link-mail.ts'
import { renderNewlyBoundMail } from './newly-bound-mail.ts'
import { renderPhoneNoticeMail } from './phone-notice-mail.ts'
import { html } from './render.ts'
import { renderSuspensionLinkMail } from './suspension-link-mail.ts'

const activation = { to: 'siti@example.com', name: 'Siti Aminah', code: '048213', link: 'https://ikd.example/aktivasi#AbC_-0123456789abcdefg', officeName: 'Disdukcapil Kota Madiun', minutes: 10 }
const newlyBound = { to: 'siti@example.com', name: 'Siti Aminah', officeName: 'Disdukcapil Kota Madiun', boundAt: Date.UTC(2026, 0, 5, 2), timeZone: 'Asia/Jakarta', notMeLink: 'https://ikd.example/tangguhkan#AbC_-0123456789abcdefg' }
const notice = { to: 'siti@example.com', at: newlyBound.boundAt, timeZone: 'Asia/Jakarta', notMeLink: 'https://ikd.example/tangguhkan#AbC_-0123456789abcdefg' }
const lifecycle = [
  ...(['suspended', 'suspended-not-me', 'resumed', 'blocked', 'unblocked', 'email-changed', 'phone-changed'] as const).map((kind) => renderPhoneNoticeMail({ ...notice, notice: kind })),
  ...(['resume', 'contact-old', 'contact-new'] as const).map((purpose) => renderCodeMail({ to: notice.to, purpose, code: '048213', hours: 1 })),
  renderSuspensionLinkMail({ to: notice.to, link: notice.notMeLink }),
  renderContactLinkMail({ to: notice.to, officeName: 'Disdukcapil', link: notice.notMeLink }),
]

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</title></style><svg/onload=alert(1)>',
  '&lt;b&gt; &#60;script&#62;',
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("http://evil.example")',
  '+1+1',
  '@SUM(1)',
  'Budi\r\nBcc: victim@example.com\r\n\r\n<p>body',
  'Budi\nSubject: other',
  'Budi\u2028Siti\u2029Ani\u0085Tono',
  '\u202Egnp.exe\u202C',
  '\u2066\u2067isolates\u2069',
  '\u200F\u061Cmarks\u200E',
  'zero\u200Bwidth\uFEFF',
  'nul\0bell\u0007esc\u001B[31m',
  'lone \uD800 surrogate',
  '${7*7} {{7*7}} %s',
  'a'.repeat(5000),
  '👩🏽‍⚖️'.repeat(200),
]

describe.each(hostile)('the name %j', (name) => {
  it.each([
    ['activation mail', renderActivationMail({ ...activation, name, officeName: name })],
    ['newly-bound mail', renderNewlyBoundMail({ ...newlyBound, name, officeName: name })],
    ['notice', renderPhoneNoticeMail({ ...notice, notice: 'unblocked', officeName: name })],
    ['contact link', renderContactLinkMail({ to: notice.to, officeName: name, link: notice.notMeLink })],
  ])('is inert in the %s', async (_kind, mail) => {
    // Nothing but the elements we write ourselves.
    const tags = new Set(Array.from(mail.html.matchAll(/<\/?([a-z!][a-z0-9]*)/gi), ([, tag]) => tag?.toLowerCase()))
    expect([...tags].filter((tag) => !['!doctype', 'html', 'head', 'meta', 'title', 'body', 'div', 'p', 'bdi', 'strong', 'a', 'br', 'span'].includes(tag as string))).toEqual([])
    expect(mail.html.match(/<[^>]*\son\w+\s*=/i)).toBeNull()
    // Neither controls nor invisible marks, line ends of ours aside.
    for (const body of [mail.html, mail.text]) expect(body).not.toMatch(/[^\P{C}\n]|[\p{Zl}\p{Zp}]/u)
    expect(mail.text.length).toBeLessThan(5000)

    const raw = await new MailComposer({ from: 'IKD <noreply@ikd.example>', ...mail }).compile().build()
    const parsed = await PostalMime.parse(raw)
    expect(parsed.subject).toBe(mail.subject)
    expect([parsed.bcc, parsed.cc, parsed.to?.length]).toEqual([undefined, undefined, 1])
    expect(parsed.attachments).toEqual([])
    expect(parsed.html?.trim()).toBe(mail.html.replace(/\r\n/g, '\n').trim())
  })
})

it('lets a line break in a subject end no header', async () => {
  const raw = await new MailComposer({ from: 'IKD <noreply@ikd.example>', to: 'a@example.com', subject: 'x\r\nBcc: b@example.com', text: 't' }).compile().build()
  expect((await PostalMime.parse(raw)).bcc).toBeUndefined()
})

it('says all that matters in text and in HTML, in both languages', () => {
  const mail = renderActivationMail(activation)
  const visible = mail.html.replace(/<[^>]+>/g, '')
  for (const body of [mail.text, visible]) {
    for (const said of [activation.code, activation.link, activation.name, activation.officeName, '10 menit', '10 minutes', 'Petugas tidak pernah meminta kode ini', 'No officer ever asks for it', 'Bukan Anda yang mendaftar?', 'It was not you who registered?']) {
      expect(body).toContain(said)
    }
  }
  expect(mail.subject).not.toContain(activation.code)
  expect(mail.html).toContain('<html lang="id">')
  expect(mail.html).toContain('<div lang="en"')
  expect(mail.html).toContain(`href="${activation.link}"`)
})

it('fetches nothing and runs nothing', () => {
  for (const { html: page } of [renderActivationMail(activation), renderNewlyBoundMail(newlyBound), ...lifecycle]) {
    expect(page).not.toMatch(/<(img|link|script|style|iframe|form)|url\(|src=/i)
  }
})

it('tells the old address when and where a new phone was bound, on the country’s clock', () => {
  const mail = renderNewlyBoundMail(newlyBound)
  expect(mail.to).toBe('siti@example.com')
  expect(mail.text).toContain('5 Januari 2026')
  expect(mail.text).toMatch(/09[.:]00[.:]00 WIB/)
  expect(mail.text).toContain('5 January 2026')
  expect(mail.text).toContain('Bukan Anda? Buka tautan ini')
  expect(mail.text).toContain('Lalu hubungi Disdukcapil Kota Madiun')
})

describe('a mail about a phone or its contact', () => {
  it.each(lifecycle.map((mail) => [mail.subject, mail] as const))('%s says the same in text and in HTML, in both languages, and warns of callers', (_, mail) => {
    // Sentences without a link, a number or a quotation stand in both alike.
    const visible = mail.html.replace(/<[^>]+>/g, '')
    const sentences = mail.text.split(/\n+/).filter((line) => /^[\p{L} ,.?;:]{40,}[.?]$/u.test(line))
    expect(sentences.length).toBeGreaterThan(1)
    for (const sentence of sentences) expect(visible).toContain(sentence)
    expect(mail.text).toMatch(/tidak pernah meminta (PIN atau kode|kode atau PIN)/)
    expect(mail.text).toMatch(/ever asks? for your (PIN or a code|code or PIN)/)
    // It may speak of PINs and never holds one; a code stands in no subject, for subjects show on locked screens.
    expect(mail.subject).not.toMatch(/\d{6}/)
    expect(mail.html).toContain('<div lang="en"')
  })

  it('carries its link as a link and as text, the secret in the fragment', () => {
    const { html: page, text } = renderSuspensionLinkMail({ to: 'a@example.com', link: notice.notMeLink })
    expect(page).toContain(`href="${notice.notMeLink}"`)
    expect(text).toContain(notice.notMeLink)
  })
})

it('escapes in text and in attributes, and leaves markup as it is', () => {
  expect(html`<a title="${`"'<>&`}">${html`<b>${'<i>'}</b>`}${7}</a>`.markup).toBe('<a title="&quot;&#39;&lt;&gt;&amp;"><b>&lt;i&gt;</b>7</a>')
})
