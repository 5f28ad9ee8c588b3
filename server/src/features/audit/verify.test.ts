import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isPostgres, type Work } from '../../database/store.ts'
import type { Tables } from '../../database/tables.ts'
import { sha256 } from '../../security/digest.ts'
import { createTestCore, type TestCore } from '../../testing/core.ts'
import { createActs } from './audit.fixture.ts'
import type { AuditFinding } from './findings.ts'
import { createHeadKeys, headHash, scanLog, type SignedHead, toJws } from './heads.ts'
import { createNotary } from './notary.ts'
import { linkHash } from './service.ts'
import { scanLeaf } from './scan-log.ts'
import { verifyAudit } from './verify.ts'

const auditTables = ['audit_entry', 'audit_detail', 'log_head', 'scan_leaf', 'scan'] as const
type AuditTable = (typeof auditTables)[number]
type Row = Readonly<Record<string, string | number | null>>

let one: TestCore
let two: TestCore
/** Compact JWS of every head, as somebody on another host would keep them. */
let copies: string[]
let rows: Record<AuditTable, Row[]>

const keyOf: Readonly<Record<AuditTable, readonly string[]>> = {
  audit_entry: ['seq'],
  audit_detail: ['seq'],
  log_head: ['log', 'number'],
  scan_leaf: ['server_id', 'seq'],
  scan: ['id'],
}
const keys = () => createHeadKeys(one.secrets)

beforeAll(async () => {
  one = await createTestCore()
  two = await createTestCore({ config: { database: one.config.database }, secrets: one.secrets, clock: one.clock, serverId: 'server-dua' })
  const acts = await createActs(one)
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 3; i++) await acts.decide(one, `visit-${round}-${i}`)
    for (let i = 0; i < 3; i++) await acts.scan(one)
    await acts.scan(two)
    await createNotary(one).seal()
    one.clock.advance(1)
  }
  copies = (await one.store.selectFrom('log_head').selectAll().orderBy('at').execute()).map(toJws)
  rows = Object.fromEntries(await Promise.all(auditTables.map(async (table) => [table, await one.store.selectFrom(table).selectAll().execute()]))) as typeof rows
})
afterAll(async () => {
  await two.close()
  await one.close()
})

/** What the walk says of the tables after somebody with the database's password has been at them; then all is put back. */
async function findingsAfter(tamper: (work: Work) => Promise<unknown>, kept: readonly string[] = copies): Promise<readonly AuditFinding[]> {
  let findings: readonly AuditFinding[] = []
  const undo = new Error('put back')
  await one.store
    .transaction()
    .execute(async (work) => {
      // Whoever owns the database is not held by its constraints.
      await (isPostgres(work) ? sql`set local session_replication_role = replica` : sql`pragma defer_foreign_keys = on`).execute(work)
      await tamper(work)
      findings = (await verifyAudit(work, keys(), kept)).findings
      throw undo
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error
    })
  return findings
}

const where = (table: AuditTable, row: Row) => sql.join(keyOf[table].map((column) => sql`${sql.ref(column)} = ${row[column]}`), sql` and `)
const edit = (work: Work, table: AuditTable, row: Row, column: string, value: unknown) =>
  sql`update ${sql.table(table)} set ${sql.ref(column)} = ${value} where ${where(table, row)}`.execute(work)
const drop = (work: Work, table: AuditTable, row: Row) => sql`delete from ${sql.table(table)} where ${where(table, row)}`.execute(work)

/** Whether a finding names the row, or the place in the log where it stood. */
function names(finding: AuditFinding, table: AuditTable, row: Row): boolean {
  const covers = (place: unknown) => finding.from <= Number(place) && Number(place) <= finding.to
  switch (table) {
    case 'audit_entry':
    case 'audit_detail':
      return finding.log === 'chain' && finding.table === table && covers(row['seq'])
    case 'log_head':
      return finding.log === row['log'] && finding.table === table && covers(row['number'])
    case 'scan_leaf':
      return finding.log === scanLog(String(row['server_id'])) && covers(row['seq'])
    case 'scan':
      return finding.table === table && finding.id === row['id']
  }
}

/** Something else of the same type, as like as can be. */
function otherValue(value: string | number | null, column: string): string | number {
  if (typeof value === 'number') return column === 'newly_bound' ? 1 - value : value + 100
  if (value === null) return 'x'
  const last = value.at(-1)
  return column === 'freshness' ? 'offline' : `${value.slice(0, -1)}${last === '0' ? '1' : '0'}`
}

test('logs nobody touched hold: entries, scans of both servers, heads and copies agree', async () => {
  const report = await verifyAudit(one.store, keys(), copies)
  expect(report).toEqual({ entries: 6, scans: 8, waiting: 0, heads: 6, findings: [] })
})

describe('a change by somebody with the database’s password is found, and the place is named', () => {
  test.each(auditTables)('any column of any row of %s', async (table) => {
    for (const row of rows[table]) {
      for (const [column, value] of Object.entries(row)) {
        for (const change of column === 'staff_id' ? [otherValue(value, column), null] : [otherValue(value, column)]) {
          // The table itself refuses a scan by an institution and a resident at once.
          if (column === 'verifier_resident_id') continue
          const findings = await findingsAfter((work) => edit(work, table, row, column, change))
          expect([column, findings.some((finding) => names(finding, table, row)), findings]).toEqual([column, true, findings])
        }
      }
    }
  })

  test.each(auditTables)('any row of %s that is gone', async (table) => {
    for (const row of rows[table]) {
      const findings = await findingsAfter((work) => drop(work, table, row))
      expect([row, findings.some((finding) => names(finding, table, row)), findings]).toEqual([row, true, findings])
    }
  })

  test.each([
    ['audit_entry', 'seq'],
    ['log_head', 'number'],
    ['scan_leaf', 'seq'],
  ] as const)('any two neighbours of %s that changed places', async (table, place) => {
    const logOf = (row: Row) => row['log'] ?? row['server_id'] ?? 'chain'
    const batchOf = (row: Row) => rows.log_head.find((head) => head['log'] === `scans:${logOf(row)}` && Number(head['from_seq']) <= Number(row['seq']) && Number(row['seq']) <= Number(head['to_seq']))
    for (const row of rows[table]) {
      const next = rows[table].find((other) => logOf(other) === logOf(row) && other[place] === Number(row[place]) + 1)
      if (!next) continue
      const findings = await findingsAfter(async (work) => {
        await edit(work, table, row, place, -1)
        await edit(work, table, next, place, row[place])
        await edit(work, table, { ...row, [place]: -1 }, place, next[place])
      })
      // A leaf moved into another batch is not what was signed there; within its batch only the order is wrong.
      const kind = table === 'log_head' ? 'signature-wrong' : table === 'scan_leaf' && batchOf(row) === batchOf(next) ? 'out-of-order' : 'edited'
      expect(findings.filter((finding) => names(finding, table, row)).map((finding) => finding.kind)).toContain(kind)
    }
  })

  test('an entry rewritten together with its hash, and with all that follow it', async () => {
    for (const from of rows.audit_entry.map((row) => Number(row['seq']))) {
      for (const upTo of [from, 6]) {
        const findings = await findingsAfter((work) => rewriteChain(work, from, upTo))
        expect([from, upTo, findings.some(({ table, from: a, to: b }) => table === 'audit_entry' && a <= from + 1 && from <= b)]).toEqual([from, upTo, true])
      }
    }
  })

  test('a scan rewritten together with its leaf', async () => {
    for (const leaf of rows.scan_leaf) {
      const findings = await findingsAfter(async (work) => {
        await work.updateTable('scan').set({ purpose: 'Lain' }).where('id', '=', leaf['scan_id'] as string).execute()
        const scan = await work.selectFrom('scan').selectAll().where('id', '=', leaf['scan_id'] as string).executeTakeFirstOrThrow()
        await work.updateTable('scan_leaf').set({ hash: scanLeaf(scan) }).where('scan_id', '=', scan.id).execute()
      })
      expect(findings.filter((finding) => names(finding, 'scan_leaf', leaf)).map(({ kind }) => kind)).toEqual(['edited'])
    }
  })

  test('a scan that nobody made, and one that was made and is in no batch', async () => {
    const scan = rows.scan[0] as unknown as Tables['scan']
    const findings = await findingsAfter((work) => work.insertInto('scan').values({ ...scan, id: 'palsu', handle: 'palsu' }).execute())
    expect(findings).toEqual([{ kind: 'inserted', table: 'scan', log: 'scans', from: 1, to: 1, id: 'palsu' }])
  })

  test('a head signed with another key', async () => {
    const stranger = await createTestCore()
    const head = { ...rows.log_head[0] } as unknown as SignedHead
    const forged = createHeadKeys(stranger.secrets).sign({ ...head, root: 'f'.repeat(64) })
    await stranger.close()
    const findings = await findingsAfter(async (work) => {
      for (const column of ['root', 'kid', 'signature'] as const) await edit(work, 'log_head', rows.log_head[0] as Row, column, forged[column])
    })
    expect(findings).toContainEqual({ kind: 'signature-wrong', table: 'log_head', log: head.log, from: head.number, to: head.number })
    expect((await verifyAudit(one.store, keys(), [toJws(forged)])).findings).toEqual([{ kind: 'signature-wrong', table: 'copy', log: head.log, from: 1, to: 1 }])
    expect((await verifyAudit(one.store, keys(), ['no head'])).findings).toEqual([{ kind: 'signature-wrong', table: 'copy', log: '?', from: 1, to: 1 }])
  })
})

describe('an end that was cut off', () => {
  const cutChain = (from: number) => async (work: Work) => {
    await work.deleteFrom('audit_detail').where('seq', '>=', from).execute()
    await work.deleteFrom('audit_entry').where('seq', '>=', from).execute()
    await work.deleteFrom('log_head').where('log', '=', 'chain').where('to_seq', '>=', from).execute()
  }
  const cutScans = (from: number) => async (work: Work) => {
    const gone = await work.deleteFrom('scan_leaf').where('server_id', '=', one.serverId).where('seq', '>=', from).returning('scan_id').execute()
    await work.deleteFrom('scan').where('id', 'in', gone.map(({ scan_id }) => scan_id)).execute()
    await work.deleteFrom('log_head').where('log', '=', scanLog(one.serverId)).where('to_seq', '>=', from).execute()
  }

  test.each(Array.from({ length: 6 }, (_, i) => i + 1))('of the chain at %i, heads and all, is found against copies of the heads', async (from) => {
    const findings = await findingsAfter(cutChain(from))
    expect(findings).toContainEqual({ kind: 'truncated', table: 'audit_entry', log: 'chain', from, to: 6 })
    expect(findings.filter(({ table, kind }) => table === 'log_head' && kind === 'truncated').length).toBeGreaterThan(0)
  })

  test.each([1, 2, 4, 6])('of a server’s scans at %i, heads and all, is found against copies of the heads', async (from) => {
    const findings = await findingsAfter(cutScans(from))
    expect(findings).toContainEqual(expect.objectContaining({ kind: 'truncated', table: 'scan_leaf', log: scanLog(one.serverId), from }))
  })

  test('is found without copies, too, where its signed head was left standing', async () => {
    const cut = await findingsAfter(async (work) => {
      await work.deleteFrom('audit_detail').where('seq', '>=', 5).execute()
      await work.deleteFrom('audit_entry').where('seq', '>=', 5).execute()
    }, [])
    expect(cut).toEqual([{ kind: 'truncated', table: 'audit_entry', log: 'chain', from: 5, to: 6 }])
  })

  test('with its heads, and no copies kept elsewhere, is what nobody can find: hence the copies', async () => {
    expect(await findingsAfter(cutChain(4), [])).toEqual([])
  })
})

test('a copied head of another history of the same log is told apart', async () => {
  const head = rows.log_head.find((row) => row['log'] === 'chain' && row['number'] === 2) as unknown as SignedHead
  const other = keys().sign({ ...head, root: sha256('another history').toString('hex') })
  const { findings } = await verifyAudit(one.store, keys(), [toJws(other)])
  expect(findings).toEqual([
    { kind: 'edited', table: 'log_head', log: 'chain', from: 2, to: 2 },
    { kind: 'edited', table: 'audit_entry', log: 'chain', from: 4, to: 6 },
  ])
  expect(headHash(other)).not.toBe(headHash(head))
})

/** What somebody who knows the algorithm does: edits an entry and hashes it, and those after it up to a place, anew. */
async function rewriteChain(work: Work, from: number, upTo: number): Promise<void> {
  const entries = await work.selectFrom('audit_entry').selectAll().where('seq', '>=', from).where('seq', '<=', upTo).orderBy('seq').execute()
  let previous = entries[0]?.previous_hash ?? ''
  for (const entry of entries) {
    const rewritten = { ...entry, previous_hash: previous, ...(entry.seq === from ? { actor_id: 'orang-lain' } : {}) }
    previous = linkHash(rewritten)
    await work.updateTable('audit_entry').set({ ...rewritten, hash: previous }).where('seq', '=', entry.seq).execute()
  }
}
