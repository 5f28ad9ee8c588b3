import { DomainError, type Principal, type Route } from '@ikd/contract'
import type { FastifyRequest } from 'fastify'
import type { Caller, StaffCaller } from '../caller.ts'
import type { Core } from '../core.ts'
import { type Proof, verifyProof } from '../security/dpop.ts'
import { clientNetwork } from './limits.ts'
import type { Sender } from './registrar.ts'
import type { TokenClaims, Tokens } from './tokens.ts'

/** Turns a verified token into the caller it stands for, with the database's present word; refuses the dead. */
export interface CallerSources {
  findDevice(proof: Proof, registrationId: string): Promise<Caller>
  findHolder(proof: Proof, bindingId: string, accessToken: string): Promise<Caller>
  findStaff(proof: Proof, sessionId: string): Promise<StaffCaller>
  /** Somebody at a staff session has asked for something. */
  noteUse(caller: StaffCaller): Promise<void>
  findInstitutionSystem(proof: Proof, systemId: string): Promise<Caller>
  /** Whether a key is one that staff have signed in with, or a workstation's. */
  isSettledKey(jkt: string): Promise<boolean>
}

/** The caller of a request and its proof's id, once `route.access` lets them in. */
export async function authenticate(
  request: FastifyRequest,
  route: Route,
  core: Core,
  tokens: Tokens,
  sources: CallerSources,
): Promise<Sender> {
  const always = async (): Promise<boolean> => true
  if (route.access.includes('public')) return { caller: { kind: 'public' }, mayGoOn: always }
  const accessToken = tokens.extract(request)
  const header = request.headers['dpop']
  if (typeof header !== 'string') throw new DomainError('proof-missing')
  const path = request.url.split('?', 1)[0] ?? ''
  const proof = await verifyProof(
    header,
    { method: request.method, url: core.config.publicUrl + path, accessToken },
    core.proofNonces,
    core.clock,
  )
  if (route.access.includes('key')) {
    const settled = route.settledKeysApart === true && (await sources.isSettledKey(proof.jkt))
    return { caller: { kind: 'key', jkt: proof.jkt, jwk: proof.jwk, network: clientNetwork(request.ip), settled }, proof, mayGoOn: always }
  }
  if (accessToken === undefined) throw new DomainError('token-missing')
  const claims = await tokens.verify(accessToken)
  // RFC 9449 §7.1: the token is bound to the key that made the proof.
  if (claims.cnf.jkt !== proof.jkt) throw new DomainError('token-invalid')
  const findCaller = async (): Promise<Caller> => {
    const caller = await findBySubject(sources, claims, proof, accessToken)
    if (!route.access.includes(principalName(caller))) throw new DomainError('forbidden')
    return caller
  }
  const caller = await findCaller()
  if (!route.unattended && (caller.kind === 'desk' || caller.kind === 'verifier' || caller.kind === 'setup')) await sources.noteUse(caller)
  return {
    caller,
    proof,
    mayGoOn: () => (claims.exp * 1000 <= core.clock.now() ? Promise.resolve(false) : findCaller().then(() => true, () => false)),
  }
}

function findBySubject(sources: CallerSources, { kind, sub }: TokenClaims, proof: Proof, accessToken: string): Promise<Caller> {
  switch (kind) {
    case 'device':
      return sources.findDevice(proof, sub)
    case 'holder':
      return sources.findHolder(proof, sub, accessToken)
    case 'staff':
      return sources.findStaff(proof, sub)
    case 'institution':
      return sources.findInstitutionSystem(proof, sub)
  }
}

function principalName(caller: Caller): Principal {
  return caller.kind === 'desk' ? caller.role : caller.kind
}
