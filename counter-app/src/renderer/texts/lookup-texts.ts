import type { Phrase } from '@ikd/ui'
import type { LookupKind } from '../view/lookup-ways.ts'

export const lookupWayText: Record<LookupKind, Phrase> = {
  rebinding: { id: 'Pasang ulang ke ponsel baru', en: 'Bind a new phone' },
  block: { id: 'Blokir ponsel…', en: 'Block the phone…' },
  contact: { id: 'Ganti e-mail atau nomor…', en: 'Change e-mail or number…' },
  service: { id: 'Layanan tanpa ponsel', en: 'Service without a phone' },
}
