// npm run grants -- [--print]: gives the role that the service runs as (IKD_DATABASE) its rights on PostgreSQL, as the owner of
// the schema (IKD_DATABASE_OWNER), after bringing the schema up to date. A server that knows its owner's address does the same
// at its start; this is for those that shall not know it.
//   --print   shows the statements for the schema brought up to date, and gives no rights
import { grantService, grantStatements, loadConfig, openStore } from '@ikd/server'
import { grants } from './command-line/commands.mjs'
import { readCommandLine } from './command-line/read.mjs'

const { values } = readCommandLine(grants)
const { database, databaseOwner } = loadConfig(process.env)
if (!database.startsWith('postgres') || databaseOwner === undefined) {
  console.error('IKD_DATABASE=postgres://PERAN@… (peran layanan) dan IKD_DATABASE_OWNER=postgres://PEMILIK@… diperlukan.')
  console.error('IKD_DATABASE=postgres://ROLE@… (the service’s role) and IKD_DATABASE_OWNER=postgres://OWNER@… are needed.')
  process.exit(1)
}
const role = decodeURIComponent(new URL(database).username)
const owned = await openStore(databaseOwner)
try {
  for (const statement of await grantStatements(owned, role)) console.log(`${statement};`)
  if (!values.print) {
    await grantService(owned, role)
    console.log(`\nPeran ${role} siap. · The role ${role} is ready.`)
  }
} finally {
  await owned.destroy()
}
