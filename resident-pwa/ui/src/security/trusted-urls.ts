/**
 * Under `require-trusted-types-for 'script'` the sinks that load code (`new Worker`, `serviceWorker.register`) take no plain
 * strings. This is the only policy of ours (`trusted-types ikd`); it lets through what our own origin serves, nothing else.
 */
interface UrlPolicy {
  createScriptURL(url: string): unknown
}

interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): UrlPolicy
}

let policy: UrlPolicy | undefined

/**
 * For `new Worker(trustedWorkerUrl(url), { type: 'module' })`. Where the browser knows Trusted Types this is a
 * TrustedScriptURL, else the plain address; it is typed as a string, as the DOM's typings want it.
 *
 * Throws a TypeError for an address of another origin.
 */
export function trustedWorkerUrl(url: URL): string {
  return trusted(url.href)
}

/** For `navigator.serviceWorker.register(trustedScriptUrl('/service-worker.js'))`: a path is taken from the page's own address. */
export function trustedScriptUrl(path: string): string {
  return trusted(new URL(path, location.href).href)
}

function trusted(address: string): string {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes
  if (!factory) return sameOriginOnly(address)
  policy ??= factory.createPolicy('ikd', { createScriptURL: sameOriginOnly })
  return policy.createScriptURL(address) as string
}

function sameOriginOnly(address: string): string {
  const url = new URL(address)
  // Scheme and host rather than `origin`, which is "null" for schemes of our own such as `ikd:`.
  if (url.protocol === location.protocol && url.host === location.host && url.host !== '') return address
  throw new TypeError('code of another origin')
}
