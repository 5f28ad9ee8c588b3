/**
 * Text from outside as one line. Control characters could end a header or a line, and PostgreSQL keeps no U+0000;
 * bidirectional controls (UAX #9) and invisible ones could make the text after it read as something else.
 */
export function onePlainLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replace(/[\p{Cf}\p{Cs}\p{Co}]/gu, '').replace(/\s+/g, ' ').trim()
}

/** The same for every text within; what stands under one of the names in `verbatim` stays as it is. */
export function inPlainLines<T>(value: T, verbatim: ReadonlySet<string>): T {
  if (typeof value === 'string') return onePlainLine(value) as T
  if (Array.isArray(value)) return value.map((item: unknown) => inPlainLines(item, verbatim)) as T
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, verbatim.has(name) ? member : inPlainLines<unknown>(member, verbatim)])) as T
}
