import { expect, test } from 'vitest'
import { createMailbox } from '../demo/mailbox.ts'
import { makeDesk } from './stage/desk.ts'
import { readActivation } from './stage/letter.ts'
import { makePhone } from './stage/phone.ts'
import { findFreePort } from './stage/ports.ts'
import { closeSharedEngine, raiseStage } from './stage/stage.ts'

test('with the mail server down the approval stands, the desk sees the mail wait, and it arrives once when the server is back', async () => {
  const smtpPort = await findFreePort()
  const stage = await raiseStage({ smtpPort })
  try {
    const desk = await makeDesk(stage.url, { enrolmentCode: stage.enrolmentCode('madiun'), username: 'petugas.madiun', password: stage.password })
    const phone = await makePhone(stage.url)
    const nik = stage.demo.cast.find(({ part }) => part === 'genuine-pair')?.nik as string
    await phone.register({ nik, email: 'ratna@contoh.id' })
    const opened = await desk.open(await phone.registrationQr())
    await phone.confirmCase(opened.confirmation?.code as string)
    await desk.capture(opened.id, stage.sitter('sample3-895', 0))
    await desk.decide(opened.id, 'approve')

    await expect.poll(async () => (await desk.get(opened.id)).activation?.mailFailure, { timeout: 15_000 }).toBe('unreachable')
    expect(await desk.get(opened.id)).toMatchObject({ state: 'approved', activation: { mail: 'queued' } })
    expect(await phone.status()).toMatchObject({ state: 'approved', activation: { mail: 'queued' } })

    const mailbox = await createMailbox({ smtpPort, webPort: 0 })
    try {
      // The next try may be a minute away by then; a day's waiting is not for a test.
      stage.advance(61_000)
      await expect.poll(async () => (await desk.get(opened.id)).activation?.mail, { timeout: 15_000 }).toBe('accepted')
      expect(mailbox.letters('ratna@contoh.id')).toHaveLength(1)
      expect(readActivation(mailbox.letters('ratna@contoh.id')[0] ?? fail()).code).toMatch(/^\d{6}$/)
    } finally {
      await mailbox.close()
    }
  } finally {
    await stage.close()
    await closeSharedEngine()
  }
}, 120_000)

function fail(): never {
  throw new Error('no letter')
}
