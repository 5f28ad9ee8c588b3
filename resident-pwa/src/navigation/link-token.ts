import { Observed } from '../holder/observed.ts'

const tokenShape = /^[A-Za-z0-9_-]{22}$/

/**
 * The secret of a mail's link. It comes in the fragment, which no server, log or referrer sees, and leaves the address bar
 * before anything else happens on the page, so that nobody reads it there, shares it or finds it in the list of pages
 * visited. Undefined when the address holds none.
 */
export class LinkToken extends Observed<string | undefined> {
  constructor(window: Window) {
    super(take(window))
    // The link of a second mail, opened over the first one's page, changes the fragment alone.
    window.addEventListener('hashchange', () => {
      const token = take(window)
      if (token !== undefined) this.set(token)
    })
  }
}

function take({ location, history }: Window): string | undefined {
  const token = location.hash.slice(1)
  if (token !== '') history.replaceState(undefined, '', location.pathname)
  return tokenShape.test(token) ? token : undefined
}
