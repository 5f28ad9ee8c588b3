import { createClient } from '@ikd/client'
import { DomainError, routes } from '@ikd/contract'
import { verifyAuditChain } from '@ikd/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DemoFace, probeBurst } from '../demo/faces.ts'
import { type Desk, makeDesk, makeInstitution } from './stage/desk.ts'
import { awaitLetter, readActivation } from './stage/letter.ts'
import { makePhone, type Phone, solveCaptcha } from './stage/phone.ts'
import { closeSharedEngine, raiseStage, type Stage } from './stage/stage.ts'

let stage: Stage
let officer: Desk

beforeAll(async () => {
  stage = await raiseStage()
  officer = await makeDesk(stage.url, { enrolmentCode: stage.enrolmentCode('madiun'), username: 'petugas.madiun', password: stage.password })
}, 120_000)

afterAll(async () => {
  await stage?.close()
  await closeSharedEngine()
})

const nikOf = (part: string) => stage.demo.cast.find((member) => member.part === part)?.nik as string
const face = (id: string) => stage.faces.find((candidate) => candidate.id === id) as DemoFace

async function refusal(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    if (error instanceof DomainError) return error.code
    throw error
  }
  return 'no refusal'
}

/** From registration to an active binding, as the right person. */
async function enrol(phone: Phone, person: { nik: string; email: string; face: DemoFace; frame: number }, pin: string): Promise<string> {
  await phone.register(person)
  const opened = await officer.open(await phone.registrationQr())
  await phone.confirmCase(opened.confirmation?.code as string)
  const compared = await officer.capture(opened.id, await probeBurst(person.face, 5, person.frame))
  expect(compared.captures.at(-1)).toMatchObject({ outcome: 'match' })
  await officer.decide(opened.id, 'approve')
  const { code, token } = readActivation(await awaitLetter(stage.mailbox, person.email))
  const browser = createClient({ baseUrl: stage.url })
  await browser.call(routes.activation.open, { body: { token } })
  await browser.call(routes.activation.confirm, { body: { token, code, captcha: await solveCaptcha(browser) } })
  await phone.enterCode(code)
  await phone.setPin(pin)
  await phone.unlock(pin)
  return opened.id
}

describe('the ceremony', () => {
  test('binds a phone to the person at the desk, and her QR is scanned once', async () => {
    const phone = await makePhone(stage.url)
    const person = { nik: nikOf('genuine-pair'), email: 'ratna@contoh.id', face: face('sample1-1230'), frame: 0 }
    const caseId = await enrol(phone, person, '472915')
    expect(await phone.status()).toMatchObject({ state: 'active' })
    expect(await officer.get(caseId)).toMatchObject({ state: 'completed', activation: { device: 'active', mail: 'accepted' } })

    const identity = await phone.client.call(routes.holder.identity, { token: phone.holderToken() })
    expect(identity.name).toBe('RATNA AYU KUSUMO')
    const bank = await makeInstitution(stage.url, 'teller.bank', stage.password)
    const qr = await phone.presentation({ audience: { to: 'any-institution' }, fields: ['photo', 'name', 'nik'] })
    const seen = await bank.scan(qr)
    expect(seen).toMatchObject({ freshness: 'fresh', fields: ['photo', 'name', 'nik'], newlyBound: false })
    expect(await refusal(bank.scan(qr))).toBe('presentation-already-used')
    const { entries } = await phone.client.call(routes.holder.activity, { token: phone.holderToken() })
    expect(entries[0]).toMatchObject({ kind: 'scanned-by-institution', actor: 'Bank Contoh Nusantara', fields: ['photo', 'name', 'nik'] })

    const documents = await Promise.all(
      (['family-card', 'npwp', 'vaccination', 'vehicle'] as const).map((kind) =>
        phone.client.call(routes.holder.document, { token: phone.holderToken(), params: { kind } }),
      ),
    )
    expect(documents.map((document) => document.state)).not.toContain('unreachable')
  }, 60_000)

  test('leaves a chain of audit entries that holds', async () => {
    const { findings, entries } = await verifyAuditChain(stage.store)
    expect(findings).toEqual([])
    expect(entries).toBeGreaterThan(8)
  })
})
