import type { Session, WebContents } from 'electron'
import { isCounterUrl } from './ipc.ts'

/** Closes every door a page could leave by: it stays on our origin, opens nothing, embeds nothing. */
export function lockContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  const stay = (event: { readonly url: string; preventDefault(): void }) => {
    if (!isCounterUrl(event.url)) event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isCounterUrl(event.url)) event.preventDefault()
  })
}

/** The camera for our own page; no microphone, no screen, no other permission, for nobody. */
export function lockPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const kinds = 'mediaTypes' in details ? (details.mediaTypes ?? []) : []
    // A wish to see the screen comes as `media` of no kind.
    const isCamera = kinds.length > 0 && kinds.every((kind) => kind === 'video')
    answer(permission === 'media' && isCamera && details.isMainFrame && isCounterUrl(details.requestingUrl))
  })
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) =>
    permission === 'media' && isCounterUrl(requestingOrigin) && details.mediaType !== 'audio')
  session.setDevicePermissionHandler(() => false)
}
