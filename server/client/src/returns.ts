/** The page as far as its comings and goings are concerned. */
export interface ComingAndGoing {
  readonly document: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>
  addEventListener(type: string, listener: (event: Event) => void): void
  removeEventListener(type: string, listener: (event: Event) => void): void
}

const comingsBack = ['pageshow', 'focus', 'online'] as const

/**
 * Calls whenever the page comes back: into sight, out of the browser's back-forward cache, to the front, onto the network. What happened
 * meanwhile was said to nobody, for timers and streams sleep with the page: look again. Several signs at once count as one return. The
 * answer ends it.
 */
export function watchReturns(onReturn: () => void, page: ComingAndGoing = window, after: (run: () => void) => void = queueMicrotask): () => void {
  let told = false
  const tell = () => {
    if (told || page.document.visibilityState === 'hidden') return
    told = true
    after(() => {
      told = false
      onReturn()
    })
  }
  page.document.addEventListener('visibilitychange', tell)
  for (const each of comingsBack) page.addEventListener(each, tell)
  return () => {
    page.document.removeEventListener('visibilitychange', tell)
    for (const each of comingsBack) page.removeEventListener(each, tell)
  }
}
