#!/usr/bin/env node
// Brings a clone into the state that every other command needs. Plain JavaScript for any Node from 18 on, without
// dependencies: it runs before there are any. What is done already costs a few hashes, never a start of npm.
//
//   node scripts/setup.mjs [--browser]     --browser: a Chromium for the journeys too
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium, installChromium } from './setup/browser.mjs'
import {
  dependenciesInstalled, findOutsideNode, findOwnNode, installDependencies, isInside, lockFingerprint, repairOwnNode,
} from './setup/dependencies.mjs'
import { SetupFailure } from './setup/failure.mjs'
import { build, frontEnds, isBuilt } from './setup/front-ends.mjs'
import { since } from './setup/run.mjs'
import { fingerprint, openStamps } from './setup/stamp.mjs'

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '')

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
    handOverIfInside()
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

  if (process.argv.includes('--browser') && findChromium() === undefined) {
    await step('Chromium', () => installChromium(root, runner))
  }
  if (worked) console.log(`  Siap · Ready: ${since(began)}`)
}

/**
 * An install deletes the Node inside `node_modules`. Where that is the one running this (after an earlier `npm ci`, npm scripts
 * find it first), another must do the work: Windows cannot delete a program that runs.
 */
function handOverIfInside() {
  if (!isInside(root, process.execPath)) return
  const outside = findOutsideNode(root)
  if (outside === undefined) return
  const { status } = spawnSync(outside, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  process.exit(status ?? 1)
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
  await setUp()
} catch (error) {
  if (!(error instanceof SetupFailure)) throw error
  if (error.details) console.error(`\n${error.details}`)
  console.error(`\n${error.sentence.id}\n${error.sentence.en}`)
  process.exitCode = 1
}
