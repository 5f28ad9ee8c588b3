const longestEvent = 1_000_000

/**
 * Server-sent events out of bytes, after the HTML standard §9.2.6: lines end in LF, CR or CRLF, `data` lines of one event are
 * joined by LF, comments and other fields are passed over. Characters and line ends may be cut anywhere between chunks.
 *
 * Throws a RangeError when one event grows past a megabyte.
 */
export function createEventParser(onData: (data: string) => void): (chunk: Uint8Array) => void {
  const decoder = new TextDecoder()
  let rest = ''
  let data: string[] = []

  function line(text: string): void {
    if (text === '') {
      if (data.length > 0) onData(data.join('\n'))
      data = []
      return
    }
    if (text.startsWith('data:')) data.push(text.slice(text.charAt(5) === ' ' ? 6 : 5))
    else if (text === 'data') data.push('')
  }

  return (chunk) => {
    rest += decoder.decode(chunk, { stream: true })
    // A CR at the very end may be half of a CRLF: it waits for the next chunk.
    const lines = rest.split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const text of lines) line(text)
    if (rest.length + data.reduce((sum, text) => sum + text.length, 0) > longestEvent) throw new RangeError('event too long')
  }
}
