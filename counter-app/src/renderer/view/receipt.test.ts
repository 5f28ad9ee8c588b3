import type { Case } from '@ikd/contract'
import { expect, it } from 'vitest'
import { someCase } from '../testing/some-case.ts'
import { serviceReceipt, visitReceipt } from './receipt.ts'

const visit = someCase({
  kind: 'block',
  state: 'completed',
  closedAt: Date.parse('2026-11-21T09:30:00+07:00'),
  serviceRequests: [{ id: '01900000-0000-7000-8000-000000000005', number: 'L-0001', kind: 'child-identity-card', note: '', at: 1 }],
  phone: { boundAt: Date.parse('2026-03-01T10:00:00+07:00'), state: 'blocked' },
  block: { reason: 'stolen', officerLeft: 9, officeLeft: 29 },
})
const written = (shown: Case) => JSON.stringify(visitReceipt(shown))

it('gives a paper for a block, an unblocking and a change of contact that are done, and for nothing else', () => {
  for (const kind of ['block', 'unblock', 'contact'] as const) {
    expect(visitReceipt({ ...visit, kind })).toBeDefined()
    for (const state of ['awaiting-reason', 'awaiting-address', 'awaiting-supervisor', 'refused', 'cancelled'] as const) {
      expect(visitReceipt({ ...visit, kind, state }), `${kind} ${state}`).toBeUndefined()
    }
  }
  for (const kind of ['activation', 'rebinding', 'service'] as const) expect(visitReceipt({ ...visit, kind })).toBeUndefined()
})

it('says who did what about which phone, when and why', () => {
  for (const part of [visit.id, 'RATNA', '3577••••••••0001', '21 November 2026', '1 Maret 2026', 'Ponsel dicuri', 'The phone was stolen', 'Sri · Loket 1']) expect(written(visit)).toContain(part)
})

it('names the second person of an unblocking, and the new contact as masked as the server gives it', () => {
  const supervision = { outcome: 'approve', reason: 'Ditemukan', askedAt: 1, approvedBy: 'Wulan' } as const
  expect(written({ ...visit, kind: 'unblock', supervision })).toContain('Wulan')
  const changed = written({ ...visit, kind: 'contact', contactChange: { kind: 'email', newMasked: 't•••@example.id', sendsLeft: 2 } })
  expect(changed).toContain('t•••@example.id')
  expect(changed).not.toContain('1 Maret 2026')
})

it('gives a request for service the number it is collected by, and none to a request of another visit', () => {
  expect(serviceReceipt(visit, visit.serviceRequests[0]!.id)!.number).toBe('L-0001')
  expect(serviceReceipt(visit, visit.id)).toBeUndefined()
})

it('tells a family nothing about finding the phone again', () => {
  const advice = visitReceipt({ ...visit, block: { reason: 'deceased', officerLeft: 9, officeLeft: 29 } })!.advice
  expect(advice.id).toContain('turut berdukacita')
  expect(`${advice.id} ${advice.en}`).not.toMatch(/Ganti ponsel|Changing phones/)
})
