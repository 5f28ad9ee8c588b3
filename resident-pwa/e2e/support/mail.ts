import type { Letter } from '../../../scripts/demo/mailbox.ts'
import type { Stage } from '../../../scripts/journeys/stage/stage.ts'

/** The newest letter to an address whose text holds `words`, once there are more of them than `known`. */
export async function awaitMail(stage: Stage, to: string, words: string | RegExp, known = 0): Promise<Letter> {
  for (let i = 0; i < 300; i++) {
    const letters = stage.mailbox.letters(to).filter(({ text }) => (typeof words === 'string' ? text.includes(words) : words.test(text)))
    if (letters.length > known && letters[0]) return letters[0]
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`no letter to ${to} says ${words}`)
}

/** Six digits as a person reads them off the letter. */
export function codeOf({ text }: Letter): string {
  const code = /\b(\d{3}) ?(\d{3})\b/.exec(text)
  if (!code) throw new Error('the letter holds no code')
  return `${code[1]}${code[2]}`
}

export function linkOf({ text }: Letter): string {
  const link = /https?:\/\/\S+#[A-Za-z0-9_-]{22}/.exec(text)
  if (!link) throw new Error('the letter holds no link')
  return link[0]
}
