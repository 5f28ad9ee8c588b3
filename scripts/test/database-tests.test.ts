import { expect, it } from 'vitest'
import { databaseTests } from './database-tests.ts'

it('finds what runs on both databases by what it imports, and leaves pure tests alone', () => {
  const files = databaseTests()
  expect(files).toContain('server/src/features/presentations/service.test.ts')
  expect(files).toContain('server/src/access.scopes.test.ts')
  expect(files).not.toContain('server/src/features/cases/machine.test.ts')
})
