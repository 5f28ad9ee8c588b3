import { DomainError } from '@ikd/contract'
import type { DeskCaller } from '../../caller.ts'
import type { Core } from '../../core.ts'
import type { Unit } from '../../plugins/registrar.ts'
import type { CaptureResult } from '../captures/service.ts'
import type { CasesDependencies } from './dependencies.ts'
import { endStates, isCompared, isSupervisorDue } from './machine.ts'
import { applyEvent, type CaseRow, getCase, modelOf } from './repository.ts'

/** The face of the resident at the desk: captured, compared, and only then shown its photograph. */
export interface CaseFaces {
  /** Answers the capture's id. */
  startCapture(unit: Unit, caller: DeskCaller, row: CaseRow): Promise<string>
  submitCapture(unit: Unit, caller: DeskCaller, row: CaseRow, result: CaptureResult): Promise<void>
  /** The photograph, once a face has been compared in this case or a supervisor has to decide without; every look is recorded. */
  getReference(unit: Unit, caller: DeskCaller, row: CaseRow): Promise<Buffer>
}

export function createCaseFaces(core: Core, on: Pick<CasesDependencies, 'activity' | 'caps' | 'captures' | 'offices' | 'residents'>): CaseFaces {
  async function audit(unit: Unit, caller: DeskCaller, action: string, row: CaseRow, detail: Record<string, string | number> = {}): Promise<void> {
    await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'staff', id: caller.staffId }, action, subject: row.id, detail })
  }

  /** Of this resident today, over all visits. */
  const countLeft = (unit: Unit, row: CaseRow) => on.captures.countAttemptsLeft(unit.work, row.resident_id)

  return {
    async startCapture(unit, caller, row) {
      await applyEvent(unit, row, { type: 'start-capture' })
      if (!row.resident_id) throw new DomainError('case-state-wrong')
      await on.caps.hold(unit, `captures:${row.resident_id}`)
      const captureId = await on.captures.start(unit, row.id, row.resident_id)
      await audit(unit, caller, 'capture.started', row, { capture: captureId })
      return captureId
    },

    async submitCapture(unit, caller, row, result) {
      if (row.resident_id) await on.caps.hold(unit, `captures:${row.resident_id}`)
      const left = await countLeft(unit, row)
      if (left === 0) throw new DomainError('capture-attempts-exhausted')
      await on.captures.settle(unit, result)
      const isHopeless = result.reasons.includes('reference-unusable')
      await applyEvent(unit, row, { type: 'submit-capture', outcome: result.outcome, isHopeless })
      await audit(unit, caller, 'capture.decided', row, {
        capture: result.captureId,
        outcome: result.outcome,
        reasons: result.reasons.join(' '),
        framesUsed: result.framesUsed,
      })
      const after = await getCase(unit.work, row.id)
      if (isSupervisorDue(modelOf(after), await countLeft(unit, row)) && !isSupervisorDue(modelOf(row), left)) {
        await audit(unit, caller, 'case.supervisor-due', row, { attempts: after.capture_attempts, outcome: result.outcome })
      }
      if (row.resident_id) {
        await on.activity.record(unit, {
          residentId: row.resident_id,
          kind: isCompared(result.outcome) ? 'face-compared' : 'face-not-read',
          actor: (await on.offices.get(unit.work, row.office_id)).name,
          officer: caller.name,
          fields: ['photo'],
        })
      }
    },

    async getReference(unit, caller, row) {
      const compared = isCompared(row.capture_outcome) || (await on.captures.list(unit.work, row.id)).some(({ outcome }) => isCompared(outcome))
      // Whoever has to decide without a comparison compares with their own eyes.
      const isReleased = compared || isSupervisorDue(modelOf(row), await countLeft(unit, row))
      if (!isReleased || !row.resident_id || endStates.includes(row.state)) throw new DomainError('reference-not-released')
      const photo = await on.residents.findPhoto(unit.work, row.resident_id)
      if (!photo) throw new DomainError('reference-missing')
      await audit(unit, caller, 'case.reference-shown', row, { released: compared ? 'compared' : 'supervisor-due' })
      const { name: actor } = await on.offices.get(unit.work, row.office_id)
      await on.activity.recordDaily(unit, { residentId: row.resident_id, kind: 'photo-seen-at-desk', actor, officer: caller.name, purpose: row.purpose ?? row.kind, fields: ['photo'] })
      return photo
    },
  }
}
