import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createEventParser } from './event-parser.ts'

function parse(chunks: readonly Uint8Array[]): string[] {
  const events: string[] = []
  const push = createEventParser((data) => events.push(data))
  for (const chunk of chunks) push(chunk)
  return events
}

const bytes = (text: string) => new TextEncoder().encode(text)

describe('the event parser', () => {
  test('passes over comments and foreign fields and joins the data lines of one event', () => {
    expect(parse([bytes(': beat\n\nid: 1\ndata: a\ndata:b\n\ndata\n\nretry: 5\n\n')])).toEqual(['a\nb', ''])
  })

  test('takes LF, CR and CRLF for line ends, also when CRLF is cut in two', () => {
    expect(parse([bytes('data: a\r'), bytes('\n\r'), bytes('\ndata: b\r\rdata: c\n\n')])).toEqual(['a', 'b', 'c'])
  })

  test('keeps an event back until its blank line has come', () => {
    expect(parse([bytes('data: a\n')])).toEqual([])
  })

  test('gives the same events wherever the bytes are cut, through characters of several bytes too', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/[\r\n]/.test(text)), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(texts, fc.array(fc.nat(200)), fc.constantFrom('\n', '\r\n', '\r'), (events, cuts, end) => {
        const whole = bytes(events.map((text) => `data: ${text}${end}${end}`).join(''))
        const places = [...new Set(cuts.map((cut) => cut % (whole.length + 1)))].sort((a, b) => a - b)
        const chunks = [0, ...places].map((from, i) => whole.slice(from, places[i] ?? whole.length))
        // A last CR might be half of a CRLF; anything after it settles that, as the next heartbeat would.
        expect(parse([...chunks, bytes(':\n')])).toEqual(events)
      }),
    )
  })

  test('does not grow without end', () => {
    const push = createEventParser(() => undefined)
    expect(() => {
      for (let i = 0; i < 200; i++) push(bytes('data: ' + 'x'.repeat(10_000) + '\n'))
    }).toThrow(RangeError)
  })
})
