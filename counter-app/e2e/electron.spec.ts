import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, expect, test } from '@playwright/test'
import { findElectron } from '../../scripts/journeys/stage/desk-host.ts'
import { signIn } from './support/desk.ts'
import { population } from './support/population.ts'
import { startService } from './support/service.ts'

const root = resolve(import.meta.dirname, '../..')
const nobody = { ratna: new Uint8Array(), dewi: new Uint8Array(), bayu: new Uint8Array() }

const executablePath = findElectron()

test('the real Electron starts, enrols and signs in', async () => {
  test.skip(executablePath === undefined, 'Electron’s binary is not on this machine (it is fetched on first use, which a closed network forbids); the same code ran under the double')
  const enrolmentCode = 'LOKET-ELEKTRON-2'
  const service = await startService(population(nobody, [enrolmentCode]))
  const userData = mkdtempSync(join(tmpdir(), 'ikd-electron-'))
  const app = await _electron.launch({
    executablePath: executablePath as string,
    args: [root, `--user-data-dir=${userData}`, `--server=${service.serverUrl}`, `--enrol=${enrolmentCode}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  })
  const page = await app.firstWindow()
  expect(page.url()).toBe('ikd://counter/')
  await page.getByRole('button', { name: 'Daftarkan' }).click()
  await signIn(page, service)
  await expect(page.getByText('Tersambung')).toBeVisible()
  await app.close()
  await service.stop()
  rmSync(userData, { recursive: true, force: true })
})
