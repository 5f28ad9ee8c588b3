import { numberOf } from '@ikd/server/testing/figures'
import { describeRaces } from './races/describe.ts'
import { wantedDatabase } from './stage/world.ts'

const database = wantedDatabase()

describeRaces({ database, servers: database === 'postgres' ? 2 : 1, tokens: numberOf('IKD_TOKENS', 1000), scanners: 20, together: 4, guesses: 50, cases: 20 })
