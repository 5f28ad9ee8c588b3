export type Role = 'button' | 'link' | 'heading' | 'textbox' | 'radio' | 'combobox' | 'tab' | 'img'

/** Something on a page as people know it: what it is, and what it is called or how that begins. */
export interface Wanted {
  readonly role: Role
  readonly name: string
}

/** Where it is, in CSS pixels from the upper left corner in sight. */
export interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly enabled: boolean
  /** Its middle can be pressed: it is in sight and nothing lies over it. */
  readonly reachable: boolean
}

/**
 * Runs in the page, through all its shadow roots. Drivers find what stands in them each in a way of its own, some not at all, so the
 * elements are found here and the drivers only press and type. What is found is scrolled into sight.
 *
 * @returns undefined when there is none; whichever is called exactly so comes first
 */
export function locate({ role, name }: Wanted): Place | undefined {
  const roles: Readonly<Record<string, string>> = { BUTTON: 'button', A: 'link', TEXTAREA: 'textbox', SELECT: 'combobox', IMG: 'img' }

  function roleOf(element: Element): string | undefined {
    const given = element.getAttribute('role')
    if (given !== null) return given
    if (/^H[1-6]$/.test(element.tagName)) return 'heading'
    if (element instanceof HTMLInputElement) return ['radio', 'checkbox', 'button'].includes(element.type) ? element.type : 'textbox'
    return roles[element.tagName.toUpperCase()]
  }

  function textOf(node: Node): string {
    if (node instanceof Text) return node.data
    if (node instanceof HTMLSlotElement && node.assignedNodes().length > 0) return node.assignedNodes({ flatten: true }).map(textOf).join(' ')
    if (node instanceof Element && node.getAttribute('aria-hidden') === 'true') return ''
    return [...((node instanceof Element && node.shadowRoot) || node).childNodes].map(textOf).join(' ')
  }

  function nameOf(element: Element): string {
    const label = element.getAttribute('aria-label')
    const labels = 'labels' in element && element.labels instanceof NodeList ? [...element.labels] : []
    const text = label ?? (labels.length > 0 ? labels.map(textOf).join(' ') : textOf(element))
    return text.replaceAll(/\s+/g, ' ').trim()
  }

  const found: { readonly element: Element; readonly exact: boolean }[] = []
  function search(root: ParentNode): void {
    for (const element of root.querySelectorAll('*')) {
      if (roleOf(element) === role && element.checkVisibility({ visibilityProperty: true })) {
        const called = nameOf(element)
        if (called.startsWith(name)) found.push({ element, exact: called === name })
      }
      if (element.shadowRoot) search(element.shadowRoot)
    }
  }
  search(document)
  const element = (found.find(({ exact }) => exact) ?? found[0])?.element
  if (!element) return undefined

  const inSight = element.getBoundingClientRect()
  if (inSight.top < 0 || inSight.bottom > innerHeight) element.scrollIntoView({ block: 'center', behavior: 'instant' })
  const { x, y, width, height } = element.getBoundingClientRect()
  const middle = [x + width / 2, y + height / 2] as const
  let top = document.elementFromPoint(...middle)
  for (let inner = top; inner; ) {
    top = inner
    const next: Element | null = inner.shadowRoot?.elementFromPoint(...middle) ?? null
    inner = next === inner ? null : next
  }
  const root = element.getRootNode()
  // Text in a slot belongs to the host, from inside and from outside.
  let reachable = top !== null && root instanceof ShadowRoot && top === root.host
  for (let node: Node | null = top; node && !reachable; ) {
    reachable = node === element
    node = (node instanceof Element && node.assignedSlot) || node.parentNode || (node instanceof ShadowRoot ? node.host : null)
  }
  const enabled = !element.matches(':disabled') && element.getAttribute('aria-disabled') !== 'true'
  return { x, y, width, height, enabled, reachable }
}

/** Runs in the page: everything that can be read on it, through all shadow roots, with single blanks. */
export function readAll(): string {
  function textOf(node: Node): string {
    if (node instanceof Text) return node.data
    if (node instanceof HTMLSlotElement && node.assignedNodes().length > 0) return node.assignedNodes({ flatten: true }).map(textOf).join(' ')
    if (node instanceof HTMLStyleElement || node instanceof HTMLScriptElement) return ''
    if (node instanceof HTMLElement && !(node instanceof HTMLSlotElement) && !node.checkVisibility({ visibilityProperty: true })) return ''
    return [...((node instanceof Element && node.shadowRoot) || node).childNodes].map(textOf).join(' ')
  }
  return textOf(document.body).replaceAll(/\s+/g, ' ').trim()
}

/** Runs in the page: chooses from a list, whose opened form is the platform's own and out of every driver's reach. @returns whether it is there */
export function choose({ name, option }: { readonly name: string; readonly option: string }): boolean {
  function search(root: ParentNode): HTMLSelectElement | undefined {
    for (const element of root.querySelectorAll('*')) {
      if (element instanceof HTMLSelectElement && [...element.labels].some((label) => label.textContent?.includes(name))) return element
      const inner = element.shadowRoot ? search(element.shadowRoot) : undefined
      if (inner) return inner
    }
    return undefined
  }
  const list = search(document)
  if (!list || ![...list.options].some(({ value }) => value === option)) return false
  list.value = option
  list.dispatchEvent(new Event('input', { bubbles: true, composed: true }))
  list.dispatchEvent(new Event('change', { bubbles: true }))
  return true
}

/** Runs in the page. @returns whether a video shows pictures */
export function plays(): boolean {
  function search(root: ParentNode): boolean {
    return [...root.querySelectorAll('*')].some(
      (element) => (element instanceof HTMLVideoElement && element.videoWidth > 0 && element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) || (element.shadowRoot && search(element.shadowRoot)),
    )
  }
  return search(document)
}
