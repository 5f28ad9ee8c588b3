import type { Route } from '@ikd/contract'

/** What a call is made of, once its types have been checked at the call site. */
export interface CallParts {
  readonly params?: unknown
  readonly query?: unknown
  readonly body?: unknown
}

/** Every `:name` of the path is filled from `params`; a missing one is a programming error. */
export function routeUrl(baseUrl: string, route: Route, parts: CallParts): string {
  const params = members(parts.params)
  const path = route.path.replaceAll(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = params.get(name)
    if (value === undefined) throw new TypeError(`${route.id}: parameter ${name} is missing`)
    return encodeURIComponent(value)
  })
  const query = new URLSearchParams([...members(parts.query)])
  const asked = query.toString()
  return baseUrl.replace(/\/+$/, '') + path + (asked === '' ? '' : `?${asked}`)
}

function members(value: unknown): Map<string, string> {
  const entries = Object.entries((value ?? {}) as Record<string, unknown>)
  return new Map(entries.filter(([, member]) => member !== undefined).map(([name, member]) => [name, String(member)]))
}

export function needsProof(route: Route): boolean {
  return !route.access.includes('public')
}

export function needsIdempotencyKey(route: Route): boolean {
  return route.method !== 'GET' && route.repeatable === undefined
}
