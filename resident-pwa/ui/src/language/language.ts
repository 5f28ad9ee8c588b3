export const languages = ['id', 'en'] as const
export type Language = (typeof languages)[number]

const storageKey = 'ikd.language'
const changes = new EventTarget()
let current: Language | undefined

/** The language people read now: the one they chose, Indonesian until they do. */
export function language(): Language {
  current ??= storedLanguage() ?? 'id'
  return current
}

/** Takes effect at once everywhere and is remembered on this device. */
export function setLanguage(chosen: Language): void {
  current = chosen
  try {
    localStorage.setItem(storageKey, chosen)
  } catch {
    // A browser that keeps nothing still changes its language for now.
  }
  markDocument()
  changes.dispatchEvent(new Event('change'))
}

/** Writes the language onto `<html lang>`, from which screen readers take their voice (WCAG 3.1.1). Call it once at start. */
export function markDocument(): void {
  if (typeof document !== 'undefined') document.documentElement.lang = language()
}

/** Calls `listener` at every change of language until the returned function is called. */
export function onLanguageChange(listener: () => void): () => void {
  changes.addEventListener('change', listener)
  return () => changes.removeEventListener('change', listener)
}

function storedLanguage(): Language | undefined {
  try {
    const stored = localStorage.getItem(storageKey)
    return languages.find((known) => known === stored)
  } catch {
    return undefined
  }
}
