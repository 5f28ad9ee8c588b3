// What an option may be. Plain JavaScript for any Node from 18.3 on, without dependencies: the setup reads its own by it, before there is anything else.
import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** @typedef {{ readonly id: string, readonly en: string }} Sentence */

/**
 * An option of a command: what `--help` says of it, and what it makes of the text it was given.
 *
 * @template T
 * @typedef {object} Option
 * @property {string} takes word for its value in `--help`, such as `DIR`; empty for one that is given or not
 * @property {string} means Indonesian · English
 * @property {string} bounds which values it takes, for `--help`; empty when the word says enough
 * @property {'flag' | 'text' | 'number' | 'path'} kind
 * @property {boolean} required
 * @property {T} standard its value when it is not given
 * @property {string} shown that value as `--help` tells it; empty when there is none
 * @property {(text: string) => T} read throws {@link Unfit}
 */

/** The text is no value of this option: why, after the option's name. */
export class Unfit extends Error {
  /** @param {Sentence} sentence */
  constructor(sentence) {
    super(sentence.en)
    this.name = 'Unfit'
    this.sentence = sentence
  }
}

/**
 * A path as the person meant it who called npm, wherever npm runs its scripts.
 *
 * @param {string} path
 */
export function callerPath(path) {
  return resolve(process.env['INIT_CWD'] ?? '.', path)
}

/**
 * @param {string} means
 * @returns {Option<boolean>}
 */
export function flag(means) {
  return { takes: '', means, bounds: '', kind: 'flag', required: false, standard: false, shown: '', read: () => true }
}

/**
 * Any text that says something.
 *
 * @param {string} takes
 * @param {string} means
 * @returns {Option<string | undefined>}
 */
export function text(takes, means) {
  return valued('text', takes, means, '', (given) => given)
}

/**
 * One of a few words.
 *
 * @template {string} W
 * @param {readonly W[]} words
 * @param {string} means
 * @returns {Option<W | undefined>}
 */
export function oneOf(words, means) {
  return valued('text', words.join('|'), means, '', (given) => {
    const word = words.find((one) => one === given)
    if (word === undefined) throw new Unfit({ id: `harus salah satu dari: ${words.join(', ')}; bukan "${given}"`, en: `must be one of ${words.join(', ')}, not "${given}"` })
    return word
  })
}

/**
 * A whole number in digits. Every number has an end: what is beyond it was not meant.
 *
 * @param {number} from
 * @param {number} to
 * @param {string} means
 * @returns {Option<number | undefined>}
 */
export function wholeNumber(from, to, means) {
  return valued('number', 'N', means, `${from}–${to}`, (given) => {
    const number = /^\d{1,15}$/.test(given) ? Number(given) : Number.NaN
    if (!(number >= from && number <= to)) throw new Unfit({ id: `harus bilangan bulat dari ${from} sampai ${to}, bukan "${given}"`, en: `must be a whole number from ${from} to ${to}, not "${given}"` })
    return number
  })
}

/**
 * A folder that is there.
 *
 * @param {string} means
 * @returns {Option<string | undefined>} its absolute path
 */
export function folder(means) {
  return valued('path', 'DIR', means, '', (given) => {
    const path = callerPath(given)
    if (!isThere(path, 'folder')) throw new Unfit({ id: `tidak ada folder ${path}`, en: `there is no folder ${path}` })
    return path
  })
}

/**
 * A folder that is made when it is not there.
 *
 * @param {string} means
 * @returns {Option<string | undefined>} its absolute path
 */
export function folderToMake(means) {
  return valued('path', 'DIR', means, '', callerPath)
}

/**
 * A file that is there.
 *
 * @param {string} means
 * @returns {Option<string | undefined>} its absolute path
 */
export function file(means) {
  return valued('path', 'FILE', means, '', (given) => {
    const path = callerPath(given)
    if (!isThere(path, 'file')) throw new Unfit({ id: `tidak ada berkas ${path}`, en: `there is no file ${path}` })
    return path
  })
}

/**
 * A file to be written; its folder is there.
 *
 * @param {string} means
 * @returns {Option<string | undefined>} its absolute path
 */
export function fileToWrite(means) {
  return valued('path', 'FILE', means, '', (given) => {
    const path = callerPath(given)
    if (isThere(path, 'folder')) throw new Unfit({ id: `${path} adalah folder`, en: `${path} is a folder` })
    if (!isThere(dirname(path), 'folder')) throw new Unfit({ id: `tidak ada folder ${dirname(path)}`, en: `there is no folder ${dirname(path)}` })
    return path
  })
}

/**
 * The option with a value for those who do not give it.
 *
 * @template T
 * @param {Option<T | undefined>} option
 * @param {T} standard
 * @param {string} [shown]
 * @returns {Option<T>}
 */
export function or(option, standard, shown = String(standard)) {
  return /** @type {Option<T>} */ ({ ...option, standard, shown })
}

/**
 * The option, without which nothing is done.
 *
 * @template T
 * @param {Option<T | undefined>} option
 * @returns {Option<T>}
 */
export function required(option) {
  return /** @type {Option<T>} */ ({ ...option, required: true })
}

/**
 * @template T
 * @param {'text' | 'number' | 'path'} kind
 * @param {string} takes
 * @param {string} means
 * @param {string} bounds
 * @param {(text: string) => T} read
 * @returns {Option<T | undefined>}
 */
function valued(kind, takes, means, bounds, read) {
  return {
    takes,
    means,
    bounds,
    kind,
    required: false,
    standard: undefined,
    shown: '',
    read(given) {
      if (given.trim() === '') throw new Unfit({ id: `memerlukan nilai (${takes})`, en: `needs a value (${takes})` })
      return read(given)
    },
  }
}

/**
 * @param {string} path
 * @param {'file' | 'folder'} what
 */
function isThere(path, what) {
  try {
    const found = statSync(path)
    // A pipe or a device may be read as a file is.
    return found.isDirectory() === (what === 'folder')
  } catch {
    return false
  }
}
