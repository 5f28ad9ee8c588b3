import { expect, it } from 'vitest'
import { PoliteVoice } from './polite-voice.ts'

it('speaks at most every two and a half seconds, however often the text changes', () => {
  const voice = new PoliteVoice()
  const heard = Array.from({ length: 101 }, (_, i) => voice.hear(`petunjuk ${i}`, i * 100))
  expect([...new Set(heard)]).toEqual(['petunjuk 0', 'petunjuk 25', 'petunjuk 50', 'petunjuk 75', 'petunjuk 100'])
})

it('is interrupted by what cannot wait, and then lets that be heard', () => {
  const voice = new PoliteVoice()
  voice.hear('mendekat', 0)
  expect(voice.interrupt('toleh ke kiri', 100)).toBe('toleh ke kiri')
  expect(voice.hear('mendekat', 2_000)).toBe('toleh ke kiri')
  expect(voice.hear('mendekat', 2_600)).toBe('mendekat')
})
