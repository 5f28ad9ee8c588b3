import { expect, test } from 'vitest'
import { mustInstallFirst } from './installation.ts'

const phone = (userAgent: string, standalone?: boolean) => ({ userAgent, maxTouchPoints: 5, ...(standalone === undefined ? {} : { standalone }) })

test('an Android browser may keep the key', () => {
  expect(mustInstallFirst(phone('Mozilla/5.0 (Linux; Android 11)'), false)).toBe(false)
})

test('Safari on an iPhone must be installed first, for it forgets a site after seven days', () => {
  expect(mustInstallFirst(phone('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)'), false)).toBe(true)
})

test('the installed app on an iPhone may keep the key', () => {
  expect(mustInstallFirst(phone('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)', true), false)).toBe(false)
})
