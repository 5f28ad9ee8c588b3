import { type Reference, type ReferenceQuality, templateLength, templateModel } from '@ikd/face'
import type { Envelope } from '../../security/envelope.ts'

interface KeptReference {
  readonly template: Uint8Array | null
  readonly template_model: string | null
  readonly quality: ReferenceQuality | null
}

/** A photograph as it was described: what a face is compared with, and how good a picture it is. */
export type DescribedReference = Reference & { readonly quality: ReferenceQuality }

const context = (residentId: string) => `resident_reference.template:${residentId}`
const valuesLength = templateLength * 4

/** Sealed bytes: the template's little-endian floats, then the fingerprint. */
export function sealReference(envelope: Envelope, residentId: string, reference: DescribedReference): { template: Buffer; template_model: string; quality: ReferenceQuality } {
  const { values, model } = reference.template
  const plain = Buffer.concat([Buffer.from(values.buffer, values.byteOffset, valuesLength), reference.fingerprint])
  return { template: envelope.seal(plain, context(residentId)), template_model: model, quality: reference.quality }
}

/** Undefined when none is kept, or one of a model that is not today's, or one whose quality nobody looked at. */
export function openReference(envelope: Envelope, residentId: string, row: KeptReference): DescribedReference | undefined {
  if (!row.template || row.quality === null || row.template_model !== templateModel) return undefined
  const plain = Uint8Array.from(envelope.open(row.template, context(residentId)))
  return {
    template: { values: new Float32Array(plain.slice(0, valuesLength).buffer), model: row.template_model },
    fingerprint: plain.slice(valuesLength),
    quality: row.quality,
  }
}
