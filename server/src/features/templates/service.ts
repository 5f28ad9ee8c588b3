import { type Template, templateLength } from '@ikd/face'
import { day } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Queries, Work } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { duplicatesTopic } from '../../signals.ts'

/** A template as it is kept, and whose. */
export interface KeptTemplate {
  readonly id: string
  readonly caseId: string
  readonly residentId: string
  readonly template: Template
}

/**
 * Templates of bursts, sealed. One is kept with each burst that gave one; with its case's approval it is searched among
 * the others and is one of them from then on; with the phone it stays. All others go, at the latest with the next round of
 * housekeeping after their case has ended.
 */
export interface TemplatesService {
  /** Part of the transaction that settles the capture. */
  keep(unit: Unit, kept: KeptTemplate): Promise<void>
  /**
   * Enrols the case's newest template; its others are deleted. The transaction must hold the audit chain's lock: numbers are
   * then given in the order of the commits, and a reader who is at one has missed nothing before it.
   *
   * @returns the template's id; undefined when the case has none
   */
  enrol(unit: Unit, caseId: string): Promise<string | undefined>
  /** A phone is bound on the case's template: those of the resident's earlier phones go. Needs the lock as well. */
  settle(unit: Unit, caseId: string): Promise<void>
  /** Deletes templates whose case led to no phone, and those of phones that ended long ago. */
  expire(unit: Unit): Promise<void>
  /** @throws Error when the template is gone or cannot be opened */
  get(queries: Queries, id: string): Promise<KeptTemplate>
}

export const templateContext = (id: string) => `face_template:${id}`
/** A phone that was blocked, and replaced by none, is still somebody's who has been here. */
const keptAfterEnd = 90 * day
/** The record of changes is read within seconds, or not at all: a server that starts reads everything. */
const changesKept = 7 * day
const mostAtOnce = 500

export function createTemplatesService(core: Core): TemplatesService {
  async function note(unit: Unit, ids: readonly string[]): Promise<void> {
    const { seq } = await unit.work.selectFrom('template_change').select((row) => row.fn.max('seq').as('seq')).executeTakeFirstOrThrow()
    if (ids.length === 0) return
    await unit.work.insertInto('template_change').values(ids.map((id, i) => ({ seq: Number(seq ?? 0) + 1 + i, template_id: id, at: unit.now }))).execute()
    unit.announce(duplicatesTopic, { type: 'status' })
  }

  /** Those nobody searched are deleted without a word to anybody. */
  async function remove(unit: Unit, rows: readonly { readonly capture_id: string; readonly enrolled_at: number | null }[]): Promise<void> {
    if (rows.length === 0) return
    await unit.work.deleteFrom('face_template').where('capture_id', 'in', rows.map((row) => row.capture_id)).execute()
    await note(unit, rows.filter((row) => row.enrolled_at !== null).map((row) => row.capture_id))
  }

  const select = (work: Work) => work.selectFrom('face_template').select(['face_template.capture_id', 'face_template.enrolled_at'])

  return {
    async keep(unit, { id, caseId, residentId, template }) {
      const { model, values } = template
      const plain = Buffer.from(values.buffer, values.byteOffset, values.byteLength)
      const sealed = core.envelope.seal(plain, templateContext(id))
      await unit.work
        .insertInto('face_template')
        .values({ capture_id: id, case_id: caseId, resident_id: residentId, model, sealed, created_at: unit.now, enrolled_at: null, bound_at: null })
        .execute()
    },

    async enrol(unit, caseId) {
      const rows = await select(unit.work).where('case_id', '=', caseId).orderBy('capture_id', 'desc').execute()
      const [newest, ...others] = rows
      if (!newest) return undefined
      await remove(unit, others)
      await unit.work.updateTable('face_template').set({ enrolled_at: unit.now }).where('capture_id', '=', newest.capture_id).execute()
      await note(unit, [newest.capture_id])
      return newest.capture_id
    },

    async settle(unit, caseId) {
      const own = await unit.work
        .updateTable('face_template')
        .set({ bound_at: unit.now })
        .where('case_id', '=', caseId)
        .where('enrolled_at', 'is not', null)
        .returning(['capture_id', 'resident_id'])
        .executeTakeFirst()
      if (!own) return
      const earlier = await select(unit.work).where('resident_id', '=', own.resident_id).where('bound_at', 'is not', null).where('capture_id', '<>', own.capture_id).execute()
      await remove(unit, earlier)
    },

    async expire(unit) {
      const unbound = await select(unit.work)
        .innerJoin('desk_case', 'desk_case.id', 'face_template.case_id')
        .where('face_template.bound_at', 'is', null)
        .where('desk_case.closed_at', 'is not', null)
        .limit(mostAtOnce)
        .execute()
      const ended = await select(unit.work)
        .innerJoin('binding', 'binding.case_id', 'face_template.case_id')
        .where('binding.state', 'in', ['blocked', 'released'])
        .where('binding.ended_at', '<=', unit.now - keptAfterEnd)
        .limit(mostAtOnce)
        .execute()
      const over = [...unbound, ...ended]
      if (over.length > 0) {
        // Deleting what is known of a body is an act of its own; and the chain's lock gives the changes their order.
        const detail = { templates: over.length }
        await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'service', id: 'housekeeping' }, action: 'templates.deleted', subject: 'face_template', detail })
        await remove(unit, over)
      }
      const newest = unit.work.selectFrom('template_change').select((row) => row.fn.max('seq').as('seq'))
      await unit.work.deleteFrom('template_change').where('at', '<=', unit.now - changesKept).where('seq', '<', newest).execute()
    },

    async get(queries, id) {
      const row = await queries.selectFrom('face_template').selectAll().where('capture_id', '=', id).executeTakeFirst()
      if (!row) throw new Error('a template is gone')
      return openTemplate(core, row)
    },
  }
}

/** @throws Error when it was tampered with */
export function openTemplate(
  core: Pick<Core, 'envelope'>,
  row: { readonly capture_id: string; readonly case_id: string; readonly resident_id: string; readonly model: string; readonly sealed: Uint8Array },
): KeptTemplate {
  const plain = Uint8Array.from(core.envelope.open(row.sealed, templateContext(row.capture_id)))
  const values = new Float32Array(plain.buffer)
  if (values.length !== templateLength) throw new Error('a template has another length')
  return { id: row.capture_id, caseId: row.case_id, residentId: row.resident_id, template: { values, model: row.model } }
}
