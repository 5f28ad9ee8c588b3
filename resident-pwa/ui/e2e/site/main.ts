import '@ikd/ui/tokens.css'
import { render } from 'lit'
import { markDocument, onLanguageChange, trustedScriptUrl, trustedWorkerUrl } from '@ikd/ui'
import { createQrDecoder, decodeQr } from '@ikd/ui/reader'
import { type StoryName, stories } from './stories.ts'

declare global {
  interface Window {
    readonly ui: typeof ui
    /** Everything the elements have told, newest last. */
    readonly told: { readonly type: string; readonly detail: unknown }[]
  }
}

const ui = { createQrDecoder, decodeQr, trustedScriptUrl, trustedWorkerUrl }
const told: Window['told'][number][] = []
Object.assign(window, { ui, told })

const stage = document.querySelector<HTMLElement>('#stage') as HTMLElement
for (const type of ['click', 'submit', 'ikd-input', 'ikd-change', 'ikd-complete', 'ikd-close', 'ikd-qr']) {
  stage.addEventListener(type, (event) => {
    if (type === 'submit') event.preventDefault()
    told.push({ type, detail: (event as CustomEvent).detail })
  })
}

function show(): void {
  const name = location.hash.slice(1) as StoryName | ''
  render(name ? stories[name]() : Object.values(stories).slice(0, -1).map((story) => story()), stage)
}

markDocument()
show()
window.addEventListener('hashchange', show)
onLanguageChange(show)
