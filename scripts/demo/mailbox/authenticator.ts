import { readFileSync } from 'node:fs'
import { TOTP } from 'otpauth'
import { escaped } from './pages.ts'

/** Whose codes the demo shows: an account of the demo and the secret of its authenticator app (base32). */
export interface DemoAuthenticator {
  readonly username: string
  readonly secret: string
}

export interface ShownCodes {
  readonly codes: readonly { readonly username: string; readonly code: string }[]
  readonly secondsLeft: number
}

const period = 30

/** @param now ms since the epoch */
export function currentCodes(authenticators: readonly DemoAuthenticator[], now: number): ShownCodes {
  return {
    codes: authenticators.map(({ username, secret }) => ({ username, code: new TOTP({ secret, period }).generate({ timestamp: now }) })),
    secondsLeft: period - (Math.floor(now / 1000) % period),
  }
}

/** Its one script keeps the codes fresh; nothing else of the demo's web site runs any. */
export const authenticatorPolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export const authenticatorScript = readFileSync(new URL('./authenticator.browser.js', import.meta.url), 'utf8')

/** Codes of the demo's staff, as an app on each one's phone would show them. */
export function authenticatorPage(shown: ShownCodes): string {
  const rows = shown.codes.map(({ username, code }) => `<tr><th scope="row">${escaped(username)}</th><td><output data-username="${escaped(username)}">${spaced(code)}</output></td></tr>`)
  return `<!doctype html>
<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Autentikator demo · Demo authenticator</title><link rel="stylesheet" href="/style.css"><script type="module" src="/kode.js"></script></head>
<body><main><p><a href="/">← Kotak surat · Mailbox</a></p><h1>Autentikator demo · Demo authenticator</h1>
<p>Hanya untuk demo: pada kantor sungguhan, setiap petugas melihat kodenya di ponselnya sendiri. · For the demo only: in a real office, each member of staff sees their code on their own phone.</p>
<p>Setiap kode berlaku sekali. Kode baru dalam <span data-seconds role="timer">${shown.secondsLeft}</span> detik. · Each code works once. New codes in as many seconds.</p>
${rows.length === 0 ? '<p>Tidak ada akun. · No accounts.</p>' : `<table><caption>Kode saat ini · Present codes</caption><thead><tr><th scope="col">Nama pengguna · User name</th><th scope="col">Kode · Code</th></tr></thead><tbody>${rows.join('')}</tbody></table>`}
</main></body></html>`
}

function spaced(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`
}
