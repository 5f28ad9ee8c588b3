/**
 * What a site that uses `@ikd/face/browser` must serve, and where: `from` is a module path to resolve from this package, `to`
 * the place under the folder it serves them from (weights under `model/`, the backend under `wasm/`). Nothing is copied into
 * the repository; the site's build takes the files from the installed packages.
 *
 * @type {ReadonlyArray<{ from: string, to: string }>}
 */
export const browserFiles = [
  ...['tiny_face_detector_model', 'face_landmark_68_model'].flatMap((name) =>
    [`${name}-weights_manifest.json`, `${name}.bin`].map((file) => ({
      from: `@vladmandic/face-api/model/${file}`,
      to: `model/${file}`,
    })),
  ),
  // Chromium has SIMD everywhere; the plain build is for an engine without. The threaded one is never asked for.
  ...['tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm.wasm'].map((file) => ({
    from: `@tensorflow/tfjs-backend-wasm/dist/${file}`,
    to: `wasm/${file}`,
  })),
]
