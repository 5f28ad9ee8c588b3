import { beforeEach, expect, it } from 'vitest'
import { PressGuard, restMs } from './press-guard.ts'

let pending: { readonly ms: number; readonly run: () => void } | undefined
let rested = 0
let guard: PressGuard

function elapse(): void {
  const due = pending
  pending = undefined
  due?.run()
}

beforeEach(() => {
  pending = undefined
  rested = 0
  const timer = {
    after(ms: number, run: () => void) {
      const mine = { ms, run }
      pending = mine
      return () => {
        if (pending === mine) pending = undefined
      }
    },
  }
  guard = new PressGuard(() => timer, () => rested++)
})

it('takes no press for a moment after the keys have come to mean something else', () => {
  guard.follow('capture')
  elapse()
  expect(guard.isResting).toBe(false)
  guard.follow('approve')
  expect(guard.isResting).toBe(true)
  expect(pending?.ms).toBe(restMs)
  elapse()
  expect(guard.isResting).toBe(false)
  expect(rested).toBe(2)
})

it('does not rest again while the meaning stays, however often the screen is drawn', () => {
  guard.follow('approve')
  elapse()
  guard.follow('approve')
  expect(guard.isResting).toBe(false)
})

it('counts from the last change, not from the first', () => {
  guard.follow('bounced')
  const first = pending
  guard.follow('accepted')
  expect(pending).not.toBe(first)
  elapse()
  expect(rested).toBe(1)
})

it('begins anew for a screen that was left', () => {
  guard.follow('approve')
  guard.forget()
  expect(pending).toBeUndefined()
  guard.follow('approve')
  expect(guard.isResting).toBe(true)
})
