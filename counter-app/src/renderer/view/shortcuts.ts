/**
 * Function keys only: they can be pressed while a field has the focus, and single-letter shortcuts would fire under speech input
 * (WCAG 2.1.4). F5, F11 and F12 stay the browser's.
 */
export type Shortcut = 'home' | 'scan' | 'lookup' | 'supervise-list' | 'primary' | 'second' | 'customer-display' | 'lock'

export const shortcutKeys: Record<Shortcut, string> = {
  home: 'F6',
  scan: 'F2',
  lookup: 'F4',
  'supervise-list': 'F7',
  primary: 'F8',
  second: 'F9',
  'customer-display': 'F10',
  lock: 'F3',
}

/** Heard also while a dialog is in front: whoever gets up does not close dialogs first. */
export const heardEverywhere: readonly Shortcut[] = ['lock']

type KeyPress = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'repeat'>

/** Which shortcut a key press is. A key held down counts once: nobody approves two cases by leaning on the keyboard. */
export function shortcutOf(press: KeyPress): Shortcut | undefined {
  if (press.altKey || press.ctrlKey || press.metaKey || press.shiftKey || press.repeat) return undefined
  return (Object.keys(shortcutKeys) as Shortcut[]).find((name) => shortcutKeys[name] === press.key)
}

/** Whether the browser must not see the press: every key of ours, even one held down. */
export function isOurKey(press: Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>): boolean {
  return !press.altKey && !press.ctrlKey && !press.metaKey && !press.shiftKey && Object.values(shortcutKeys).includes(press.key)
}
