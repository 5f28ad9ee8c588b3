import { type Engines, missingIn, statementAt } from './compat-data.ts'
import type { TooNew } from './script-check.ts'

/** Elements and attributes in a page or a template that the floor does not have everywhere. */
export function checkMarkup(text: string, engines: Engines): TooNew[] {
  return [...text.matchAll(/<([a-z][a-z0-9]*)((?:\s+[^\s"'<>=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?)*)\s*\/?>/g)].flatMap(([, element, attributes], i) => {
    const names = [...(attributes as string).matchAll(/(?:^|\s)([.?@]?)([a-z-]+)(?=\s*=|\s|$)/g)].flatMap(([, sign, name]) => (sign === '.' || sign === '@' ? [] : [name as string]))
    const paths = [['html', 'elements', element as string], ...names.flatMap((name) => [['html', 'elements', element as string, name], ['html', 'global_attributes', name]])]
    return paths.flatMap((path) => {
      const statement = statementAt(...path)
      const missing = statement ? missingIn(statement, engines) : []
      return missing.length > 0 ? [{ feature: path.join('.'), missing, line: i }] : []
    })
  })
}

/**
 * Sizes of SVG pictures that not every engine takes in an attribute: WebKit knows numbers, pixels and percentages there, and logs an
 * error for the rest. Others belong in the style sheet.
 */
export function oddSizes(text: string): string[] {
  return [...text.matchAll(/<svg\b[^>]*>/g)].flatMap(([tag]) => [...tag.matchAll(/\s(?:width|height)\s*=\s*"?([\d.]+(?!px|%)[a-z]+)/g)].map(([size]) => size.trim()))
}
