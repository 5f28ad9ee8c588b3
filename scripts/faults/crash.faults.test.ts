import { numberOf, reportFigure } from '@ikd/server/testing/figures'
import { expect, test } from 'vitest'
import { crashAtRandom } from './crash/run.ts'
import { canRaise, wantedDatabase } from './stage/world.ts'

const database = wantedDatabase()
const seed = process.env['IKD_SEED'] ?? String(Date.now())
const points = numberOf('IKD_POINTS', 200)

test.skipIf(!canRaise(database))(
  `${points} kills at random points of a busy run lose nothing that was acknowledged and leave nothing half done; every tenth kills PostgreSQL too (seed ${seed})`,
  async () => {
    const { acknowledged, scans, bindings, entries, findings } = await crashAtRandom({ database, points, mostActs: 12, seed, databaseEvery: 10 })
    reportFigure(`${points} kills, ${acknowledged} acknowledged acts, ${bindings} phones bound, ${scans} scans, ${entries} audit entries, ${findings.length} lost or half done`)
    expect(findings).toEqual([])
  },
)
