/** Something newer than the floor that a front end holds all the same, and why that harms nobody. */
export interface Exception {
  /** Name in the compat data; `*` stands for the rest of a name. */
  readonly feature: string
  /** In built files whose name begins so; everywhere when left out. */
  readonly file?: string
  readonly because: string
}

/** Each must be met at least once: one that is not is to be taken out. */
export const exceptions: readonly Exception[] = [
  // Asked for before it is used.
  { feature: 'api.trustedTypes', because: 'Lit and trusted-urls.ts go on without it where there is none' },
  { feature: 'api.TrustedTypePolicyFactory.createPolicy', because: 'as above' },
  { feature: 'api.VideoFrame', file: 'app-', because: 'guidance-loop.ts takes createImageBitmap where there is none' },
  { feature: 'api.VideoFrame.VideoFrame', file: 'app-', because: 'as above' },
  { feature: 'api.AuthenticatorAttestationResponse.get*', file: 'browser-host-', because: '@simplewebauthn/browser asks whether each is a function' },
  { feature: 'javascript.builtins.Error.captureStackTrace', file: 'library-worker-', because: '@zxing/library asks whether there is one' },
  { feature: 'javascript.builtins.Symbol.dispose', file: 'wasm-worker-', because: 'Emscripten’s `Symbol.dispose ??= …` makes one where there is none' },
  { feature: 'api.GPU*', file: 'guide-worker-', because: 'TensorFlow.js looks for WebGPU and goes on without it' },
  { feature: 'api.Navigator.gpu', because: 'as above' },
  { feature: 'api.*', file: 'webgpu-backend-', because: 'loaded only where there is WebGPU' },
  { feature: 'api.EXT_disjoint_timer_query.*', file: 'webgl-backend-', because: 'TensorFlow.js asks for the extension, and measures times only in its own profiling' },
  { feature: 'api.Window.setImmediate', file: 'webgl-backend-', because: 'TensorFlow.js asks for it, and takes setTimeout' },
  // Electron alone loads it, and brings its own engine.
  { feature: 'api.URL.canParse_static', file: 'electron-host-', because: 'Electron alone loads it, and brings its own engine' },

  // Methods of a library's own that bear a newer name.
  { feature: 'api.Observable.take', because: 'AppUpdate.take of ours and CaptureRun.take of ours' },
  { feature: 'api.Observable.toArray', file: 'library-worker-', because: 'of @zxing/library’s own lists' },
  { feature: 'api.NavigatorLogin.setStatus', because: 'of Emscripten’s Module' },

  // Left out where it is not known, and nothing is lost.
  { feature: 'css.properties.cursor.*', because: 'a phone has no pointer' },
  { feature: 'css.properties.forced-color-adjust*', because: 'an engine without it has no forced colours either' },
  { feature: 'css.properties.user-select', because: 'stands beside -webkit-user-select' },
  { feature: 'css.properties.text-size-adjust', because: 'stands beside -webkit-text-size-adjust; on a desk nothing enlarges text by itself' },
  { feature: 'css.properties.resize*', because: 'a phone has no corner to pull at' },
  { feature: 'css.properties.font-family.*', because: 'the next family of the list is taken' },
  { feature: 'css.selectors.selection', because: 'iOS marks a selection in its own colour' },
  { feature: 'css.at-rules.page', because: 'Safari before 18.2 prints with its own margins' },
  { feature: 'html.global_attributes.autocorrect', because: 'a hint to keyboards' },
  { feature: 'html.global_attributes.autocapitalize', because: 'a hint to keyboards on a screen; a desk’s Safari has none' },
  { feature: 'html.elements.video.playsinline', because: 'Firefox plays in the page anyway' },
]

export function covers({ feature, file }: Exception, found: { readonly feature: string; readonly file: string }): boolean {
  if (file !== undefined && !found.file.startsWith(file)) return false
  return feature.endsWith('*') ? found.feature.startsWith(feature.slice(0, -1)) : found.feature === feature
}
