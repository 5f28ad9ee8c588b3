import { expect, it } from 'vitest'
import { Check } from 'typebox/value'
import { channelNames, channels, wireName } from './contract.ts'

it('gives every channel a wire name of its own', () => {
  expect(new Set(channelNames.map(wireName)).size).toBe(channelNames.length)
})

it.each(channelNames)('refuses unknown members in a request of %s', (name) => {
  expect(Check(channels[name].request, { surprise: 1 })).toBe(false)
})

it('takes nothing to sign that is not two base64url parts of bounded length', () => {
  const { request } = channels.signProof
  expect(Check(request, { signingInput: 'aaaaaaaaaaaaaaaa.bbbb' })).toBe(true)
  expect(Check(request, { signingInput: 'aaaaaaaaaaaaaaaa' })).toBe(false)
  expect(Check(request, { signingInput: 'aaaaaaaaaaaaaaaa.bbbb.cccc' })).toBe(false)
  expect(Check(request, { signingInput: `${'a'.repeat(9_000)}.b` })).toBe(false)
  expect(Check(request, { signingInput: 7 })).toBe(false)
})
