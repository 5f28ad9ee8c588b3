// Reads a command line by what its command declares, or says in a sentence why it cannot. Plain JavaScript, as options.mjs is.
import * as util from 'node:util'
import { helpText } from './help.mjs'
import { Unfit } from './options.mjs'

/** @typedef {import('./options.mjs').Sentence} Sentence */

/**
 * What a person can ask for on a command line.
 *
 * @template {Readonly<Record<string, import('./options.mjs').Option<unknown>>>} O
 * @typedef {object} Command
 * @property {string} name what is typed before the arguments: `npm run keys --`
 * @property {string} script the program, relative to the repository
 * @property {string} does Indonesian · English, a line
 * @property {readonly string[]} forms what may stand beside the options: words as they are, values in CAPITALS, `SUITE…` for
 *   any number of them; `''` where nothing need stand
 * @property {O} options by their names without `--`
 */

/** @typedef {Command<Readonly<Record<string, import('./options.mjs').Option<any>>>>} AnyCommand */

/**
 * What was asked for, by the names of the options.
 *
 * @template {AnyCommand} C
 * @typedef {{ readonly [K in keyof C['options']]: C['options'][K] extends import('./options.mjs').Option<infer T> ? T : never }} Values
 */

/**
 * @template {AnyCommand} C
 * @typedef {{ readonly values: Values<C>, readonly words: readonly string[] }} Asked
 */

/** A command line that nobody can mean; nothing was done. */
export class CommandLineFailure extends Error {
  /** @param {Sentence} sentence */
  constructor(sentence) {
    super(sentence.en)
    this.name = 'CommandLineFailure'
    this.sentence = sentence
  }
}

/**
 * @template {AnyCommand} C
 * @param {C} command
 * @param {readonly string[]} args
 * @returns {'help' | Asked<C>}
 * @throws {CommandLineFailure}
 */
export function parseCommandLine(command, args) {
  const { values, positionals } = parse(command, args)
  if (values['help']) return 'help'
  if (!command.forms.some((form) => fits(form, positionals))) throw refusal(command, strayWords(command, positionals))
  /** @type {Record<string, unknown>} */
  const read = {}
  for (const [name, option] of Object.entries(command.options)) {
    const given = values[name]
    if (given === undefined) {
      if (option.required) throw refusal(command, { id: `--${name} ${option.takes} diperlukan`, en: `--${name} ${option.takes} is needed` })
      read[name] = option.standard
    } else read[name] = typeof given === 'string' ? readValue(command, name, given) : true
  }
  return { values: /** @type {Values<C>} */ (read), words: positionals }
}

/**
 * Reads the command line of this process. Asked for help, it prints it and ends with 0; where it cannot be read it says why, and
 * ends with 2: nothing was done.
 *
 * @template {AnyCommand} C
 * @param {C} command
 * @param {readonly string[]} [args]
 * @returns {Asked<C>}
 */
export function readCommandLine(command, args = process.argv.slice(2)) {
  return orEnd(() => {
    const asked = parseCommandLine(command, args)
    if (asked !== 'help') return asked
    console.log(helpText(command))
    process.exit(0)
  })
}

/**
 * What a command finds wrong by itself, such as two options that do not go together.
 *
 * @param {AnyCommand} command
 * @param {Sentence} why without a full stop at its end
 */
export function refusal(command, why) {
  return new CommandLineFailure({ id: `${why.id}. Lihat: ${command.name} --help`, en: `${why.en}. See: ${command.name} --help` })
}

/**
 * Ends the process with 2 and the sentence where `work` throws a {@link CommandLineFailure}.
 *
 * @template T
 * @param {() => T} work
 * @returns {T}
 */
export function orEnd(work) {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof CommandLineFailure)) throw error
    console.error(`${error.sentence.id}\n${error.sentence.en}`)
    process.exit(2)
  }
}

/**
 * @param {AnyCommand} command
 * @param {readonly string[]} args
 */
function parse(command, args) {
  /** @type {Record<string, { type: 'string' | 'boolean', short?: string }>} */
  const options = { help: { type: 'boolean', short: 'h' } }
  for (const [name, { kind }] of Object.entries(command.options)) options[name] = { type: kind === 'flag' ? 'boolean' : 'string' }
  if (util.parseArgs === undefined) throw new CommandLineFailure({ id: 'Node terlalu lama: pasang Node 18.3 atau yang lebih baru.', en: 'This Node is too old: install Node 18.3 or newer.' })
  try {
    const { values, positionals } = util.parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    return { values: /** @type {Record<string, string | boolean | undefined>} */ (values), positionals }
  } catch (error) {
    throw refusal(command, whyNot(command, /** @type {NodeJS.ErrnoException} */ (error)))
  }
}

/**
 * Node's refusal in both languages; which option it is about stands in its words only.
 *
 * @param {AnyCommand} command
 * @param {NodeJS.ErrnoException} error
 * @returns {Sentence}
 */
function whyNot(command, { code, message }) {
  const named = /'(-[^' <,]*)/.exec(message)?.[1] ?? ''
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const near = Object.keys(command.options).find((name) => isNear(name, named.replace(/^-+/, '')))
    const meant = near === undefined ? { id: '', en: '' } : { id: ` (maksudnya --${near}?)`, en: ` (--${near} perhaps?)` }
    return { id: `Pilihan ${named} tidak dikenal${meant.id}`, en: `There is no option ${named}${meant.en}` }
  }
  const option = command.options[named.replace(/^-+/, '')]
  if (option !== undefined && option.kind !== 'flag') return { id: `${named}: memerlukan nilai (${option.takes})`, en: `${named}: needs a value (${option.takes})` }
  return { id: `${named} tidak menerima nilai`, en: `${named} takes no value` }
}

/**
 * @param {AnyCommand} command
 * @param {string} name
 * @param {string} given
 */
function readValue(command, name, given) {
  try {
    return command.options[name]?.read(given)
  } catch (error) {
    if (!(error instanceof Unfit)) throw error
    throw refusal(command, { id: `--${name}: ${error.sentence.id}`, en: `--${name}: ${error.sentence.en}` })
  }
}

/**
 * @param {string} form
 * @param {readonly string[]} words
 */
function fits(form, words) {
  const pattern = form.split(' ').filter(Boolean)
  const isOpen = pattern.at(-1)?.endsWith('…') ?? false
  if (isOpen ? words.length < pattern.length - 1 : words.length !== pattern.length) return false
  return words.every((word, i) => {
    const wanted = pattern[Math.min(i, pattern.length - 1)] ?? ''
    return word !== '' && (wanted === wanted.toUpperCase() || wanted === word)
  })
}

/**
 * @param {AnyCommand} command
 * @param {readonly string[]} words
 * @returns {Sentence}
 */
function strayWords({ forms }, words) {
  const wanted = forms.filter(Boolean)
  if (words.length === 0) return { id: `Masih kurang: ${wanted.join(' | ')}`, en: `Something is missing: ${wanted.join(' | ')}` }
  if (wanted.length === 0) return { id: `"${words.join(' ')}" tidak dimengerti: hanya pilihan dengan --`, en: `"${words.join(' ')}" means nothing here: there are options with -- only` }
  return { id: `"${words.join(' ')}" tidak dimengerti: ${wanted.join(' | ')}`, en: `"${words.join(' ')}" means nothing here: ${wanted.join(' | ')}` }
}

/**
 * Whether two names are a slip of the finger apart: a letter more, less, changed, or two the wrong way round.
 *
 * @param {string} a
 * @param {string} b
 */
function isNear(a, b) {
  if (Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < 2) return false
  let [start, end] = [0, 0]
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  return (left.length <= 1 && right.length <= 1) || (left.length === 2 && right === `${left[1]}${left[0]}`)
}
