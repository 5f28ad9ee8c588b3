// npm start: brings up the whole demo on this machine and says where everything is. See --help.
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { start as command } from './command-line/commands.mjs'
import { helpText } from './command-line/help.mjs'
import { CommandLineFailure } from './command-line/read.mjs'
import type { DemoFacts } from './demo/seed.ts'
import { nextEnrolmentCode, startedBlock } from './start/block.ts'
import { createChildren, type Death } from './start/children.ts'
import { ensureElectron } from './start/electron.ts'
import { StartFailure } from './start/failure.ts'
import { type Flags, parseFlags } from './start/flags.ts'
import { type Folder, openFolder } from './start/folder.ts'
import { lockFolder } from './start/lock.ts'
import { checkPorts, portsFrom } from './start/ports.ts'
import { checkReach, isLoopback } from './start/reach.ts'
import { checkSecondFactors } from './start/second-factors.ts'
import { serverEnvironment, startCounter, startStack, waitForHealth } from './start/stack.ts'

const began = performance.now()
const root = fileURLToPath(new URL('..', import.meta.url))
const children = createChildren((line) => console.log(line))
const say = (line: string) => console.log(`  ${line}`)

let unlock = (): void => {}
let stopping: Promise<void> | undefined
function stop(exitCode: number): void {
  stopping ??= children.stop().then(() => {
    unlock()
    process.exit(exitCode)
  })
}
process.on('SIGINT', () => stop(0))
process.on('SIGTERM', () => stop(0))
process.on('SIGHUP', () => stop(0))

async function start(flags: Flags): Promise<void> {
  const folder = await openFolder(flags.data)
  unlock = lockFolder(folder.path, flags.port)
  const ports = portsFrom(flags.port)
  await checkPorts(ports)
  if (flags.reset) await folder.wipe()
  const electron = flags.counter ? ensureElectron(say) : Promise.resolve('not-wanted' as const)

  const facts = await prepareFacts(folder, flags)
  const serverUrl = `http://localhost:${ports.server}`
  const authenticators = facts.staff.flatMap(({ username, totpSecret }) => (totpSecret === undefined ? [] : [{ username, secret: totpSecret }]))
  const options = { ports, dataFolder: folder.path, agencyToken: facts.agencyToken, authenticators }
  const death = startStack(children, options)
  void death.then(endWithAll)
  await Promise.race([waitForHealth(serverUrl), death])
  if (stopping) return

  let counter: Parameters<typeof startedBlock>[0]['counter'] = await electron.then((found) => (found === 'ready' ? 'electron' : found))
  if (counter === 'electron') {
    if (existsSync(new URL('../forge.config.ts', import.meta.url))) void startCounter(children, { serverUrl, enrolmentCode: nextEnrolmentCode(facts) }).then(counterClosed(ports.counter))
    else counter = 'failed'
  }
  console.log(startedBlock({ ports, facts, dataFolder: folder.path, counter, camera: findCamera(), seconds: (performance.now() - began) / 1000 }))
  await folder.writeFacts({ ...facts, starts: facts.starts + 1 })
}

async function prepareFacts(folder: Folder, flags: Flags): Promise<DemoFacts> {
  const known = await folder.readFacts()
  const env = serverEnvironment({ ports: portsFrom(flags.port), dataFolder: folder.path, agencyToken: '' })
  if (known) checkSecondFactors(known)
  if (known) checkReach(known, env['IKD_HOST'] ?? '')
  if (known && !flags.photo) return known
  // Loaded only when there is something to write: server, face models and region data take their time.
  const [{ loadConfig }, { seedDemo }, { addOwnPhoto }] = await Promise.all([import('@ikd/server'), import('./demo/seed.ts'), import('./start/photo.ts')])
  let facts = known
  if (!facts) {
    console.log('Mengisi data demo · Seeding the demo')
    // What an interrupted seed has left is no base to go on from.
    await folder.wipe()
    const config = loadConfig(env)
    facts = await seedDemo({ config, now: Date.now(), knownPasswords: isLoopback(config.host), say })
    await folder.writeFacts(facts)
  }
  if (flags.photo) {
    facts = await addOwnPhoto(loadConfig(env), facts, flags.photo)
    await folder.writeFacts(facts)
    console.log(`Warga demo baru · New demo resident: NIK ${facts.residents[0]?.nik} ${facts.residents[0]?.name}`)
  }
  return facts
}

function endWithAll({ name, how }: Death): void {
  if (stopping) return
  console.error(`\n${name} berhenti (${how}); semuanya diakhiri. · ${name} has ended (${how}); everything is being ended.`)
  stop(1)
}

function counterClosed(port: number) {
  return () => {
    if (!stopping) console.log(`Loket ditutup; lainnya tetap berjalan: http://localhost:${port}/ · The counter was closed; the rest goes on.`)
  }
}

/** Only Linux shows its cameras as files; elsewhere the counter itself will say. */
function findCamera(): 'there' | 'missing' | 'unknown' {
  if (process.platform !== 'linux') return 'unknown'
  return readdirSync('/dev').some((name) => /^video\d+$/.test(name)) ? 'there' : 'missing'
}

try {
  const flags = parseFlags(process.argv.slice(2), root)
  if (flags === 'help') console.log(helpText(command))
  else await start(flags)
} catch (error) {
  if (error instanceof StartFailure || error instanceof CommandLineFailure) console.error(`\n${error.sentence.id}\n${error.sentence.en}`)
  else console.error(error)
  stop(error instanceof CommandLineFailure ? 2 : 1)
}
