import { createClient, generateSigningKey, webCryptoSigningKey } from '@ikd/client'
import { routes } from '@ikd/contract'
import type { Row } from '../bench.ts'
import type { benches } from '../command-line/commands.mjs'
import type { Values } from '../command-line/read.mjs'
import { createRandom } from '../demo/population/random.ts'
import { raiseWorld, type World } from '../faults/stage/world.ts'
import { writeBound, writeStaff } from './lookup/crowd.ts'
import { compare, quantile } from './lookup/statistics.ts'

/** One request somebody could send to learn whether a name is known. */
interface Probe {
  readonly question: string
  /** The kinds of names; what is compared with the first is the others. */
  readonly kinds: Readonly<Record<string, readonly string[]>>
  readonly samples: number
  ask(client: ReturnType<typeof createClient>, name: string): Promise<unknown>
}

/** Below it a difference is chance: three standard errors of the AUC for samples of this size. */
function telling(samples: number): number {
  return 3 * Math.sqrt((2 * samples + 1) / (12 * samples * samples))
}

/**
 * Whether names can be told apart by how the server answers (promise 7): the same requests for known, unknown and bound NIKs and
 * for known and unknown accounts, interleaved in one run against a server process.
 */
export async function run({ samples }: Values<typeof benches.lookup>): Promise<Row[]> {
  const world = await raiseWorld({ database: 'sqlite', residents: samples * 2, officers: 1, tellers: 1 })
  try {
    // Enrols a workstation, which the written visits belong to.
    await world.desk(0)
    const niks = Array.from({ length: samples * 2 }, () => world.nextNik())
    const [known, bound] = [niks.slice(0, samples), niks.slice(samples)]
    const unknown = known.map((nik) => `3578${nik.slice(4)}`)
    const signIns = Math.min(samples, 200)
    const accounts = Array.from({ length: signIns }, (_, i) => `akun${i}`)
    await world.look(async (store) => {
      await writeBound(store, bound)
      await writeStaff(store, accounts)
    })
    const probes: Probe[] = [
      {
        question: 'registration',
        kinds: { known, unknown, bound },
        samples,
        ask: async (client, nik) =>
          client.call(routes.device.register, { body: { nik, email: `${nik}@contoh.id`, phone: '+6281100000001', consentVersion: '1', captcha: await world.captcha() } }),
      },
      {
        question: 'suspension link',
        kinds: { known, unknown, bound },
        samples,
        ask: async (client, nik) => client.call(routes.suspensions.ask, { body: { nik, captcha: await world.captcha() } }),
      },
      {
        question: 'sign-in',
        kinds: { known: accounts, unknown: accounts.map((name) => `bukan-${name}`) },
        samples: signIns,
        ask: (client, username) => client.call(routes.staff.signIn, { body: { username, password: 'salah-sama-sekali' } }),
      },
    ]
    const rows: Row[] = []
    for (const probe of probes) rows.push(...(await measure(world, probe)))
    return rows
  } finally {
    await world.close()
  }
}

async function measure(world: World, { question, kinds, samples, ask }: Probe): Promise<Row[]> {
  const random = createRandom(question)
  const times: Record<string, number[]> = {}
  const answers: Record<string, Set<string>> = {}
  for (let i = 0; i < samples; i++) {
    // In another order each time: what comes first must not always be the same.
    const order = Object.keys(kinds).map((kind) => ({ kind, at: random.integer(0, 1_000_000) })).sort((a, b) => a.at - b.at)
    for (const { kind } of order) {
      const { ms, answer } = await timed(world, (client) => ask(client, kinds[kind]?.[i] as string))
      ;(times[kind] ??= []).push(ms)
      ;(answers[kind] ??= new Set()).add(answer)
    }
  }
  const [first = ''] = Object.keys(kinds)
  const reference = times[first] ?? []
  return Object.keys(kinds).map((kind) => {
    const own = times[kind] ?? []
    const { auc, p, ksP } = compare(own, reference)
    const alike = kind === first || (Math.abs(auc - 0.5) < telling(samples) && sameSet(answers[kind], answers[first]))
    return {
      question, name: kind, samples,
      'median ms': round(quantile(own, 0.5), 2), 'p95 ms': round(quantile(own, 0.95), 2),
      'AUC': kind === first ? '' : round(auc, 3), 'p (U)': kind === first ? '' : round(p, 3), 'p (KS)': kind === first ? '' : round(ksP, 3),
      'answers': [...(answers[kind] ?? [])].sort().join(' '),
      'told apart': kind === first ? '' : alike ? 'no' : 'YES',
    }
  })
}

/** One request of a new phone: the time of its last exchange, and the shape of the answer without its values. */
async function timed(world: World, ask: (client: ReturnType<typeof createClient>) => Promise<unknown>): Promise<{ ms: number; answer: string }> {
  const reach = world.reach('each')
  let [ms, answer] = [0, '']
  const client = createClient({
    baseUrl: world.config.publicUrl,
    key: await webCryptoSigningKey(await generateSigningKey()),
    async fetch(input, init) {
      const began = performance.now()
      const response = await (reach.fetch as typeof fetch)(input, init)
      const body = await response.clone().text()
      ms = performance.now() - began
      answer = `${response.status}:${body.startsWith('{') ? Object.keys(JSON.parse(body) as object).sort().join(',') : body.length}`
      return response
    },
  })
  // Brings the nonce, so that the request that counts is sent once.
  await client.call(routes.service.health)
  await ask(client).catch(() => undefined)
  return { ms, answer }
}

function sameSet(a: Set<string> | undefined, b: Set<string> | undefined): boolean {
  return a !== undefined && b !== undefined && a.size === b.size && [...a].every((one) => b.has(one))
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
