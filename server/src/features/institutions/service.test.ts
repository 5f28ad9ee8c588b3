import { afterEach, beforeEach, expect, it } from 'vitest'
import { createTestCore, type TestCore } from '../../testing/core.ts'
import { createTestRows } from '../../testing/rows.ts'
import { createInstitutionsService } from './service.ts'

let core: TestCore
beforeEach(async () => {
  core = await createTestCore()
})
afterEach(() => core.close())

it('lists institutions by name with the fields and purposes each registered, and gets one by its id', async () => {
  const rows = createTestRows(core)
  const hospital = await rows.institution('RS Uji', ['photo', 'name', 'bloodType'], ['Pendaftaran pasien'])
  const bank = await rows.institution('Bank Uji', ['photo', 'name'])
  const institutions = createInstitutionsService()
  expect(await institutions.list(core.store)).toEqual([
    { ...bank, fields: ['photo', 'name'], purposes: ['Buka rekening'] },
    { ...hospital, fields: ['photo', 'name', 'bloodType'], purposes: ['Pendaftaran pasien'] },
  ])
  expect(await institutions.get(core.store, hospital.id)).toEqual({ ...hospital, fields: ['photo', 'name', 'bloodType'], purposes: ['Pendaftaran pasien'] })
})
