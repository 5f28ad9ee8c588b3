/**
 * Stands in for `typebox` in the browser's bundle (see vite.config.ts). Of the contract the app uses paths and types: the
 * compiler has checked every call, the server checks every request. The schemas would be a third of the first download.
 */
export const Type: unknown = new Proxy({}, { get: () => () => ({}) })
