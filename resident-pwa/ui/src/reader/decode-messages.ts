/** Between the page and a decoding worker. */
export interface DecodeRequest {
  readonly id: number
  readonly image: ImageData
  /** Address of zxing's WebAssembly; the worker without WebAssembly takes no notice of it. */
  readonly wasmUrl: string
}

export type DecodeAnswer =
  | { readonly id: number; readonly text: string | undefined }
  /** This worker cannot work here: WebAssembly is missing or forbidden. */
  | { readonly id: number; readonly unavailable: true }
