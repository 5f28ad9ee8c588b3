import type { SigningKey } from '@ikd/client'
import { Check } from 'typebox/value'
import { type AnswerOfChannel, type Bridge, type ChannelName, channels, type IpcProblem, type RequestOf } from '../../ipc/contract.ts'
import type { Phrase } from '@ikd/ui'
import { browserKey } from './browser-key.ts'
import { type Host, idleMinutesWithin, type WorkstationSigningKey } from './host.ts'

/** Main refused or failed; `problem` is the contract's word for it. */
export class BridgeError extends Error {
  readonly problem: IpcProblem | 'answer-malformed'

  constructor(problem: IpcProblem | 'answer-malformed') {
    super(problem)
    this.name = 'BridgeError'
    this.problem = problem
  }
}

type NoStoreReason = Extract<AnswerOfChannel<'workstationKey'>, { store: 'none' }>['reason']

const noStore: Record<NoStoreReason, Phrase> = {
  'no-encryption': {
    id: 'Sistem operasi tidak menyediakan penyimpanan kunci. Kunci loket disimpan browser, tanpa enkripsi.',
    en: 'The operating system offers no key store. The desk’s key is kept by the browser, unencrypted.',
  },
  'constant-password': {
    id: 'Penyimpanan kunci komputer ini memakai kata sandi tetap, jadi dianggap tidak ada. Kunci loket disimpan browser, tanpa enkripsi.',
    en: 'This computer’s key store uses a constant password, so it counts as none. The desk’s key is kept by the browser, unencrypted.',
  },
  unreadable: {
    id: 'Kunci loket tidak dapat dibuka; mungkin keyring terkunci. Buka keyring lalu mulai ulang, atau daftarkan loket ini lagi.',
    en: 'The desk’s key cannot be opened; the keyring may be locked. Unlock it and start again, or enrol this desk anew.',
  },
}

/** The host inside Electron: every wish goes through the preload's bridge, every answer is checked against the contract. */
export async function electronHost(bridge: Bridge, openBrowserKey: () => Promise<SigningKey> = browserKey): Promise<Host> {
  const ask = asker(bridge)
  const startup = await ask('startup', {})
  const key = await ask('workstationKey', {})
  const protection = (await ask('health', {})).contentProtection
  return {
    kind: 'electron',
    serverUrl: async () => startup.serverUrl,
    idleMinutes: async () => idleMinutesWithin(startup.idleMinutes),
    // WebAuthn needs https or localhost (Web Authentication Level 3 §13.4.9); `ikd:` is neither.
    passkeys: undefined,
    takeEnrolmentCode: () => startup.enrolmentCode,
    workstationKey: async (): Promise<WorkstationSigningKey> =>
      key.store === 'os'
        ? { key: { publicJwk: key.publicJwk, sign: (bytes) => sign(ask, bytes) }, store: 'os' }
        : { key: await openBrowserKey(), store: 'browser', remark: noStore[key.reason] },
    print: async () => void (await ask('printPage', {})),
    health: () => ask('health', {}),
    openCustomerDisplay: async () => {
      await ask('openCustomerDisplay', {})
      return 'opened'
    },
    limits: [
      ...(key.store === 'none' ? [noStore[key.reason]] : []),
      ...(protection ? [] : [{ id: 'Sistem operasi ini tidak dapat mencegah tangkapan layar.', en: 'This operating system cannot prevent screenshots.' }]),
    ],
  }
}

type Ask = <N extends ChannelName>(name: N, request: RequestOf<N>) => Promise<AnswerOfChannel<N>>

function asker(bridge: Bridge): Ask {
  return async <N extends ChannelName>(name: N, request: RequestOf<N>) => {
    const answer = await bridge[name](request)
    if (!answer.ok) throw new BridgeError(answer.problem)
    if (!Check(channels[name].answer, answer.value)) throw new BridgeError('answer-malformed')
    return answer.value
  }
}

async function sign(ask: Ask, bytes: Uint8Array): Promise<Uint8Array> {
  const { signature } = await ask('signProof', { signingInput: new TextDecoder().decode(bytes) })
  return Uint8Array.from(atob(signature.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
}
