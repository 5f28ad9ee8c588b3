import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { up as first } from './0001-first.ts'
import { up as secondFactors } from './0002-second-factors.ts'
import { up as strangersAndNewFactors } from './0011-strangers-and-new-factors.ts'

const folder = mkdtempSync(join(tmpdir(), 'ikd-migration-'))
const database = new Database(join(folder, 'ikd.sqlite'))
database.pragma('foreign_keys = ON')
const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) })

afterAll(async () => {
  await db.destroy()
  rmSync(folder, { recursive: true })
})

test('an office in use goes on approving with the factors it has; what was begun without a proof is void, and a reset made before waits', async () => {
  await first(db)
  await secondFactors(db)
  database.exec(`
    insert into office (id, name, address, hours, area_codes) values ('kantor', 'Kantor', 'Jalan', '08–15', '[]');
    insert into staff (id, username, name, role, office_id, password_hash, failures_row, locked_at) values
      ('lama', 'lama', 'Lama', 'supervisor', 'kantor', '', 7, null), ('terkunci', 'terkunci', 'Terkunci', 'officer', 'kantor', '', 10, 5),
      ('reset', 'reset', 'Reset', 'officer', 'kantor', '', 0, null), ('baru', 'baru', 'Baru', 'officer', 'kantor', '', 0, null);
    insert into staff_factor (id, staff_id, kind, label, secret, last_counter, added_at, confirmed_at) values
      ('f1', 'lama', 'totp', 'Ponsel', x'00', 1, 1, 2), ('f2', 'terkunci', 'totp', 'Ponsel', x'00', 1, 1, null);
    insert into audit_entry values (1, 1, 'staff', 'admin', 'staff.factors-reset', 'reset', '', '', 'h');
    insert into sign_in_failure values ('h', '*', 50, 9, 1);
  `)
  await strangersAndNewFactors(db)
  expect(database.prepare('select id, approves_from, acknowledged_at from staff_factor').all()).toEqual([{ id: 'f1', approves_from: 0, acknowledged_at: 2 }])
  expect(database.prepare('select id, failures_row, locked_at, new_factors_wait from staff order by id').all()).toEqual([
    { id: 'baru', failures_row: 0, locked_at: null, new_factors_wait: 0 },
    { id: 'lama', failures_row: 0, locked_at: null, new_factors_wait: 1 },
    { id: 'reset', failures_row: 0, locked_at: null, new_factors_wait: 1 },
    { id: 'terkunci', failures_row: 10, locked_at: 5, new_factors_wait: 0 },
  ])
  expect(database.prepare('select * from sign_in_failure').all()).toEqual([])
})
