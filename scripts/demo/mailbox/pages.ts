import type { Letter } from './letters.ts'

export const style = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
a { color: light-dark(#0b5563, #8fd3e0); }
h1 { font-size: 1.4rem; }
ul { list-style: none; padding: 0; }
li { border-block-end: 1px solid #8886; padding-block: .75rem; }
.who, .when { color: light-dark(#555, #bbb); overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dd { margin: 0; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #8886; padding: 1rem; }
table { border-collapse: collapse; }
caption { text-align: start; font-weight: 600; padding-block: .5rem; }
th, td { text-align: start; padding: .4rem 1.5rem .4rem 0; border-block-end: 1px solid #8886; }
output { font: 600 1.5rem/1 ui-monospace, monospace; }
iframe { width: 100%; height: 36rem; border: 1px solid #8886; background: #fff; }
`

/** Only this server's own style; no script at all, so a letter has nothing to run in. */
export const pagePolicy = "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The letter's own HTML: its styles and its embedded pictures, no script, no origin, nothing fetched; links open in a tab of their own. */
export const letterPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"

export function listPage(letters: readonly Letter[]): string {
  const items = letters.map(
    ({ id, subject, to, receivedAt }) =>
      `<li><a href="/letters/${id}">${escaped(subject || '(tanpa judul)')}</a><br><span class="who">${escaped(to.join(', '))}</span> · <time class="when" datetime="${new Date(receivedAt).toISOString()}">${clock(receivedAt)}</time></li>`,
  )
  const body = items.length > 0 ? `<ul>${items.join('')}</ul>` : '<p>Belum ada surat. Halaman ini memuat ulang sendiri. · No mail yet. This page reloads by itself.</p>'
  return page('Kotak surat demo · Demo mailbox', `<h1>Kotak surat demo · Demo mailbox</h1><p><a href="/kode">Autentikator demo · Demo authenticator</a></p>${body}`, '<meta http-equiv="refresh" content="3">')
}

export function letterPage({ id, subject, from, sender, to, receivedAt, text, html }: Letter): string {
  return page(
    subject,
    `<p><a href="/">← Semua surat · All mail</a></p><h1>${escaped(subject)}</h1>
<dl><dt>Dari · From</dt><dd>${escaped(sender)} <small>(amplop · envelope: ${escaped(from)})</small></dd><dt>Kepada · To</dt><dd>${escaped(to.join(', '))}</dd><dt>Waktu · Time</dt><dd>${clock(receivedAt)}</dd></dl>
${html === undefined ? '' : `<iframe title="Isi surat · Letter" src="/letters/${id}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`}
<h2>Teks · Text</h2><pre>${withLinks(text)}</pre>`,
  )
}

/** Links of the letter open in a new tab: the frame they stand in may not go anywhere. */
export function letterHtml(html: string): string {
  return `<!doctype html><base target="_blank">${html}`
}

function page(title: string, body: string, head = ''): string {
  return `<!doctype html>
<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${head}<title>${escaped(title)}</title><link rel="stylesheet" href="/style.css"></head>
<body><main>${body}</main></body></html>`
}

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

function withLinks(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"']+)/)
    .map((part, i) => (i % 2 === 1 ? `<a href="${escaped(part)}" target="_blank" rel="noreferrer">${escaped(part)}</a>` : escaped(part)))
    .join('')
}

function clock(at: number): string {
  return new Date(at).toLocaleString('id-ID', { dateStyle: 'medium', timeStyle: 'medium' })
}
