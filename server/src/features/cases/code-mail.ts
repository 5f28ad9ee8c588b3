import { DomainError } from '@ikd/contract'
import type { DeskCaller } from '../../caller.ts'
import type { Core } from '../../core.ts'
import { maskEmail } from '../../mask.ts'
import type { Unit } from '../../plugins/registrar.ts'
import type { CasesDependencies } from './dependencies.ts'
import { applyEvent, type CaseRow } from './repository.ts'

/** The mail with code and link after an approval, while the resident is still at the desk. */
export interface CaseCodeMail {
  correctEmail(unit: Unit, caller: DeskCaller, row: CaseRow, email: string): Promise<void>
  sendNewCode(unit: Unit, caller: DeskCaller, row: CaseRow): Promise<void>
}

export function createCaseCodeMail(core: Core, on: CasesDependencies): CaseCodeMail {
  /** Sends the code anew, to the same or a corrected address, and tells whom it concerns. */
  async function resend(unit: Unit, caller: DeskCaller, row: CaseRow, event: 'correct-email' | 'send-new-code', email?: string): Promise<void> {
    await applyEvent(unit, row, { type: event })
    const activation = await on.activations.findByCase(unit.work, row.id)
    if (!activation) throw new DomainError('case-state-wrong')
    const to = {
      name: (await on.residents.get(unit.work, activation.residentId)).name,
      officeName: (await on.offices.get(unit.work, row.office_id)).name,
    }
    if (email === undefined) await on.activations.reissue(unit, activation, to)
    else await on.activations.correctEmail(unit, activation, email, to)
    if (email !== undefined) {
      const purpose = `${maskEmail(activation.email)} → ${maskEmail(email)}`
      await on.activity.record(unit, { residentId: activation.residentId, kind: 'email-corrected', actor: to.officeName, officer: caller.name, purpose })
      await on.registrations.setContact(unit, activation.registrationId, { email })
    }
    const action = email === undefined ? 'case.code-renewed' : 'case.email-corrected'
    await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'staff', id: caller.staffId }, action, subject: row.id, detail: {} })
  }

  return {
    correctEmail: (unit, caller, row, email) => resend(unit, caller, row, 'correct-email', email),
    sendNewCode: (unit, caller, row) => resend(unit, caller, row, 'send-new-code'),
  }
}
