// npm run keys -- [list | rotate] [--at-once] [--data DIR]: the keys that access tokens are signed with. `rotate` adds one that
// signs in five minutes; running servers notice by themselves, and nobody is signed out. `--at-once` is for a key somebody else
// may know: it is gone, and every token with it; phones and desks get new ones by themselves or ask to sign in again.
import { livingKeys, openSecrets, rotateTokenKeys, signingKey } from '@ikd/server'
import { loadConfigOf } from './audit/data-folder.ts'
import { keys as command } from './command-line/commands.mjs'
import { orEnd, readCommandLine, refusal } from './command-line/read.mjs'

const { values, words } = readCommandLine(command)
const rotates = words[0] === 'rotate'
orEnd(() => {
  // It would be taken for done.
  if (values['at-once'] && !rotates) throw refusal(command, { id: '--at-once hanya untuk rotate', en: '--at-once belongs to rotate' })
})
const config = loadConfigOf(values.data)
const now = Date.now()
if (rotates) rotateTokenKeys(config, now, values['at-once'] ? 'at-once' : 'gently')
const keys = openSecrets(config).tokenKeys()
const present = signingKey(keys, now)
for (const key of livingKeys(keys, now)) {
  const role = key === present ? 'signs' : key.from > now ? `signs from ${new Date(key.from).toISOString()}` : 'verifies what it signed'
  console.log(`${key.kid}  ${role}`)
}
