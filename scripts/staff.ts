// npm run staff -- readmit USERNAME [--data DIR]: for somebody whom no admin of the office can help, such as its only admin. Opens
// the account's lock, takes its second factors and sessions away, and prints a one-time setup code, good for a day.
import { parseArgs } from 'node:util'
import { readmitStaff } from '@ikd/server'
import { loadConfigOf } from './audit/data-folder.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' } } })
const [command, username, ...more] = positionals
if (command !== 'readmit' || username === undefined || more.length > 0) {
  console.error('npm run staff -- readmit USERNAME [--data DIR]')
  process.exit(2)
}
const { code, expiresAt } = await readmitStaff(loadConfigOf(values.data), username)
console.log(`Kode pemasangan sekali pakai · One-time setup code: ${code}`)
console.log(`Berlaku sampai · Good until: ${new Date(expiresAt).toISOString()}`)
