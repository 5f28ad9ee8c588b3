import { expect, it } from 'vitest'
import { createProgress } from './progress.ts'

function watch(isTTY: boolean) {
  const said: string[] = []
  const clock = { now: 0 }
  return { said, clock, progress: createProgress({ isTTY, write: (text) => said.push(text) }, () => clock.now) }
}

it('draws a bar anew on a terminal, and wipes it at the end', () => {
  const { said, clock, progress } = watch(true)
  clock.now = 10_000
  progress.tell(10, 100, 0)
  progress.end()
  expect(said[0]).toMatch(/^\r.*\[█+·+\] 10 \/ 100 pictures, 1 min 30 s left$/)
  expect(said).toHaveLength(2)
})

it('writes a line now and then elsewhere, and one when it is done', () => {
  const { said, clock, progress } = watch(false)
  for (let done = 1; done <= 40; done++) {
    clock.now = done * 1000
    progress.tell(done, 40, 0)
  }
  progress.end()
  expect(said).toHaveLength(4)
  expect(said.at(-1)).toBe('40 / 40 pictures, described; comparing\n')
})

it('reckons with what the unknown pictures took, not with those known already', () => {
  const { said, clock, progress } = watch(true)
  progress.tell(90, 100, 90)
  clock.now = 2000
  progress.tell(92, 100, 90)
  expect(said[0]).toContain('remaining time unknown')
  expect(said[1]).toContain('8 s left')
})
