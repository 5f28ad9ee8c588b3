// npm run systems -- [list | revoke CLIENT_ID] [--data DIR]: the programs of institutions that scan by themselves. They are registered
// with their keys by an import; one that is revoked is dead at its next request, and gets no token again.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { listInstitutionSystems, loadConfig, revokeInstitutionSystem } from '@ikd/server'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' } } })
const config = loadConfig({ ...process.env, ...(values.data && { IKD_DATA: resolve(process.env['INIT_CWD'] ?? '.', values.data) }) })
const [command = 'list', clientId, ...more] = positionals
const isUsable = more.length === 0 && (command === 'list' ? clientId === undefined : command === 'revoke' && clientId !== undefined)
if (!isUsable) {
  console.error('npm run systems -- [list | revoke CLIENT_ID] [--data DIR]')
  process.exit(2)
}
if (clientId !== undefined && !(await revokeInstitutionSystem(config, clientId))) {
  console.error(`${clientId}: no such system, or revoked before · tidak ada, atau sudah dicabut`)
  process.exit(1)
}
for (const system of await listInstitutionSystems(config)) {
  console.log(`${system.clientId}  ${system.institution}  ${system.name}  ${system.revokedAt === null ? 'active' : `revoked ${new Date(system.revokedAt).toISOString()}`}`)
}
