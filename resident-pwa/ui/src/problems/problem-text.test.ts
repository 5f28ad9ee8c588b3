import { DomainError, type ProblemCode, problemStatus } from '@ikd/contract'
import { afterEach, describe, expect, test } from 'vitest'
import { languages, setLanguage } from '../language/language.ts'
import { cameraProblemText } from './camera-problem-text.ts'
import { problemText } from './problem-text.ts'

const codes = Object.keys(problemStatus) as ProblemCode[]
const network = (reason: string) => Object.assign(new Error(reason), { name: 'NetworkError', reason })

afterEach(() => setLanguage('id'))

describe('every refusal', () => {
  test.each(codes)('%s has a title and a sentence in both languages, and no code in them', (code) => {
    const texts = languages.map((language) => {
      setLanguage(language)
      return problemText(new DomainError(code))
    })
    for (const { title, text } of texts) {
      expect(title.length).toBeGreaterThan(5)
      expect(title.length).toBeLessThan(60)
      expect(text).toMatch(/[.!?]$|\.id$/)
      expect(text).not.toContain(code)
    }
    expect(texts[0]).not.toEqual(texts[1])
  })

  test('tells how many tries are left and when to try again', () => {
    expect(problemText(new DomainError('pin-wrong', { triesLeft: 2 })).text).toBe('Ketik lagi PIN Anda pelan-pelan. Kesempatan tersisa: 2.')
    setLanguage('en')
    expect(problemText(new DomainError('pin-wrong', { triesLeft: 1 })).text).toContain('1 try left.')
    const now = 1_700_000_000_000
    expect(problemText(new DomainError('pin-paused', { retryAt: now + 290_000 }), now).text).toMatch(/Try again in 5 minutes \(at \d\d:\d\d\)\.$/)
    expect(problemText(new DomainError('pin-paused', { retryAt: now + 30_000 }), now).text).toContain('in 30 seconds')
    expect(problemText(new DomainError('pin-paused', { retryAt: now - 1 }), now).text).toContain('You may try again now.')
  })
})

describe('what no server says', () => {
  test('a lost, a late and a foreign answer have sentences of their own', () => {
    const titles = ['offline', 'timeout', 'unreadable'].map((reason) => problemText(network(reason)).title)
    expect(new Set(titles).size).toBe(3)
  })

  test('anything else is our fault, and its own words are not shown', () => {
    for (const thrown of [new Error('secret 3577010101010001'), network('elsewhere'), 'text', undefined, null, { code: 'pin-wrong' }]) {
      expect(problemText(thrown).title).toBe('Ada yang tidak berjalan semestinya')
    }
  })
})

describe('a camera that does not open', () => {
  test.each([
    ['NotAllowedError', 'Kamera belum diizinkan'],
    ['NotFoundError', 'Kamera tidak ditemukan'],
    ['NotReadableError', 'Kamera sedang dipakai'],
    ['OverconstrainedError', 'Kamera ini tidak cocok'],
    ['SecurityError', 'Kamera ditutup oleh pengaturan'],
    ['Strange', 'Kamera tidak dapat dibuka'],
  ])('%s is said as “%s”', (name, title) => {
    expect(cameraProblemText(new DOMException('whatever', name)).title).toBe(title)
  })

  test('a browser without cameras throws a TypeError', () => {
    expect(cameraProblemText(new TypeError('undefined is not an object')).title).toBe('Peramban ini tidak dapat memakai kamera')
  })
})
