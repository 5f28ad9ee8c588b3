import { commonPasswordWords } from './common-password-words.ts'

/** NIST SP 800-63B-4 §3.1.1.2 asks for 8 with a second factor; passphrases of twelve are as easily typed. */
const shortest = 12
/** What must be left of a password when everything that everybody tries is taken out of it. */
const leastOwn = 8

/** Keys side by side, the alphabet, digits: walked in either direction. */
const walks = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p'].flatMap((walk) => [
  walk,
  [...walk].reverse().join(''),
])
const shortestWalk = 4

/** Letters for the signs people write in their place. */
const signs: Readonly<Record<string, string>> = { '@': 'a', '4': 'a', '3': 'e', '1': 'i', '!': 'i', '0': 'o', '5': 's', $: 's', '7': 't' }

/**
 * Whether a password would be among the first that anybody tries: shorter than twelve characters; or with fewer than
 * eight left once common words, keyboard walks, repetitions, years and the person's own names are taken out.
 *
 * @param own username, name, office: whatever stands beside the password on a slip of paper
 */
export function isGuessablePassword(password: string, own: readonly string[]): boolean {
  const plain = password.normalize('NFKC').toLowerCase()
  if ([...plain].length < shortest) return true
  const ownWords = own.flatMap((text) => text.normalize('NFKC').toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length >= 3)
  const words = [...ownWords, ...commonPasswordWords].sort((a, b) => b.length - a.length)
  // As typed, and as meant: both must hold.
  return [plain, plain.replace(/[@43!150$7]/g, (sign) => signs[sign] ?? sign)].some((text) => countOwn(text, words) < leastOwn)
}

/** How many different characters, one after the other, are nobody else's. */
function countOwn(text: string, words: readonly string[]): number {
  let left = text
  for (const word of words) left = left.replaceAll(word, ' ')
  left = left.replace(/(?:19|20)\d\d/g, ' ')
  left = withoutWalks(left)
  // The same again adds nothing: *abcabcabc* is *abc*.
  left = left.replace(/(.{1,6}?)\1+/gu, '$1')
  return [...left.replace(/[\s._-]/g, '')].length
}

function withoutWalks(text: string): string {
  let left = ''
  for (let i = 0; i < text.length; ) {
    const length = longestWalk(text.slice(i))
    left += length >= shortestWalk ? ' ' : text.charAt(i)
    i += length >= shortestWalk ? length : 1
  }
  return left
}

function longestWalk(text: string): number {
  let length = 0
  while (length < text.length && walks.some((walk) => walk.includes(text.slice(0, length + 1)))) length++
  return length
}
