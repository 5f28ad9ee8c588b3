import { randomUUID } from 'node:crypto'
import PostalMime from 'postal-mime'

export interface Letter {
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly receivedAt: number
  /** The envelope's addresses, not the header's: whom it was really delivered to. */
  readonly from: string
  /** Of the header: what a mail program would show. */
  readonly sender: string
  readonly to: readonly string[]
  readonly messageId: string | undefined
  readonly subject: string
  readonly text: string
  readonly html: string | undefined
}

export interface Letters {
  add(envelope: { from: string; to: readonly string[] }, raw: Uint8Array): Promise<Letter>
  /** Newest first. */
  list(filter?: { to?: string | undefined }): readonly Letter[]
  find(id: string): Letter | undefined
  clear(): void
}

/** Keeps the newest letters in memory and forgets the oldest beyond `most`. */
export function createLetters(now: () => number, most = 500): Letters {
  let letters: Letter[] = []
  return {
    async add(envelope, raw) {
      const parsed = await PostalMime.parse(raw)
      const letter: Letter = {
        id: randomUUID(),
        receivedAt: now(),
        from: envelope.from,
        sender: parsed.from ? `${parsed.from.name ?? ''} <${parsed.from.address ?? ''}>`.trim() : envelope.from,
        to: envelope.to,
        messageId: parsed.messageId,
        subject: parsed.subject ?? '',
        text: parsed.text ?? '',
        html: parsed.html,
      }
      letters = [letter, ...letters].slice(0, most)
      return letter
    },
    list({ to } = {}) {
      const wanted = to?.toLowerCase()
      return wanted === undefined ? letters : letters.filter((letter) => letter.to.some((address) => address.toLowerCase() === wanted))
    },
    find: (id) => letters.find((letter) => letter.id === id),
    clear() {
      letters = []
    },
  }
}
