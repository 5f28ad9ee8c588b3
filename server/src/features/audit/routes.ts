import { routes } from '@ikd/contract'
import type { Core } from '../../core.ts'
import type { Registrar } from '../../plugins/registrar.ts'
import { createHeadKeys, type SignedHead, toJws } from './heads.ts'

const pageSize = 100

export function auditRoutes(registrar: Registrar, core: Core): void {
  const { jwk } = createHeadKeys(core.secrets)

  async function newestOfEach(): Promise<SignedHead[]> {
    const newest = core.store.selectFrom('log_head').select((row) => ['log', row.fn.max('number').as('number')]).groupBy('log').as('newest')
    return core.store
      .selectFrom('log_head')
      .innerJoin(newest, (on) => on.onRef('newest.log', '=', 'log_head.log').onRef('newest.number', '=', 'log_head.number'))
      .selectAll('log_head')
      .orderBy('log_head.at', 'desc')
      .limit(pageSize)
      .execute()
  }

  const after = (log: string, number: number): Promise<SignedHead[]> =>
    core.store.selectFrom('log_head').selectAll().where('log', '=', log).where('number', '>', number).orderBy('number').limit(pageSize).execute()

  registrar.read(routes.audit.heads, async ({ query }) => {
    const heads = query.log === undefined ? await newestOfEach() : await after(query.log, query.after ?? 0)
    return {
      keys: [jwk],
      heads: heads.map((head) => ({
        log: head.log, number: head.number, from: head.from_seq, to: head.to_seq, at: head.at, root: head.root, jws: toJws(head),
      })),
    }
  })
}
