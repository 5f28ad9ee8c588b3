import type { DocumentKind } from '@ikd/contract'
import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'
import { second } from '../../clock.ts'
import type { SourceConfig } from '../../config.ts'
import { inPlainLines } from '../../plain-text.ts'

/** An agency that answers for documents. */
export interface DocumentSource {
  readonly id: string
  readonly name: string
  readonly kinds: readonly DocumentKind[]
  /** Always answers in time; what went wrong is a value. */
  ask(nik: string, kind: DocumentKind): Promise<SourceAnswer>
}

export interface DocumentItem {
  readonly title: string
  readonly fields: readonly { readonly label: string; readonly value: string }[]
}

export type SourceAnswer =
  | { readonly state: 'answered'; readonly items: readonly DocumentItem[] }
  | { readonly state: 'failed'; readonly failure: SourceFailure }

/** `status`: an answer other than 200; `malformed`: not the agreed JSON; `unreachable`: no connection, or it broke. */
export type SourceFailure = 'timed-out' | 'unreachable' | 'status' | 'too-large' | 'malformed'

const largestAnswer = 64 * 1024

// Members beyond these are an agency's own business and are left behind; the bounds keep a page readable.
const Answer = Type.Object({
  items: Type.Array(
    Type.Object({
      title: Type.String({ minLength: 1, maxLength: 200 }),
      fields: Type.Array(
        Type.Object({ label: Type.String({ minLength: 1, maxLength: 100 }), value: Type.String({ maxLength: 500 }) }),
        { maxItems: 60 },
      ),
    }),
    { maxItems: 50 },
  ),
})

class AnswerTooLarge extends Error {}

/** Asks over HTTP: `POST {url}/documents`. The NIK stands in the body, so that no access log on the way holds it. */
export function createHttpSource(config: SourceConfig, timeLimitMs = 5 * second): DocumentSource {
  return {
    id: config.id,
    name: config.name,
    kinds: config.kinds,
    async ask(nik, kind) {
      const signal = AbortSignal.timeout(timeLimitMs)
      try {
        const response = await fetch(`${config.url}/documents`, {
          method: 'POST',
          headers: { authorization: `Bearer ${config.token}`, 'content-type': 'application/json', accept: 'application/json' },
          body: JSON.stringify({ nik, kind }),
          // A NIK goes to the agency that was agreed on and nowhere else.
          redirect: 'error',
          signal,
        })
        if (response.status !== 200) {
          await response.body?.cancel()
          return failed('status')
        }
        return parseAnswer(await readBounded(response))
      } catch (error) {
        if (error instanceof AnswerTooLarge) return failed('too-large')
        return failed(signal.aborted ? 'timed-out' : 'unreachable')
      }
    },
  }
}

async function readBounded(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let length = 0
  // Leaving the loop by an exception cancels the body and closes the connection.
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength
    if (length > largestAnswer) throw new AnswerTooLarge()
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function parseAnswer(text: string): SourceAnswer {
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch {
    return failed('malformed')
  }
  return Check(Answer, answer) ? { state: 'answered', items: knownMembers(answer) } : failed('malformed')
}

function knownMembers({ items }: Static<typeof Answer>): readonly DocumentItem[] {
  return inPlainLines(
    items.map(({ title, fields }) => ({ title, fields: fields.map(({ label, value }) => ({ label, value })) })),
    new Set(),
  )
}

function failed(failure: SourceFailure): SourceAnswer {
  return { state: 'failed', failure }
}
