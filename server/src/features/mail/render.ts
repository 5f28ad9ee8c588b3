import { onePlainLine } from '../../plain-text.ts'

/** A mail as it is composed: `to` is a bare address, `text` and `html` say the same. */
export interface MailMessage {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** HTML that is safe to send. Made by `html` alone, so that text can only enter escaped. */
export interface Markup {
  readonly markup: string
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Tagged template: every text put in is escaped, for element content and quoted attributes alike; markup stays markup. */
export function html(fixed: TemplateStringsArray, ...parts: readonly (string | number | Markup)[]): Markup {
  const written = parts.map((part) => (typeof part === 'object' ? part.markup : String(part).replace(/[&<>"']/g, (character) => entities[character] as string)))
  return { markup: fixed.map((piece, index) => piece + (written[index] ?? '')).join('') }
}

/** Longest name a mail repeats. */
const longestName = 120

/** A name as one line of plain text, no longer than a mail can bear. */
export function plainLine(text: string): string {
  const characters = Array.from(onePlainLine(text))
  return characters.length > longestName ? `${characters.slice(0, longestName).join('')}…` : characters.join('')
}

// Styles stand on the elements: many mail programs drop style sheets. Dark grey on white is 14.7:1, the blue-teal 8.4:1.
const paragraph = 'margin:0 0 16px;font-size:16px;line-height:1.5'

export function lines(...texts: readonly Markup[]): Markup {
  return { markup: texts.map(({ markup }) => `<p style="${paragraph}">${markup}</p>`).join('\n') }
}

/** Digits to be read and typed. */
export function mailCode(label: string, code: string): Markup {
  return html`${label}:<br><strong style="font-size:28px;letter-spacing:4px;font-family:Consolas,Menlo,monospace">${code}</strong>`
}

export function mailLink(address: string, label: string): Markup {
  return html`<a href="${address}" style="color:#0b5563;font-weight:bold;text-decoration:underline">${label}</a>`
}

/** The whole document: Indonesian, then English. No images, no scripts, nothing fetched. */
export function mailPage(page: { readonly title: string; readonly indonesian: Markup; readonly english: Markup }): string {
  return html`<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${page.title}</title>
</head>
<body style="margin:0;padding:24px 16px;background-color:#ffffff;color:#1f2933;font-family:Arial,Helvetica,sans-serif">
<div style="max-width:560px;margin:0 auto">
<p style="margin:0 0 24px;font-size:18px;font-weight:bold;color:#0b5563">Identitas Kependudukan Digital</p>
${page.indonesian}
<div lang="en" style="margin-top:32px;padding-top:24px;border-top:1px solid #9aa5b1">
${page.english}
</div>
</div>
</body>
</html>
`.markup
}
