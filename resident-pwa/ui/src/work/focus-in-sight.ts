/**
 * Gives the focus and has it seen, from the top of `from` to the end of `to`. `focus()` alone scrolls to nothing when the element has the
 * focus already: a step that ends in the same field, or under the same heading, would begin out of sight.
 */
export function focusInSight(element: HTMLElement, options?: FocusOptions, from: Element = element, to: Element = element): void {
  element.focus({ ...options, preventScroll: true })
  if (options?.preventScroll) return
  const height = window.visualViewport?.height ?? window.innerHeight
  if (from.getBoundingClientRect().top < 0 || to.getBoundingClientRect().bottom > height) from.scrollIntoView({ block: 'start' })
}
