import { type Reference, templateLength, templateModel } from '@ikd/face'
import type { Envelope } from '../../security/envelope.ts'

interface KeptReference {
  readonly template: Uint8Array | null
  readonly template_model: string | null
}

const context = (residentId: string) => `resident_reference.template:${residentId}`
const valuesLength = templateLength * 4

/** Sealed bytes: the template's little-endian floats, then the fingerprint. */
export function sealReference(envelope: Envelope, residentId: string, reference: Reference): { template: Buffer; template_model: string } {
  const { values, model } = reference.template
  const plain = Buffer.concat([Buffer.from(values.buffer, values.byteOffset, valuesLength), reference.fingerprint])
  return { template: envelope.seal(plain, context(residentId)), template_model: model }
}

/** Undefined when none is kept, or one of a model that is not today's. */
export function openReference(envelope: Envelope, residentId: string, row: KeptReference): Reference | undefined {
  if (!row.template || row.template_model !== templateModel) return undefined
  const plain = Uint8Array.from(envelope.open(row.template, context(residentId)))
  return {
    template: { values: new Float32Array(plain.slice(0, valuesLength).buffer), model: row.template_model },
    fingerprint: plain.slice(valuesLength),
  }
}
