import { EventEmitter } from 'node:events'
import type { Session, WebContents } from 'electron'
import { beforeEach, expect, it } from 'vitest'
import { lockContents, lockPermissions } from './lockdown.ts'

type OpenHandler = (details: { url: string }) => { action: string }
type Answer = (granted: boolean) => void
interface Doors {
  request(contents: unknown, permission: string, answer: Answer, details: object): void
  check(contents: unknown, permission: string, origin: string, details: object): boolean
  device(details: object): boolean
}

const contents = new EventEmitter() as EventEmitter & { open?: OpenHandler }
let doors: Doors

beforeEach(() => {
  contents.removeAllListeners()
  lockContents(Object.assign(contents, { setWindowOpenHandler: (handler: OpenHandler) => (contents.open = handler) }) as unknown as WebContents)
  const held: Partial<Doors> = {}
  lockPermissions({
    setPermissionRequestHandler: (handler: Doors['request']) => (held.request = handler),
    setPermissionCheckHandler: (handler: Doors['check']) => (held.check = handler),
    setDevicePermissionHandler: (handler: Doors['device']) => (held.device = handler),
  } as unknown as Session)
  doors = held as Doors
})

function isPrevented(event: string, details: object = {}): boolean {
  let prevented = false
  contents.emit(event, { ...details, preventDefault: () => (prevented = true) })
  return prevented
}

function isGranted(permission: string, details: object): boolean {
  let answer = true
  doors.request({}, permission, (granted) => (answer = granted), { requestingUrl: 'ikd://counter/', isMainFrame: true, ...details })
  return answer
}

it('opens no window and attaches no webview, not even of our own origin', () => {
  expect(contents.open?.({ url: 'ikd://counter/' })).toEqual({ action: 'deny' })
  expect(contents.open?.({ url: 'https://example.org/' })).toEqual({ action: 'deny' })
  expect(isPrevented('will-attach-webview')).toBe(true)
})

it.each(['will-navigate', 'will-redirect'])('stays on our origin: %s', (event) => {
  expect(isPrevented(event, { url: 'ikd://counter/#/pindai' })).toBe(false)
  for (const url of ['https://example.org/', 'file:///etc/passwd', 'javascript:alert(1)', 'data:text/html,x', 'ikd://counter.example.org/']) expect(isPrevented(event, { url }), url).toBe(true)
})

it('lets no frame inside the page go anywhere, and the main one only home', () => {
  expect(isPrevented('will-frame-navigate', { url: 'ikd://counter/', isMainFrame: true })).toBe(false)
  expect(isPrevented('will-frame-navigate', { url: 'ikd://counter/', isMainFrame: false })).toBe(true)
  expect(isPrevented('will-frame-navigate', { url: 'https://example.org/', isMainFrame: true })).toBe(true)
})

it('grants the camera to our own main frame, and nothing else to anybody', () => {
  expect(isGranted('media', { mediaTypes: ['video'] })).toBe(true)
  expect(isGranted('media', { mediaTypes: ['video'], isMainFrame: false })).toBe(false)
  expect(isGranted('media', { mediaTypes: ['video'], requestingUrl: 'https://example.org/' })).toBe(false)
  // No kind at all is the screen; audio, even beside the camera, is the microphone.
  for (const mediaTypes of [[], undefined, ['audio'], ['video', 'audio']]) expect(isGranted('media', { mediaTypes }), String(mediaTypes)).toBe(false)
  for (const permission of ['geolocation', 'notifications', 'clipboard-read', 'clipboard-sanitized-write', 'display-capture', 'fullscreen', 'pointerLock', 'openExternal', 'hid', 'serial', 'usb', 'midi']) {
    expect(isGranted(permission, { mediaTypes: ['video'] }), permission).toBe(false)
  }
})

it('checks and devices answer the same', () => {
  expect(doors.check({}, 'media', 'ikd://counter', { mediaType: 'video' })).toBe(true)
  expect(doors.check({}, 'media', 'ikd://counter', { mediaType: 'audio' })).toBe(false)
  expect(doors.check({}, 'media', 'https://example.org', { mediaType: 'video' })).toBe(false)
  expect(doors.check({}, 'geolocation', 'ikd://counter', {})).toBe(false)
  expect(doors.device({ deviceType: 'usb', origin: 'ikd://counter' })).toBe(false)
})
