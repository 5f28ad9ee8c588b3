import { findFirefox, findWebKit } from '../../setup/engines.mjs'
import type { EngineName } from './engine.ts'

/** Why the story cannot be told in an engine here, in both languages; undefined when it can. */
export function whyMissing(name: EngineName): string | undefined {
  const how = (id: string, en: string) => `${id}: pasang dengan node scripts/setup.mjs --engines. · ${en}: install it with node scripts/setup.mjs --engines.`
  switch (name) {
    case 'chromium':
      // Nothing at all is tested without it.
      return undefined
    case 'firefox':
      return findFirefox() === undefined ? how('Firefox tidak ada di sini, ceritanya dilewati', 'There is no Firefox here, the story is skipped in it') : undefined
    case 'webkit':
      return findWebKit() === undefined ? how('WebKitGTK tidak ada di sini, ceritanya dilewati', 'There is no WebKitGTK here, the story is skipped in it') : undefined
  }
}
