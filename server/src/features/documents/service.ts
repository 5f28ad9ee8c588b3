import { type DocumentAnswer, type DocumentKind, documentKinds, DomainError, type FamilyMember, type Identity } from '@ikd/contract'
import { second } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import { familyCard } from './family-card.ts'
import { createHttpSource, type DocumentItem, type DocumentSource } from './source.ts'

/** What documents ask of the register. */
export interface DocumentResidents {
  getIdentity(queries: Queries, residentId: string): Promise<Identity>
  getFamily(queries: Queries, residentId: string): Promise<{ familyCardNumber: string; members: FamilyMember[] }>
  getNik(queries: Queries, residentId: string): Promise<string>
}

export interface DocumentsService {
  /** What can be asked for, and the name of who answers. */
  kinds(): { kind: DocumentKind; source: string }[]
  /**
   * One document from its source, within the source's time limit. Not for use inside a transaction: it waits for the
   * network. Residents' own looks leave no trace in their history.
   *
   * @throws DomainError `document-kind-unknown` when nobody here answers for that kind
   */
  get(queries: Queries, residentId: string, kind: DocumentKind): Promise<DocumentAnswer>
}

const register = 'Dukcapil'
/** When a source that failed is worth asking again. */
const retryAfter = 30 * second

export function createDocumentsService(
  core: Core,
  residents: DocumentResidents,
  sources: readonly DocumentSource[] = core.config.sources.map((source) => createHttpSource(source)),
): DocumentsService {
  const findSource = (kind: DocumentKind) => sources.find((source) => source.kinds.includes(kind))
  const available = (kind: DocumentKind, source: string, items: readonly DocumentItem[]): DocumentAnswer => ({
    state: 'available',
    kind,
    source,
    retrievedAt: core.clock.now(),
    items: items.map(({ title, fields }) => ({ title, fields: [...fields] })),
  })

  return {
    kinds() {
      return documentKinds.flatMap((kind) => {
        const source = kind === 'family-card' ? register : findSource(kind)?.name
        return source === undefined ? [] : [{ kind, source }]
      })
    },

    async get(queries, residentId, kind) {
      if (kind === 'family-card') {
        const identity = await residents.getIdentity(queries, residentId)
        return available(kind, register, familyCard(identity, await residents.getFamily(queries, residentId)))
      }
      const source = findSource(kind)
      if (!source) throw new DomainError('document-kind-unknown')
      const answer = await source.ask(await residents.getNik(queries, residentId), kind)
      if (answer.state === 'failed') {
        core.log.warn({ source: source.id, kind, failure: answer.failure }, 'a document source gave no usable answer')
        return { state: 'unreachable', kind, source: source.name, retryAt: core.clock.now() + retryAfter }
      }
      return answer.items.length === 0 ? { state: 'none', kind, source: source.name } : available(kind, source.name, answer.items)
    },
  }
}
