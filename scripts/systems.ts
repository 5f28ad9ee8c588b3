// npm run systems -- [list | revoke CLIENT_ID] [--data DIR]: the programs of institutions that scan by themselves. They are registered
// with their keys by an import; one that is revoked is dead at its next request, and gets no token again.
import { listInstitutionSystems, revokeInstitutionSystem } from '@ikd/server'
import { loadConfigOf } from './audit/data-folder.ts'
import { systems } from './command-line/commands.mjs'
import { readCommandLine } from './command-line/read.mjs'

const { values, words } = readCommandLine(systems)
const config = loadConfigOf(values.data)
const [, clientId] = words
if (clientId !== undefined && !(await revokeInstitutionSystem(config, clientId))) {
  console.error(`${clientId}: no such system, or revoked before · tidak ada, atau sudah dicabut`)
  process.exit(1)
}
for (const system of await listInstitutionSystems(config)) {
  console.log(`${system.clientId}  ${system.institution}  ${system.name}  ${system.revokedAt === null ? 'active' : `revoked ${new Date(system.revokedAt).toISOString()}`}`)
}
