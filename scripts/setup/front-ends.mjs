import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { SetupFailure } from './failure.mjs'
import { run } from './run.mjs'
import { fingerprint } from './stamp.mjs'

const shared = ['package-lock.json', 'tsconfig.base.json', 'server/contract/src', 'server/client/src', 'resident-pwa/ui/src']

/**
 * The programs that are built before they can be served: where they stand, what they are made of, what proves that they were built.
 *
 * @type {readonly { name: string, folder: string, sources: readonly string[], built: string }[]}
 */
export const frontEnds = [
  {
    name: 'resident-pwa',
    folder: 'resident-pwa',
    sources: [...shared, 'resident-pwa'],
    built: 'resident-pwa/dist/index.html',
  },
  {
    name: 'counter-app',
    folder: 'counter-app',
    sources: [...shared, 'models/src', 'models/package.json', 'counter-app'],
    built: 'counter-app/dist/index.html',
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
  const { code, output } = await run(node, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(root, frontEnd.folder),
    label: frontEnd.name,
  })
  if (code !== 0 || !existsSync(join(root, frontEnd.built))) {
    throw new SetupFailure(
      {
        id: `${frontEnd.name} tidak dapat dibangun: pesan pembangun ada di bawah.`,
        en: `${frontEnd.name} could not be built: the builder’s message stands below.`,
      },
      output.trim().split('\n').slice(-40).join('\n'),
    )
  }
}
