import type { Letter, Mailbox } from '../../demo/mailbox.ts'

/** The newest letter with a code to an address, once as many are there. */
export async function awaitLetter(mailbox: Mailbox, to: string, count = 1, withinMs = 10_000): Promise<Letter> {
  const until = Date.now() + withinMs
  for (;;) {
    const letters = mailbox.letters(to).filter(({ text }) => text.includes('/aktivasi#'))
    if (letters.length >= count && letters[0]) return letters[0]
    if (Date.now() > until) throw new Error(`${letters.length} of ${count} letters arrived in ${withinMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Code and link as a person would read them off the letter's text. */
export function readActivation(letter: Letter): { readonly code: string; readonly link: string; readonly token: string } {
  const code = /\b(\d{3}) ?(\d{3})\b/.exec(letter.text)
  const link = /https?:\/\/\S+\/aktivasi#([A-Za-z0-9_-]{22})/.exec(letter.text)
  if (!code || !link) throw new Error('the letter holds no code or no link')
  return { code: `${code[1]}${code[2]}`, link: link[0], token: link[1] as string }
}
