import { createHash } from 'node:crypto'
import { chmod, open, type FileHandle } from 'node:fs/promises'
import { qualities } from '../quality.ts'
import { templateModel, type Template } from '../template.ts'
import type { Box } from '../pixels.ts'

/** How the engine is asked about a picture: as an identity photograph, or as a live frame. */
export type Role = 'reference' | 'probe'

/** What the engine said of a picture. The template is missing where no face was found, and `refusal` says what is wrong. */
export type Description = {
  refusal?: string
  template?: Template
  fingerprint?: Uint8Array
  /** What the limits of a live frame have against it; empty for a reference. */
  problems: string[]
  /** Of the chosen face, in pixels of the picture as the engine worked on it. */
  box?: Box
}

export type Descriptions = {
  find(role: Role, picture: Uint8Array): Description | undefined
  keep(role: Role, picture: Uint8Array, description: Description): Promise<void>
  close(): Promise<void>
}

const format = 'ikd face descriptions 1'
const heading = JSON.stringify({ format, warning: 'Biometric data of the people in the pictures. Delete this file when you need it no more.' })

/** Descriptions that nobody asked to keep. */
export const forgotten: Descriptions = { find: () => undefined, keep: async () => {}, close: async () => {} }

/**
 * A file of what was described already, so that a run that was cut short goes on where it was. It holds templates, which are
 * biometric data: it is made for its owner alone (0600), wherever the caller says and nowhere else. A line for each
 * picture, found again by the picture's SHA-256 and by what describes it (template model and limits); a torn last line
 * is what an end without warning leaves, and is passed over.
 *
 * @throws RangeError when the file holds something else, which is then left as it is
 */
export async function openDescriptions(path: string): Promise<Descriptions> {
  const file = await open(path, 'a+', 0o600)
  const known = new Map<string, Description>()
  try {
    const text = await file.readFile('utf8')
    const [first, ...lines] = text.split('\n')
    if (text === '') await file.appendFile(`${heading}\n`)
    else if (first !== heading) throw new RangeError(`${path} holds something else than descriptions of pictures`)
    // Whoever made it before may have left it open to others.
    await chmod(path, 0o600)
    for (const line of lines) readLine(line, known)
    // After a torn line the next one begins on its own.
    if (text !== '' && !text.endsWith('\n')) await file.appendFile('\n')
  } catch (error) {
    await file.close()
    throw error
  }
  return {
    find: (role, picture) => known.get(keyOf(role, picture)),
    keep: (role, picture, description) => append(file, keyOf(role, picture), description),
    close: () => file.close(),
  }
}

const describer = createHash('sha256').update(JSON.stringify([templateModel, qualities])).digest('hex').slice(0, 16)

function keyOf(role: Role, picture: Uint8Array): string {
  return `${describer}:${role}:${createHash('sha256').update(picture).digest('hex')}`
}

async function append(file: FileHandle, key: string, { template, fingerprint, ...rest }: Description): Promise<void> {
  const line = {
    key,
    ...rest,
    ...(template && { model: template.model, values: toBase64(template.values) }),
    ...(fingerprint && { fingerprint: toBase64(fingerprint) }),
  }
  await file.appendFile(`${JSON.stringify(line)}\n`)
}

function readLine(line: string, into: Map<string, Description>): void {
  let kept: Record<string, unknown>
  try {
    kept = JSON.parse(line) as Record<string, unknown>
  } catch {
    return
  }
  const { key, model, values, fingerprint, ...rest } = kept
  into.set(String(key), {
    ...(rest as Pick<Description, 'refusal' | 'problems' | 'box'>),
    ...(typeof values === 'string' && { template: { model: String(model), values: new Float32Array(fromBase64(values).buffer) } }),
    ...(typeof fingerprint === 'string' && { fingerprint: fromBase64(fingerprint) }),
  })
}

function toBase64(values: Float32Array | Uint8Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64')
}

/** In a buffer of its own, so that it can be read as numbers of another size. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, 'base64'))
}
