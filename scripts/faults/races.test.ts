import { describeRaces } from './races/describe.ts'

describeRaces({ database: 'postgres', servers: 2, tokens: 100, scanners: 10, together: 4, guesses: 50, cases: 3 })
