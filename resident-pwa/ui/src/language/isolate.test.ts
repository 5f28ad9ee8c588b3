import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isolate } from './isolate.ts'

describe('a name within a sentence', () => {
  it('stays as it is when it turns nothing', () => {
    for (const name of ['', 'Siti Aminah', 'I Gusti Ngurah Râma', '李', 'Ma’ruf 2']) expect(isolate(name)).toBe(name)
  })

  it('that runs from right to left turns itself alone', () => {
    expect(isolate('محمد')).toBe('\u2068محمد\u2069')
  })

  it('brings no control of its own, whatever it is: it opens and closes once', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', ' ', 'א', '\u202e', '\u2069', '\u2066', '\u2068', '\u200f'), { maxLength: 12 }), (letters) => {
        const shown = isolate(letters.join(''))
        expect(shown.replace(/^\u2068|\u2069$/g, '')).not.toMatch(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/)
        expect(shown.startsWith('\u2068')).toBe(shown.endsWith('\u2069'))
      }),
    )
  })
})
