import { DomainError } from '@ikd/contract'
import type { DeskCaller } from '../../caller.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import type { CaptureResult } from '../captures/service.ts'
import type { Looker } from '../references/service.ts'
import type { CaseDecisions } from './decisions.ts'
import type { CasesDependencies } from './dependencies.ts'
import { groundForReference, isCompared, isSupervisorDue, type ReferenceGround } from './machine.ts'
import { applyEvent, type CaseRow, getCase, modelOf } from './repository.ts'

/** The face of the resident at the desk: captured, compared, and only then shown its photograph. */
export interface CaseFaces {
  /** Answers the capture's id. */
  startCapture(unit: Unit, caller: DeskCaller, row: CaseRow): Promise<string>
  submitCapture(unit: Unit, caller: DeskCaller, row: CaseRow, result: CaptureResult): Promise<void>
  /** Why this person may see the photograph of this case now; undefined: they may not. The one rule of every such look. */
  findGround(queries: Queries, looker: Pick<Looker, 'staffId'>, row: CaseRow): Promise<ReferenceGround | undefined>
  /** The photograph; every look is recorded. Over the cap of who looks it is returned as a refusal, so that the attempt is recorded. */
  getReference(unit: Unit, looker: Looker, row: CaseRow): Promise<Buffer | DomainError>
}

type Needed = Pick<CasesDependencies, 'activity' | 'caps' | 'captures' | 'offices' | 'references'>

export function createCaseFaces(core: Core, on: Needed & { readonly decisions: Pick<CaseDecisions, 'findApprovalRefusal'> }): CaseFaces {
  async function audit(unit: Unit, staffId: string, action: string, row: CaseRow, detail: Record<string, string | number> = {}): Promise<void> {
    await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'staff', id: staffId }, action, subject: row.id, detail })
  }

  async function isDueNow(queries: Queries, row: CaseRow): Promise<boolean> {
    return isSupervisorDue(modelOf(row), await on.captures.countAttemptsLeft(queries, row))
  }

  async function isSecond(queries: Queries, row: CaseRow, staffId: string): Promise<boolean> {
    return (await on.decisions.findApprovalRefusal(queries, row, staffId)) === undefined
  }

  async function findGround(queries: Queries, { staffId }: Pick<Looker, 'staffId'>, row: CaseRow): Promise<ReferenceGround | undefined> {
    const earlier = (await on.captures.list(queries, row.id)).map(({ outcome }) => outcome)
    return groundForReference(modelOf(row), {
      outcomes: row.capture_outcome ? [...earlier, row.capture_outcome] : earlier,
      isConfirmed: row.confirmed_at !== null,
      isDue: await isDueNow(queries, row),
      isSecond: row.state === 'awaiting-supervisor' && (await isSecond(queries, row, staffId)),
    })
  }

  return {
    findGround,

    async startCapture(unit, caller, row) {
      await applyEvent(unit, row, { type: 'start-capture' })
      if (!row.resident_id) throw new DomainError('case-state-wrong')
      await on.caps.hold(unit, `captures:${row.resident_id}`)
      const captureId = await on.captures.start(unit, row)
      await audit(unit, caller.staffId, 'capture.started', row, { capture: captureId })
      return captureId
    },

    async submitCapture(unit, caller, row, result) {
      if (row.resident_id) await on.caps.hold(unit, `captures:${row.resident_id}`)
      if (!(await on.captures.mayAnswer(unit.work, row))) throw new DomainError('capture-attempts-exhausted')
      const wasDue = await isDueNow(unit.work, row)
      await on.captures.settle(unit, result)
      const isHopeless = result.reasons.includes('reference-unusable')
      await applyEvent(unit, row, { type: 'submit-capture', outcome: result.outcome, isHopeless })
      await audit(unit, caller.staffId, 'capture.decided', row, {
        capture: result.captureId,
        outcome: result.outcome,
        reasons: result.reasons.join(' '),
        framesUsed: result.framesUsed,
      })
      const after = await getCase(unit.work, row.id)
      if (!wasDue && (await isDueNow(unit.work, after))) {
        await audit(unit, caller.staffId, 'case.supervisor-due', row, { attempts: after.capture_attempts, outcome: result.outcome })
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

    async getReference(unit, looker, row) {
      const ground = await findGround(unit.work, looker, row)
      if (!ground || !row.resident_id) throw new DomainError('reference-not-released')
      const photo = await on.references.show(unit, looker, { residentId: row.resident_id, visitId: row.id, ground, phone: row.confirmed_at === null ? null : row.registration_id })
      if (photo instanceof DomainError) return photo
      await audit(unit, looker.staffId, 'case.reference-shown', row, { released: ground })
      const { name: actor } = await on.offices.get(unit.work, row.office_id)
      await on.activity.recordDaily(unit, { residentId: row.resident_id, kind: 'photo-seen-at-desk', actor, officer: looker.name, purpose: row.purpose ?? row.kind, fields: ['photo'] })
      return photo
    },
  }
}
