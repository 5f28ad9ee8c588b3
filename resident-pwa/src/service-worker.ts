/// <reference lib="webworker" />
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope

// The shell of the app and nothing else: no answer of the API ever enters a cache, so that no NIK, photo or token can lie in one.
precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/v1\//, /^\/health$/, /^\/openapi\.json$/] }))

// A new version waits until the person says so: nobody loses a half-filled form or a QR that is being scanned.
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting()
})
