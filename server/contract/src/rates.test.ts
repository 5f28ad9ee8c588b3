import type { TSchema } from 'typebox'
import { expect, test } from 'vitest'
import { allRoutes } from './http/routes.ts'

/** What somebody may guess at, by the name of its field. */
const guessable = /^(pin|currentPin|approvalPin|code|enrolmentCode|setupCode|receiptCode|password|currentPassword|totp|token|ticket)$/

function fieldsOf(schema: TSchema | undefined): string[] {
  const { properties = {}, anyOf = [] } = (schema ?? {}) as { properties?: Record<string, TSchema>; anyOf?: TSchema[] }
  return [...Object.keys(properties), ...anyOf.flatMap(fieldsOf)]
}

test.each(allRoutes.filter(({ body }) => fieldsOf(body).some((name) => guessable.test(name))))('$id takes what can be guessed, so it has a rate', ({ ratePerMinute }) => {
  expect(ratePerMinute).toBeGreaterThan(0)
})
