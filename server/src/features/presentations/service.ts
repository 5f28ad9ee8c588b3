import { type AnswerOf, type BodyOf, DomainError, type Identity, parsePresentation, type routes, type Scan } from '@ikd/contract'
import type { HolderCaller, InstitutionCaller, VerifierCaller } from '../../caller.ts'
import { day, minute } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { pageNewestFirst } from '../../database/paging.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { es256Verifier } from '../../security/ecdsa.ts'
import { registrationTopic } from '../../signals.ts'
import type { ActivityService } from '../activity/service.ts'
import type { Binding, BindingsService } from '../bindings/service.ts'
import type { InstitutionsService } from '../institutions/service.ts'
import { disclose, disclosedFields, isAddressedTo, type Verifier } from './disclosure.ts'
import { judgeFreshness } from './freshness.ts'
import { makeGrant } from './grants.ts'
import { findGrant, getGrant, getScan, insertScan, listReceipts, type ReceiptOwner, type ScanRecord } from './repository.ts'

/** Who may scan. */
export type ScanCaller = HolderCaller | VerifierCaller | InstitutionCaller

export interface PresentationDependencies {
  readonly activity: Pick<ActivityService, 'record'>
  readonly bindings: Pick<BindingsService, 'get' | 'hold' | 'isRebinding'>
  readonly institutions: Pick<InstitutionsService, 'get'>
  readonly residents: { getIdentity(queries: Queries, residentId: string): Promise<Identity> }
}

export interface PresentationsService {
  /**
   * Registers an unlock's presentation key and ends the binding's earlier grants.
   *
   * @returns the grant's handle
   * @throws DomainError `grant-key-invalid`
   */
  grant(unit: Unit, caller: HolderCaller, body: BodyOf<typeof routes.holder.grant>): Promise<string>
  /** A grant with the newest epoch nonce. */
  getGrant(queries: Queries, handle: string): Promise<AnswerOf<typeof routes.holder.grant>>
  /**
   * Consumes a presentation: of all scans of one, exactly one returns. Nothing about a QR is told before its
   * signature has been verified, and a QR that is refused stays unconsumed.
   *
   * @returns the scan's id
   * @throws DomainError `presentation-not-ours`, `-blocked`, `-expired`, `-wrong-audience`, `-already-used`,
   *   `purpose-not-registered`
   */
  scan(unit: Unit, caller: ScanCaller, body: BodyOf<typeof routes.scans.scan>): Promise<string>
  /** A scan; with the register's values for a minute after it, so that an answer lost on the way can be had again. */
  getScan(queries: Queries, id: string, now: number): Promise<Scan>
  /** Receipts of the scans the caller made, newest first: one staff member's, one system's, one resident's. */
  list(queries: Queries, caller: ScanCaller, before?: number): Promise<AnswerOf<typeof routes.scans.list>>
}

const visibleFor = minute
const newlyBoundFor = day
const pageSize = 20

export function createPresentationsService(core: Core, dependencies: PresentationDependencies): PresentationsService {
  const { activity, bindings, institutions, residents } = dependencies

  async function identify(queries: Queries, caller: ScanCaller): Promise<Verifier> {
    if (caller.kind === 'holder') return { kind: 'resident', residentId: caller.residentId, bindingId: caller.bindingId }
    const by = caller.kind === 'verifier' ? { staffId: caller.staffId } : { systemId: caller.systemId }
    return { kind: 'institution', institution: await institutions.get(queries, caller.institutionId), by }
  }

  async function isNewlyBound(queries: Queries, binding: Binding, now: number): Promise<boolean> {
    return now - binding.boundAt < newlyBoundFor && (await bindings.isRebinding(queries, binding))
  }

  /** Grant and presentation of a QR that this service's grant really signed; refuses everything else alike. */
  async function authenticate(queries: Queries, qr: string) {
    const parsed = parsePresentation(qr)
    const grant = parsed && (await findGrant(queries, Buffer.from(parsed.presentation.handle).toString('base64url')))
    if (!grant || !(await parsed.message.verify(es256Verifier(grant.publicKey)))) throw new DomainError('presentation-not-ours')
    const { nonce } = parsed.presentation
    const nonceAt = nonce && core.epochNonces.issuedAt(nonce)
    if (nonce && nonceAt === undefined) throw new DomainError('presentation-not-ours')
    return { grant, presentation: parsed.presentation, nonceAt }
  }

  /** Both sides' receipts, a place in the next signed batch and the hint to the subject's phone. */
  async function tell(unit: Unit, scan: ScanRecord, verifier: Verifier, subject: Binding): Promise<void> {
    const { purpose, fields } = scan
    const entry = { residentId: scan.subjectResidentId, purpose, fields }
    if (verifier.kind === 'institution') {
      await activity.record(unit, { ...entry, kind: 'scanned-by-institution', actor: verifier.institution.name })
    } else {
      await activity.record(unit, { ...entry, kind: 'scanned-by-resident', actor: 'another resident' })
      await activity.record(unit, { ...entry, kind: 'scanned-resident', residentId: verifier.residentId })
    }
    await core.audit.awaitBatch(unit.work, scan.id, unit.now)
    unit.announce(registrationTopic(subject.registrationId), { type: 'scanned' })
  }

  return {
    grant: (unit, caller, body) => makeGrant(core, bindings, unit, caller, body),

    async getGrant(queries, handle) {
      const { expiresAt } = await getGrant(queries, handle)
      return { handle, expiresAt, epoch: { ...core.epochNonces.issue(), serverTime: core.clock.now() } }
    },

    async scan(unit, caller, { qr, purpose }) {
      const verifier = await identify(unit.work, caller)
      // Before the QR is looked at: a wrong purpose learns nothing of it and leaves it unconsumed.
      if (verifier.kind === 'institution' && !verifier.institution.purposes.includes(purpose)) throw new DomainError('purpose-not-registered')
      const { grant, presentation, nonceAt } = await authenticate(unit.work, qr)
      const subject = await bindings.get(unit.work, grant.bindingId)
      // A grant from before a suspension does not come back to life with its phone.
      if (subject.state !== 'active' || grant.createdAt < subject.validFrom) throw new DomainError('presentation-blocked')
      // Ended by its successor, whatever this server's clock says of the instant.
      const freshness = grant.isEnded ? 'expired' : judgeFreshness(presentation, nonceAt, grant, unit.now)
      if (freshness === 'expired') throw new DomainError('presentation-expired')
      const ownQr = verifier.kind === 'resident' && verifier.residentId === subject.residentId
      if (ownQr || !isAddressedTo(presentation.audience, verifier)) throw new DomainError('presentation-wrong-audience')

      const scan: ScanRecord = {
        id: core.ids.next(),
        handle: grant.handle,
        presentationId: Buffer.from(presentation.id).toString('base64url'),
        at: unit.now,
        subjectResidentId: subject.residentId,
        by:
          verifier.kind === 'institution'
            ? { institutionId: verifier.institution.id, ...verifier.by }
            : { residentId: verifier.residentId },
        purpose,
        fields: disclosedFields(presentation.fields, verifier),
        freshness,
        newlyBound: verifier.kind === 'institution' && (await isNewlyBound(unit.work, subject, unit.now)),
      }
      if (!(await insertScan(unit.work, scan))) throw new DomainError('presentation-already-used')
      await tell(unit, scan, verifier, subject)
      return scan.id
    },

    async getScan(queries, id, now) {
      const { subjectResidentId, fields, ...scan } = await getScan(queries, id)
      const visibleUntil = scan.at + visibleFor
      const disclosed =
        now < visibleUntil
          ? { disclosed: disclose(await residents.getIdentity(queries, subjectResidentId), fields, scan.at, core.config.timeZone) }
          : {}
      return { ...scan, visibleUntil, fields: [...fields], ...disclosed }
    },

    async list(queries, caller, before) {
      const by = caller.kind === 'holder' ? (await residents.getIdentity(queries, caller.residentId)).name : caller.name
      const { rows, next } = await pageNewestFirst(pageSize, (limit) => listReceipts(queries, receiptOwner(caller), before, limit))
      return {
        scans: rows.map((row) => ({ ...row, fields: [...row.fields], by })),
        ...(next === undefined ? {} : { next }),
      }
    },
  }
}

function receiptOwner(caller: ScanCaller): ReceiptOwner {
  switch (caller.kind) {
    case 'verifier':
      return { staffId: caller.staffId }
    case 'institution':
      return { systemId: caller.systemId }
    case 'holder':
      return { residentId: caller.residentId }
  }
}
