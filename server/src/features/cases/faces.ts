import { DomainError } from '@ikd/contract'
import type { DeskCaller } from '../../caller.ts'
import type { Core } from '../../core.ts'
import type { Unit } from '../../plugins/registrar.ts'
import type { CaptureResult } from '../captures/service.ts'
import type { CasesDependencies } from './dependencies.ts'
import { endStates } from './machine.ts'
import { applyEvent, type CaseRow } from './repository.ts'

/** The face of the resident at the desk: captured, compared, and only then shown its photograph. */
export interface CaseFaces {
  /** Answers the capture's id. */
  startCapture(unit: Unit, caller: DeskCaller, row: CaseRow): Promise<string>
  submitCapture(unit: Unit, caller: DeskCaller, row: CaseRow, result: CaptureResult): Promise<void>
  /** The photograph, once a face has been compared in this case; every look is recorded. */
  getReference(unit: Unit, caller: DeskCaller, row: CaseRow): Promise<Buffer>
}

export function createCaseFaces(core: Core, on: CasesDependencies): CaseFaces {
  async function audit(unit: Unit, caller: DeskCaller, action: string, row: CaseRow, detail: Record<string, string | number> = {}): Promise<void> {
    await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'staff', id: caller.staffId }, action, subject: row.id, detail })
  }

  return {
    async startCapture(unit, caller, row) {
      await applyEvent(unit, row, { type: 'start-capture' })
      if (!row.resident_id) throw new DomainError('case-state-wrong')
      const captureId = await on.captures.start(unit, row.id, row.resident_id)
      await audit(unit, caller, 'capture.started', row, { capture: captureId })
      return captureId
    },

    async submitCapture(unit, caller, row, result) {
      if (row.resident_id) await on.caps.hold(unit, `captures:${row.resident_id}`)
      const left = row.resident_id ? await on.captures.countAttemptsLeft(unit.work, row.resident_id) : 0
      if (left === 0) throw new DomainError('capture-attempts-exhausted')
      await on.captures.settle(unit, result)
      await applyEvent(unit, row, { type: 'submit-capture', outcome: result.outcome })
      await audit(unit, caller, 'capture.decided', row, {
        capture: result.captureId,
        outcome: result.outcome,
        reasons: result.reasons.join(' '),
        framesUsed: result.framesUsed,
      })
      if (row.resident_id) {
        await on.activity.record(unit, {
          residentId: row.resident_id,
          kind: 'face-compared',
          actor: (await on.offices.get(unit.work, row.office_id)).name,
          officer: caller.name,
          fields: ['photo'],
        })
      }
    },

    async getReference(unit, caller, row) {
      const compared = row.capture_outcome !== null && row.capture_outcome !== 'failure-to-acquire'
      if (!compared || !row.resident_id || endStates.includes(row.state)) throw new DomainError('reference-not-released')
      const photo = await on.residents.findPhoto(unit.work, row.resident_id)
      if (!photo) throw new DomainError('reference-missing')
      await audit(unit, caller, 'case.reference-shown', row)
      const { name: actor } = await on.offices.get(unit.work, row.office_id)
      await on.activity.recordDaily(unit, { residentId: row.resident_id, kind: 'photo-seen-at-desk', actor, officer: caller.name, purpose: row.purpose ?? row.kind, fields: ['photo'] })
      return photo
    },
  }
}
