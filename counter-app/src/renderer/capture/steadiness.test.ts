import { expect, it } from 'vitest'
import { Steadiness } from './steadiness.ts'

it('begins once the picture has been good for long enough', () => {
  const steady = new Steadiness(700)
  expect([0, 300, 699, 700, 800].map((now) => steady.observe(true, now))).toEqual([false, false, false, true, false])
})

it('starts over when the picture gets worse', () => {
  const steady = new Steadiness(700)
  steady.observe(true, 0)
  steady.observe(false, 500)
  expect([600, 1_200, 1_300].map((now) => steady.observe(true, now))).toEqual([false, false, true])
})

it('takes no second burst by itself until it is armed again', () => {
  const steady = new Steadiness(100)
  steady.observe(true, 0)
  expect(steady.observe(true, 100)).toBe(true)
  expect(steady.observe(true, 9_000)).toBe(false)
  steady.arm()
  steady.observe(true, 9_100)
  expect(steady.observe(true, 9_200)).toBe(true)
})
