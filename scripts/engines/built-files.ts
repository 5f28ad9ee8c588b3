import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Engines } from './compat-data.ts'
import { checkMarkup, oddSizes } from './markup-check.ts'
import { checkUses } from './script-check.ts'
import { readScript, type ScriptUses } from './script-uses.ts'
import { checkStyles } from './style-check.ts'

export interface Finding {
  /** Name of the built file, without its folder. */
  readonly file: string
  readonly feature: string
  readonly missing: readonly string[]
}

export interface Report {
  readonly files: readonly string[]
  readonly findings: readonly Finding[]
  /** Sizes in attributes of SVG pictures that WebKit logs as errors. */
  readonly oddSizes: readonly string[]
  /** How many templates of Lit were read as styles and as markup. */
  readonly templates: { readonly styles: number; readonly markup: number }
}

/** Everything a built front end asks of its engine, looked up; throws the parser's SyntaxError for what is newer than ES2022. */
export function checkBuilt(folder: string, engines: Engines): Report {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(js|css|html)$/.test(name))
  const text = new Map(files.map((name) => [basename(name), readFileSync(join(folder, name), 'utf8')]))
  const scripts = new Map([...text].filter(([name]) => name.endsWith('.js')).map(([name, code]) => [name, readBuilt(name, code)]))
  const own = new Set([...scripts.values()].flatMap((script) => [...script.own]))
  const findings: Finding[] = []
  const odd: string[] = []
  const templates = { styles: 0, markup: 0 }
  const add = (file: string, found: readonly Omit<Finding, 'file'>[]) => findings.push(...found.map(({ feature, missing }) => ({ file, feature, missing })))

  for (const [file, script] of scripts) {
    add(file, checkUses(script.uses, own, engines))
    for (const { text: template } of script.templates) {
      if (/<[a-z/]/.test(template)) {
        templates.markup += 1
        add(file, checkMarkup(template, engines))
        odd.push(...oddSizes(template).map((size) => `${file}: ${size}`))
      } else if (/\{[^}]*:[^}]*\}/.test(template)) {
        templates.styles += 1
        add(file, checkStyles(template, engines))
      }
    }
  }
  for (const [file, content] of text) {
    if (file.endsWith('.css')) add(file, checkStyles(content, engines))
    if (file.endsWith('.html')) add(file, checkMarkup(content, engines))
  }
  return { files: [...text.keys()], findings: unique(findings), oddSizes: odd, templates }
}

function readBuilt(name: string, code: string): ScriptUses {
  try {
    // Told of in ES5 are those whose browser knows no more.
    if (name.startsWith('browser-check')) return readScript(code, 'script', 5)
    return readScript(code, 'module', 2022)
  } catch (cause) {
    throw new Error(`${name} cannot be read by the floor's engines`, { cause })
  }
}

function unique(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((each) => [`${each.file} ${each.feature}`, each])).values()]
}
