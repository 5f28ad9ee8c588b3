import { createClient } from '@ikd/client'
import { routes } from '@ikd/contract'
import { glimpse } from '../../demo/turning-head/sitter.ts'
import { makeDesk } from './desk.ts'
import { awaitLetter, readActivation } from './letter.ts'
import { makePhone, type Phone, solveCaptcha } from './phone.ts'
import { approveCase } from './sign-in.ts'
import type { Stage } from './stage.ts'

/** The link page's part: in any browser, without a key. */
export async function confirmLink(stage: Stage, token: string, code: string): Promise<void> {
  const browser = createClient({ baseUrl: stage.url })
  await browser.call(routes.activation.confirm, { body: { token, code, captcha: await solveCaptcha(browser) } })
}

/** A neighbour with an IKD, bound at the other office without a screen: somebody who can scan. */
export async function enrolOverTheWire(stage: Stage, nik: string, pin = '918273'): Promise<Phone> {
  const given = stage.demo.portraits.find((portrait) => portrait.nik === nik)
  if (!given) throw new Error('the neighbour has no portrait')
  const email = `${nik}@contoh.id`
  const phone = await makePhone(stage.url)
  await phone.register({ nik, email })
  const desk = await makeDesk(stage.url, {
    enrolmentCode: stage.enrolmentCode('banguntapan'),
    username: 'petugas.banguntapan',
    password: stage.password,
  })
  const opened = await desk.open(await phone.registrationQr())
  await phone.confirmCase(opened.confirmation?.code as string)
  // There is no other picture of the neighbour than the one on record, which is no face before the camera: after three tries two people decide.
  for (let tries = 0; tries < 3; tries++) await desk.capture(opened.id, glimpse(given.portrait.jpeg))
  const { token: officer, client } = desk
  await client.call(routes.cases.askSupervisor, { token: officer, params: { caseId: opened.id }, body: { outcome: 'approve', reason: 'Foto lama' } })
  await approveCase(desk, opened.id, { username: 'supervisor.banguntapan' })
  await desk.decide(opened.id, 'approve')
  const { code, token } = readActivation(await awaitLetter(stage.mailbox, email))
  await confirmLink(stage, token, code)
  await phone.enterCode(code)
  await phone.setPin(pin)
  await phone.unlock(pin)
  return phone
}
