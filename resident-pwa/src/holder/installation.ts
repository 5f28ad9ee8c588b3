interface Browser {
  readonly userAgent: string
  readonly maxTouchPoints: number
  /** Safari's own; true inside the installed app. */
  readonly standalone?: boolean
}

/**
 * Safari on iOS deletes what a site stored after seven days without a visit; the app on the home screen has storage of
 * its own that stays. So on iOS a key is only made inside the installed app.
 */
export function mustInstallFirst(browser: Browser, standalone: boolean): boolean {
  const ios = /iPhone|iPad|iPod/.test(browser.userAgent) || (browser.userAgent.includes('Macintosh') && browser.maxTouchPoints > 1)
  return ios && !(browser.standalone === true || standalone)
}
