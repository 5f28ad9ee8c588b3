import type { ActivityKind } from '@ikd/contract'
import type { Store } from '@ikd/server'

/** What must be true of the database at any instant at which everything that writes to it may die. */
export interface Invariant {
  readonly sentence: string
  /** What breaks it. */
  find(store: Store): Promise<readonly string[]>
}

const ids = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id)

/** An audit entry of an action for every row, and a row for every entry. */
async function unequal(store: Store, rows: readonly string[], actions: readonly string[]): Promise<string[]> {
  const entries = await store.selectFrom('audit_entry').select('subject_id as id').where('action', 'in', [...actions]).execute()
  const [left, right] = [new Set(rows), new Set(ids(entries))]
  return [
    ...rows.filter((id) => !right.has(id)).map((id) => `${id} is not audited`),
    ...ids(entries).filter((id) => !left.has(id)).map((id) => `${id} is audited and not there`),
    ...(right.size === entries.length ? [] : [`${entries.length} entries for ${right.size} ids`]),
  ]
}

const stateAfter: Readonly<Record<string, string>> = {
  'binding.made': 'active', 'binding.suspended': 'suspended', 'binding.resumed': 'active', 'binding.blocked': 'blocked', 'binding.unblocked': 'active',
}

/** What the resident reads of an act that is also told by mail. */
const tellingOf: Readonly<Record<string, ActivityKind>> = {
  'binding.suspended': 'device-suspended', 'binding.resumed': 'device-resumed', 'binding.blocked': 'device-blocked', 'contact.changed': 'contact-changed',
}

export const invariants: readonly Invariant[] = [
  {
    sentence: 'a resident has at most one living phone',
    async find(store) {
      const rows = await store.selectFrom('binding').select('resident_id as id').where('state', 'in', ['active', 'suspended']).execute()
      return ids(rows).filter((id, i, all) => all.indexOf(id) !== i)
    },
  },
  {
    sentence: 'every registration is audited once, and no other',
    find: async (store) => unequal(store, ids(await store.selectFrom('registration').select('id').execute()), ['registration.made']),
  },
  {
    sentence: 'every case is audited once, and no other',
    find: async (store) => unequal(store, ids(await store.selectFrom('desk_case').select('id').execute()), ['case.opened']),
  },
  {
    sentence: 'every decision is audited once, and no other',
    find: async (store) => unequal(store, ids(await store.selectFrom('desk_case').select('id').where('decision_outcome', 'is not', null).execute()), ['case.approved', 'case.refused', 'case.blocked']),
  },
  {
    sentence: 'every approval of a phone has its activation and its mail, and no activation is without approval',
    async find(store) {
      const approved = ids(await store.selectFrom('desk_case').select('id').where('decision_outcome', '=', 'approve').where('kind', '!=', 'block').execute())
      const activations = ids(await store.selectFrom('activation').innerJoin('outbox', 'outbox.id', 'activation.mail_id').select('activation.case_id as id').execute())
      const all = await store.selectFrom('activation').select('id').execute()
      return [
        ...approved.filter((id) => !activations.includes(id)).map((id) => `${id} has no activation`),
        ...activations.filter((id) => !approved.includes(id)).map((id) => `${id} was not approved`),
        ...(all.length === activations.length ? [] : ['an activation has no mail']),
      ]
    },
  },
  {
    sentence: 'every approval of a phone is searched for duplicates, and what a search came to is audited once',
    async find(store) {
      const approved = ids(await store.selectFrom('desk_case').select('id').where('decision_outcome', '=', 'approve').where('kind', '!=', 'block').execute())
      const searches = await store.selectFrom('duplicate_search').select(['case_id as id', 'state']).execute()
      const known = new Set(ids(searches))
      return [
        ...approved.filter((id) => !known.has(id)).map((id) => `${id} is not searched for`),
        ...(await unequal(store, ids(searches.filter(({ state }) => state !== 'waiting')), ['duplicates.searched'])),
      ]
    },
  },
  {
    sentence: 'no mail of an activation has left before its face was searched for',
    async find(store) {
      const rows = await store
        .selectFrom('outbox')
        .innerJoin('duplicate_search', 'duplicate_search.case_id', 'outbox.case_id')
        .select('outbox.id as id')
        .where('outbox.kind', '=', 'activation')
        .where((row) => {
          const leaves = row.or([row('outbox.state', '<>', 'queued'), row('outbox.claimed_until', 'is not', null)])
          return row.or([row.and([row('duplicate_search.state', '=', 'waiting'), leaves]), row('outbox.accepted_at', '<', row.ref('duplicate_search.finished_at'))])
        })
        .execute()
      return ids(rows)
    },
  },
  {
    sentence: 'every binding is audited, its code consumed, its case completed, and told to its resident',
    async find(store) {
      const bindings = await store
        .selectFrom('binding')
        .innerJoin('desk_case', 'desk_case.id', 'binding.case_id')
        .innerJoin('activation', 'activation.case_id', 'binding.case_id')
        .select(['binding.id as id', 'desk_case.state as state', 'activation.completed_at as completedAt', 'binding.resident_id as residentId', 'binding.bound_at as at'])
        .execute()
      const told = await store.selectFrom('activity').select(['resident_id', 'at']).where('kind', '=', 'device-bound').execute()
      const tellings = new Set(told.map((row) => `${row.resident_id} ${row.at}`))
      const completed = await store.selectFrom('activation').select('id').where('completed_at', 'is not', null).execute()
      return [
        ...(await unequal(store, ids(bindings), ['binding.made'])),
        ...bindings.filter(({ state, completedAt }) => state !== 'completed' || completedAt === null).map(({ id }) => `${id} is half bound`),
        ...bindings.filter(({ residentId, at }) => !tellings.has(`${residentId} ${at}`)).map(({ id }) => `${id} was told to nobody`),
        ...(completed.length === bindings.length ? [] : [`${completed.length} completed activations, ${bindings.length} bindings`]),
      ]
    },
  },
  {
    sentence: 'every scan is told to its subject once',
    async find(store) {
      const scans = await store.selectFrom('scan').select(['subject_resident_id as residentId', 'at']).execute()
      const told = await store.selectFrom('activity').select(['resident_id as residentId', 'at']).where('kind', 'in', ['scanned-by-institution', 'scanned-by-resident']).execute()
      const key = (row: { residentId: string; at: number }) => `${row.residentId} ${row.at}`
      const [left, right] = [scans.map(key).sort(), told.map(key).sort()]
      return left.length === right.length && left.every((one, i) => one === right[i]) ? [] : [`${left.length} scans, ${right.length} tellings`]
    },
  },
  {
    sentence: 'a phone is in the state it was last put in by the record',
    async find(store) {
      const bindings = await store.selectFrom('binding').select(['id', 'state']).execute()
      const entries = await store.selectFrom('audit_entry').select(['subject_id as id', 'action']).where('action', 'in', Object.keys(stateAfter)).orderBy('seq').execute()
      const last = new Map(entries.map(({ id, action }) => [id, stateAfter[action]]))
      return ids(bindings.filter(({ id, state }) => last.get(id) !== state))
    },
  },
  {
    sentence: 'every stop, its end and every change of contact has its mail and is told to the resident',
    async find(store) {
      const done = await store.selectFrom('audit_entry').select('seq').where('action', 'in', Object.keys(tellingOf)).execute()
      const mails = await store.selectFrom('outbox').select('id').where('kind', '=', 'notice').execute()
      const told = await store.selectFrom('activity').select('id').where('kind', 'in', Object.values(tellingOf)).execute()
      return done.length === mails.length && done.length === told.length ? [] : [`${done.length} acts, ${mails.length} mails, ${told.length} tellings`]
    },
  },
  {
    sentence: 'a mail that waits has its body, one that is done with has none',
    async find(store) {
      const rows = await store.selectFrom('outbox').select(['id', 'state', 'message']).execute()
      return ids(rows.filter(({ state, message }) => (state === 'queued') === (message === null)))
    },
  },
]
