import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { up as first } from './0001-first.ts'
import { up as lifecycle } from './0003-lifecycle.ts'

const folder = mkdtempSync(join(tmpdir(), 'ikd-migration-'))
const database = new Database(join(folder, 'ikd.sqlite'))
database.pragma('foreign_keys = ON')
const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) })

afterAll(async () => {
  await db.destroy()
  rmSync(folder, { recursive: true })
})

// SQLite rebuilds the table of cases for this; PostgreSQL changes its constraint in place.
test('a database in use keeps its cases and all that refers to them, and takes the new kinds', async () => {
  await first(db)
  database.exec(`
    insert into office values ('kantor', 'Kantor', 'Jalan', '08–15', '[]', null);
    insert into workstation values ('loket', 'kantor', 'Loket 1', 'jkt-1', '[]', 0, null);
    insert into staff values ('petugas', 'petugas', 'Petugas', 'officer', 'kantor', null, '');
    insert into family values ('1', 'Jalan', 'RT', '3577', 'Desa', 'Kec', 'Kota', 'Prov', '63100');
    insert into resident values ('warga', '3577025204980003', 'SITI', 'MADIUN', '1998-04-12', 'female', null, 'Islam', 'single', 'Guru', 'WNI', '1', 'head', 1, 1, 1);
    insert into registration values ('ponsel', 'jkt-2', '{}', '3577025204980003', 'lama@contoh.id', '+62811', 'ABCD-2345', '1', 0, 0);
    insert into desk_case (id, kind, state, version, office_id, workstation_id, officer_id, resident_id, registration_id, eligibility, opened_at, closed_at, confirmation_tries)
      values ('kasus', 'activation', 'completed', 3, 'kantor', 'loket', 'petugas', 'warga', 'ponsel', '[]', 1, 2, 0);
    insert into capture values ('foto', 'kasus', 'warga', 1, 2, null, null, null, '[]', null, 0, 0, null);
    insert into outbox values ('surat', 'activation', 'kasus', null, 'accepted', 1, 1, null, null, 1, 1, 2);
    insert into activation values ('aktivasi', 'kasus', 'ponsel', 'warga', 1, 2, 'benar@contoh.id', 'x', 'y', 0, 0, 'surat', null, null, null, 1);
    insert into binding values ('ikatan', 'warga', 'ponsel', 'kasus', 'jkt-2', 'active', '', 0, 0, 0, null, 1, null);
  `)
  await lifecycle(db as unknown as Parameters<typeof lifecycle>[0])

  expect(database.prepare('select id, version, binding_id, block_reason from desk_case').all()).toEqual([{ id: 'kasus', version: 3, binding_id: null, block_reason: null }])
  for (const table of ['capture', 'outbox', 'activation', 'binding']) expect(database.prepare(`select case_id from ${table}`).all()).toEqual([{ case_id: 'kasus' }])
  expect(database.pragma('foreign_key_check')).toEqual([])
  expect(database.pragma('foreign_keys', { simple: true })).toBe(1)
  expect(() => database.exec(`delete from desk_case`)).toThrow(/FOREIGN KEY/)

  const openCase = (kind: string, id: string) =>
    database.exec(`insert into desk_case (id, kind, state, version, office_id, workstation_id, officer_id, registration_id, eligibility, opened_at, confirmation_tries)
      values ('${id}', '${kind}', 'awaiting-reason', 1, 'kantor', 'loket', 'petugas', 'ponsel', '[]', 1, 0)`)
  openCase('block', 'blokir')
  expect(() => openCase('party', 'pesta')).toThrow(/CHECK/)
  // The indexes came along: one phone stands at one desk.
  expect(() => openCase('unblock', 'kedua')).toThrow(/UNIQUE/)

  const { receipt_code: receipt, email } = database.prepare('select receipt_code, email from registration').get() as { receipt_code: string; email: string }
  expect(receipt).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
  expect(email).toBe('benar@contoh.id')
})
