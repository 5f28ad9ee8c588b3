import { Type } from 'typebox'
import { lookupPurposes } from '../glossary.ts'
import { deskStaff } from '../access.ts'
import { defineRoute } from '../route.ts'
import { CalendarDate, closed, Id, Line, oneOf } from './shapes.ts'

export const residents = {
  search: defineRoute({
    id: 'residents.search',
    method: 'POST',
    path: '/v1/resident-searches',
    access: deskStaff,
    summary: 'Looks a resident up, with a purpose; the resident sees it in their history',
    ratePerMinute: 30,
    body: closed({
      purpose: oneOf(lookupPurposes),
      by: Type.Union([
        closed({ nik: Type.String({ pattern: '^\\d{16}$' }) }),
        closed({ name: Line(100), birthDate: CalendarDate }),
      ]),
    }),
    repeatable: 'reads; every search is recorded for itself',
    answer: closed({
      residents: Type.Array(
        closed({
          id: Id,
          name: Type.String(),
          nikMasked: Type.String(),
          birthDate: CalendarDate,
          address: Type.String(),
          boundDevice: Type.Optional(oneOf(['active', 'blocked', 'suspended'])),
        }),
      ),
    }),
  }),
}
