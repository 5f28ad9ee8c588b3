import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { SetupFailure } from './failure.mjs'
import { run } from './run.mjs'
import { fingerprint } from './stamp.mjs'

const shared = ['package-lock.json', 'tsconfig.base.json', 'server/contract/src', 'server/client/src', 'resident-pwa/ui/src', 'resident-pwa/ui/engines', 'resident-pwa/ui/package.json']

/**
 * The programs that are built before they can be served: where they stand, what they are made of, what proves that they were built.
 *
 * @type {readonly { name: string, folder: string, sources: readonly string[], configs: readonly string[], built: string }[]}
 */
export const frontEnds = [
  {
    name: 'resident-pwa',
    folder: 'resident-pwa',
    sources: [...shared, 'resident-pwa'],
    configs: ['vite.config.ts'],
    built: 'resident-pwa/dist/index.html',
  },
  {
    name: 'counter-app',
    folder: 'counter-app',
    sources: [...shared, 'models/src', 'models/package.json', 'counter-app'],
    // The renderer, then Electron's main and preload, which the tests run under a double.
    configs: ['vite.config.ts', 'vite.main.config.ts', 'vite.preload.config.ts'],
    built: 'counter-app/.vite/build/preload.cjs',
  },
]

/**
 * @param {string} root
 * @param {typeof frontEnds[number]} frontEnd
 * @param {string | undefined} stamp fingerprint of the sources it was last built from
 */
export function isBuilt(root, frontEnd, stamp) {
  return existsSync(join(root, frontEnd.built)) && stamp === fingerprint(root, frontEnd.sources)
}

/**
 * @param {string} root
 * @param {typeof frontEnds[number]} frontEnd
 * @param {string} node the Node to build with
 */
export async function build(root, frontEnd, node) {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  for (const config of frontEnd.configs) {
    const { code, output } = await run(node, [vite, 'build', '--config', config, '--logLevel', 'warn'], {
      cwd: join(root, frontEnd.folder),
      label: frontEnd.name,
    })
    if (code !== 0) throw buildFailure(frontEnd.name, output)
  }
  if (!existsSync(join(root, frontEnd.built))) throw buildFailure(frontEnd.name, `${frontEnd.built} is missing`)
}

/**
 * @param {string} name
 * @param {string} output
 */
function buildFailure(name, output) {
  return new SetupFailure(
    {
      id: `${name} tidak dapat dibangun: pesan pembangun ada di bawah.`,
      en: `${name} could not be built: the builder’s message stands below.`,
    },
    output.trim().split('\n').slice(-40).join('\n'),
  )
}
