import { type AnswerOf, type DocumentAnswer, type DocumentKind, type Identity, routes } from '@ikd/contract'
import type { HolderSession } from './holder-session.ts'

/** What the register holds about the holder, fetched once an unlock and forgotten when the app locks. */
export function getIdentity(session: HolderSession): Promise<Identity> {
  return once(session, 'identity', () => session.asHolder((client, token) => client.call(routes.holder.identity, { token })))
}

export function getFamily(session: HolderSession): Promise<AnswerOf<typeof routes.holder.family>> {
  return once(session, 'family', () => session.asHolder((client, token) => client.call(routes.holder.family, { token })))
}

export function getDocumentKinds(session: HolderSession): Promise<AnswerOf<typeof routes.holder.documents>['kinds']> {
  return once(session, 'documents', async () => (await session.asHolder((client, token) => client.call(routes.holder.documents, { token }))).kinds)
}

export function getAudiences(session: HolderSession): Promise<AnswerOf<typeof routes.holder.audiences>['institutions']> {
  return once(session, 'audiences', async () => (await session.asHolder((client, token) => client.call(routes.holder.audiences, { token }))).institutions)
}

/** Asked anew each time: a source that could not be reached may answer now. */
export function getDocument(session: HolderSession, kind: DocumentKind): Promise<DocumentAnswer> {
  return session.asHolder((client, token) => client.call(routes.holder.document, { token, params: { kind } }))
}

export function getActivity(session: HolderSession, before?: number): Promise<AnswerOf<typeof routes.holder.activity>> {
  const query = before === undefined ? {} : { before }
  return session.asHolder((client, token) => client.call(routes.holder.activity, { token, query }))
}

function once<T>(session: HolderSession, name: string, fetch: () => Promise<T>): Promise<T> {
  return session.unlocked?.once(name, fetch) ?? fetch()
}
