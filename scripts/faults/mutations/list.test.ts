import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../test/workspaces.ts'
import { mutations } from './list.ts'
import { takeOut } from './run.ts'

const read = (file: string) => readFileSync(join(root, file), 'utf8')

test.each(mutations.map((mutation) => [mutation.promise, mutation.without, mutation] as const))('promise %s: %s — the protection and its test are where the list says', (_promise, _without, mutation) => {
  const whole = read(mutation.file)
  expect(takeOut(whole, mutation)).not.toBe(whole)
  // Titles of parametrised tests hold a placeholder where the name has a value.
  expect(read(mutation.test).includes(mutation.named) || read(mutation.test).includes('./races/describe.ts')).toBe(true)
})
