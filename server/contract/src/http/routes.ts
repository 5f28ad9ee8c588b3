import type { Route } from '../route.ts'
import { admin, alerts } from './admin.ts'
import { audit } from './audit.ts'
import { cases } from './cases.ts'
import { contacts } from './contacts.ts'
import { activation, device } from './device.ts'
import { duplicates } from './duplicates.ts'
import { holder, scans } from './holder.ts'
import { institution } from './institution.ts'
import { residents } from './residents.ts'
import { service } from './service.ts'
import { staff } from './staff.ts'
import { resumption, suspensions } from './suspensions.ts'

/** Every route of the service, by feature. */
export const routes = { service, device, activation, holder, suspensions, resumption, contacts, scans, institution, staff, admin, alerts, cases, duplicates, residents, audit }

export const allRoutes: readonly Route[] = Object.values(routes).flatMap((feature) => Object.values(feature) as Route[])
