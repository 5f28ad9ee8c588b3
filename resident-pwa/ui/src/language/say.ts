import { type Language, language } from './language.ts'

/** One thing said in every language; the compiler refuses a missing one. */
export type Phrase = Readonly<Record<Language, string>>

/** The phrase in the language chosen now. Call it while rendering, never at module level. */
export function say(phrase: Phrase): string {
  return phrase[language()]
}
