// npm run keys -- [list | rotate] [--at-once] [--data DIR]: the keys that access tokens are signed with. `rotate` adds one that
// signs in five minutes; running servers notice by themselves, and nobody is signed out. `--at-once` is for a key somebody else
// may know: it is gone, and every token with it; phones and desks get new ones by themselves or ask to sign in again.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { livingKeys, loadConfig, openSecrets, rotateTokenKeys, signingKey } from '@ikd/server'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' }, 'at-once': { type: 'boolean' } } })
const config = loadConfig({ ...process.env, ...(values.data && { IKD_DATA: resolve(process.env['INIT_CWD'] ?? '.', values.data) }) })
const [command = 'list', ...more] = positionals
const now = Date.now()
if (!['list', 'rotate'].includes(command) || more.length > 0) {
  console.error('npm run keys -- [list | rotate] [--at-once] [--data DIR]')
  process.exit(2)
}
if (command === 'rotate') rotateTokenKeys(config, now, values['at-once'] ? 'at-once' : 'gently')
const keys = openSecrets(config).tokenKeys()
const present = signingKey(keys, now)
for (const key of livingKeys(keys, now)) {
  const role = key === present ? 'signs' : key.from > now ? `signs from ${new Date(key.from).toISOString()}` : 'verifies what it signed'
  console.log(`${key.kid}  ${role}`)
}
