#!/usr/bin/env node
// Brings a clone into the state that every other command needs. Plain JavaScript for any Node from 18.3 on, without
// dependencies: it runs before there are any. What is done already costs a few hashes, never a start of npm.
//
//   node scripts/setup.mjs [--browser] [--postgres] [--engines] [--then SCRIPT -- ARGUMENTS]     see --help
import { spawnSync } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commands, setup } from './command-line/commands.mjs'
import { orEnd, readCommandLine, refusal } from './command-line/read.mjs'
import { canAskApt } from './setup/apt.mjs'
import { findChromium, installChromium } from './setup/browser.mjs'
import {
  dependenciesInstalled, findOwnNode, installDependencies, isInside, lockFingerprint, repairOwnNode,
} from './setup/dependencies.mjs'
import { findFirefox, findWebKit, installEngines } from './setup/engines.mjs'
import { SetupFailure } from './setup/failure.mjs'
import { build, frontEnds, isBuilt } from './setup/front-ends.mjs'
import { goOn } from './setup/go-on.mjs'
import { whenOrphaned } from './setup/parent.mjs'
import { findPostgres, installPostgres } from './setup/postgres.mjs'
import { endRunning, since } from './setup/run.mjs'
import { fingerprint, openStamps } from './setup/stamp.mjs'

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '')

const end = process.argv.indexOf('--')
const { values } = readCommandLine(setup, process.argv.slice(2, end < 0 ? undefined : end))
const rest = end < 0 ? [] : process.argv.slice(end + 1)
orEnd(() => {
  if (rest.length > 0 && values.then === undefined) throw refusal(setup, { id: 'Argumen sesudah -- memerlukan --then', en: 'Arguments after -- belong to --then' })
})
// Asked for help, or for what it does not know, the next one need not be set up to say so.
const next = commands.find(({ script }) => script === values.then)
if (next !== undefined) readCommandLine(next, rest)

/** @type {(signal: 'SIGINT' | 'SIGTERM') => void} */
let stop = (signal) => {
  endRunning()
  process.exit(128 + constants.signals[signal])
}
process.on('SIGINT', () => stop('SIGINT'))
process.on('SIGTERM', () => stop('SIGTERM'))
whenOrphaned(() => stop('SIGTERM'))

async function setUp() {
  const began = Date.now()
  const stamps = openStamps(root)
  let worked = false
  /**
   * @param {string} label
   * @param {() => Promise<unknown>} work
   */
  const step = async (label, work) => {
    if (!worked) console.log('Menyiapkan · Setting up')
    worked = true
    const at = Date.now()
    console.log(`  ${label} …`)
    await work()
    console.log(`  ${label} ✓ ${since(at)}`)
  }

  if (!dependenciesInstalled(root, stamps.find('dependencies'))) {
    refuseToReplaceItself()
    await step('Ketergantungan · Dependencies (npm ci)', () => installDependencies(root))
  }
  const lock = lockFingerprint(root)
  if (stamps.find('dependencies') !== lock) stamps.set('dependencies', lock)

  let node = findOwnNode(root)
  if (node === undefined) {
    await step('Node 24', async () => {
      node = await repairOwnNode(root)
    })
  }
  const runner = node ?? process.execPath

  verifyFaceModels(runner)

  const stale = frontEnds.filter((frontEnd) => !isBuilt(root, frontEnd, stamps.find(frontEnd.name)))
  for (const frontEnd of stale) {
    const sources = fingerprint(root, frontEnd.sources)
    await step(frontEnd.name, () => build(root, frontEnd, runner))
    stamps.set(frontEnd.name, sources)
  }

  if (values.browser && findChromium() === undefined) {
    await step('Chromium', () => installChromium(root, runner))
  }
  if (values.postgres && findPostgres() === undefined && canAskApt()) {
    await step('PostgreSQL', () => installPostgres(root))
  }
  if (values.engines && canAskApt() && (findFirefox() === undefined || findWebKit() === undefined)) {
    await step('WebKitGTK, Firefox', () => installEngines(root))
  }
  if (worked) console.log(`  Siap · Ready: ${since(began)}`)
  return runner
}

/** An install deletes the Node inside `node_modules`; Windows cannot delete a program that runs. */
function refuseToReplaceItself() {
  if (process.platform !== 'win32' || !isInside(root, process.execPath)) return
  throw new SetupFailure({
    id: 'Ketergantungan berubah: jalankan npm ci, lalu perintah ini lagi.',
    en: 'The dependencies have changed: run npm ci, then this command again.',
  })
}

/**
 * Every time, not once: a weight that changed on disk changes who is recognised.
 *
 * @param {string} node
 */
function verifyFaceModels(node) {
  const { status, stdout, stderr } = spawnSync(node, [join(root, 'models', 'verify.mjs')], { cwd: root, encoding: 'utf8' })
  if (status === 0) return
  throw new SetupFailure(
    {
      id: 'Model wajah tidak sama dengan yang tercatat: hapus folder node_modules lalu jalankan lagi.',
      en: 'The face models are not the ones on record: delete node_modules and run this again.',
    },
    `${stdout}${stderr}`,
  )
}

try {
  const node = await setUp()
  if (values.then !== undefined) {
    const { ended, end } = goOn(root, node, values.then, rest)
    stop = end
    process.exitCode = await ended
  }
} catch (error) {
  if (!(error instanceof SetupFailure)) throw error
  if (error.details) console.error(`\n${error.details}`)
  console.error(`\n${error.sentence.id}\n${error.sentence.en}`)
  process.exitCode = 1
}
