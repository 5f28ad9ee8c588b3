// npm run staff -- readmit USERNAME [--data DIR]: for somebody whom no admin of the office can help, such as its only admin. Opens
// the account's lock, takes its second factors and sessions away, and prints a one-time setup code, good for a day.
import { readmitStaff } from '@ikd/server'
import { loadConfigOf } from './audit/data-folder.ts'
import { staff } from './command-line/commands.mjs'
import { readCommandLine } from './command-line/read.mjs'

const { values, words } = readCommandLine(staff)
const [, username = ''] = words
const { code, expiresAt } = await readmitStaff(loadConfigOf(values.data), username)
console.log(`Kode pemasangan sekali pakai · One-time setup code: ${code}`)
console.log(`Berlaku sampai · Good until: ${new Date(expiresAt).toISOString()}`)
