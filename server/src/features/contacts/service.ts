import type { Core } from '../../core.ts'
import type { BindingsService } from '../bindings/service.ts'
import { createDeskContacts, type DeskContacts } from './at-desk.ts'
import { createHolderContacts, type HolderContacts } from './by-holder.ts'
import type { ChangeDependencies } from './change.ts'

/** The contact on file of a bound phone: its change by the holder, and at a desk. */
export interface ContactsService extends HolderContacts {
  readonly atDesk: DeskContacts
}

export function createContactsService(core: Core, on: ChangeDependencies & { readonly bindings: BindingsService }): ContactsService {
  const byHolder = createHolderContacts(core, on)
  return { ...byHolder, atDesk: createDeskContacts(core, byHolder, on) }
}
