import { randomBytes, randomUUID } from 'node:crypto'
import { createClient } from '@ikd/client'
import { routes } from '@ikd/contract'
import { templateLength, templateModel } from '@ikd/face'
import { createEnvelope, openSecrets, templateContext } from '@ikd/server'
import type { Desk } from '../../journeys/stage/desk.ts'
import { awaitLetter, readActivation } from '../../journeys/stage/letter.ts'
import type { Phone } from '../../journeys/stage/phone.ts'
import { refusal } from '../../journeys/stage/refusal.ts'
import type { ServerChoice, World } from './world.ts'

/** Stages of the ceremony, as the server acknowledged them. */
export interface CeremonyWatch {
  registered?(registrationId: string): void
  opened?(caseId: string): void
  confirmedByPhone?(caseId: string): void
  approved?(caseId: string): void
  wrongCodes?(caseId: string, wrong: number): void
  linkConfirmed?(caseId: string): void
  codeConsumed?(caseId: string): void
  bound?(registrationId: string, caseId: string): void
}

export interface Bound {
  readonly phone: Phone
  readonly registrationId: string
  readonly receiptCode: string
  readonly email: string
  readonly caseId: string
  readonly pin: string
}

export interface Ceremony {
  readonly nik: string
  readonly pin: string
  /** Wrong codes the link page sends before the right one. */
  readonly wrongCodes?: number
  readonly server?: ServerChoice
  /** Nobody waits for this phone any more. */
  readonly ended?: () => boolean
}

/** From registration to PIN over the wire, each step at a real server; only the face's verdict is written for it. */
export async function bindPhone(world: World, desk: Desk, { nik, pin, wrongCodes = 0, server = 0, ended = () => false }: Ceremony, watch: CeremonyWatch = {}): Promise<Bound> {
  const { phone, registrationId, receiptCode, caseId, email } = await openCase(world, desk, nik, server, watch)
  await recordFaceMatch(world, caseId)
  await desk.decide(caseId, 'approve')
  watch.approved?.(caseId)
  const { code, token } = readActivation(await receiveLetter(world, email, ended))
  const browser = createClient({ baseUrl: world.config.publicUrl, ...world.reach(server) })
  const confirm = async (guess: string) => browser.call(routes.activation.confirm, { body: { token, code: guess, captcha: await world.captcha() } })
  let counted = 0
  for (let i = 1; i <= wrongCodes; i++) {
    // Anything else, such as a server that is busy, has looked at no code.
    if ((await refusal(confirm(otherCode(code, i)))) === 'activation-code-wrong') watch.wrongCodes?.(caseId, ++counted)
  }
  await confirm(code)
  watch.linkConfirmed?.(caseId)
  await phone.enterCode(code)
  watch.codeConsumed?.(caseId)
  await phone.setPin(pin)
  watch.bound?.(registrationId, caseId)
  return { phone, registrationId, receiptCode, email, caseId, pin }
}

/** Seconds even when nothing dies, and a lease of fifteen more whenever a server dies with the mail in its hand. */
async function receiveLetter(world: World, email: string, ended: () => boolean) {
  for (let i = 0; i < 120 && !ended(); i++) {
    const letter = await awaitLetter(world.mailbox, email, 1, 1_000).catch(() => undefined)
    if (letter) return letter
  }
  throw new Error(`no letter for ${email}`)
}

/** A phone at the desk that has proved to be the one in the resident's hand. */
export async function openCase(world: World, desk: Desk, nik: string, server: ServerChoice, watch: CeremonyWatch = {}) {
  const email = `${nik}@contoh.id`
  const phone = await world.phone(server)
  const { registrationId, receiptCode } = await phone.register({ nik, email })
  watch.registered?.(registrationId)
  const opened = await desk.open(await phone.registrationQr())
  watch.opened?.(opened.id)
  await phone.confirmCase(opened.confirmation?.code as string)
  watch.confirmedByPhone?.(opened.id)
  return { phone, registrationId, receiptCode, caseId: opened.id, email }
}

/**
 * What a capture that matches leaves behind, without the two seconds of a processor it takes: faces have tests of their own, and
 * two hundred crashes need hundreds of approvals. Its template is like nobody else's, so that the search after the approval runs
 * and lets the mail go.
 */
export async function recordFaceMatch({ config, look }: World, caseId: string): Promise<void> {
  const envelope = createEnvelope(openSecrets(config).masterKey, randomBytes)
  const face = Float32Array.from(randomBytes(templateLength), (byte) => (byte / 255 - 0.5) * 0.3)
  await look((store) =>
    store.transaction().execute(async (work) => {
      const [id, at] = [randomUUID(), Date.now()]
      const visit = await work
        .updateTable('desk_case')
        .set((set) => ({ state: 'awaiting-decision', capture_outcome: 'match', version: set('version', '+', 1) }))
        .where('id', '=', caseId)
        .where('state', '=', 'awaiting-capture')
        .returning('resident_id')
        .executeTakeFirst()
      if (!visit?.resident_id) return
      const own = { case_id: caseId, resident_id: visit.resident_id, created_at: at }
      await work
        .insertInto('capture')
        .values({
          ...own, id, expires_at: at, submitted_at: at, voided_at: null, outcome: 'match', reasons: '[]', band: 'near', frames_received: 12, frames_used: 4,
          fingerprints: null, challenge: '[]',
        })
        .execute()
      const sealed = envelope.seal(Buffer.from(face.buffer), templateContext(id))
      await work.insertInto('face_template').values({ ...own, capture_id: id, model: templateModel, sealed, enrolled_at: null, bound_at: null }).execute()
    }),
  )
}

export function otherCode(code: string, by: number): string {
  return String((Number(code) + by) % 1_000_000).padStart(6, '0')
}
