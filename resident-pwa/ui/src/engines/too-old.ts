/** Whether `browser-check.js` has found this browser below the floor, and says so on the page: an app stays away then. */
export function isTooOld(page: Document = document): boolean {
  return page.documentElement.hasAttribute('data-too-old')
}
