import type { Mutation } from './list.ts'

const duplicates = 'server/src/features/duplicates'
const searches = 'server/src/features/duplicate-searches/service.ts'
const service = `${duplicates}/service.ts`
const tests = `${duplicates}/duplicates.test.ts`

/** What keeps one face from living under two names, and two people from being taken for one. */
export const duplicateMutations: readonly Mutation[] = [
  {
    promise: 'duplicates', without: 'a held case’s mail leaves all the same',
    file: searches, line: "['waiting', 'held', 'refused']", becomes: "['refused']",
    test: tests, named: 'the face of another resident holds the mail',
  },
  {
    promise: 'duplicates', without: 'a search that fails lets the mail go',
    file: searches, line: "['waiting', 'held', 'refused']", becomes: "['held', 'refused']",
    test: tests, named: 'a search that cannot be run holds the mail',
  },
  {
    promise: 'duplicates', without: 'a face is searched among what this server happened to have read',
    file: `${duplicates}/worker.ts`, line: 'await feed.catchUp()\n      const answer', becomes: 'const answer',
    test: tests, named: 'the face of another resident holds the mail',
  },
  {
    promise: 'duplicates', without: 'a resident is held for their own earlier face',
    file: `${duplicates}/vectors.ts`, line: 'if (subjects[row] === except) continue', becomes: 'void except',
    test: `${duplicates}/vectors.test.ts`, named: 'finds what looking at every one would find',
  },
  {
    promise: 'duplicates', without: 'a supervisor decides without having looked',
    file: service, line: "if (row.seen_by !== caller.staffId) throw new DomainError('duplicate-not-seen')", becomes: '',
    test: tests, named: 'the face of another resident holds the mail',
  },
  {
    promise: 'duplicates', without: 'an officer judges their own case',
    file: service, line: "if (involved.includes(caller.staffId)) throw new DomainError('approval-own-case')", becomes: 'void [involved, caller]',
    test: tests, named: 'a case does not judge its likeness',
  },
  {
    promise: 'duplicates', without: 'another office’s resident is shown by name',
    file: service, line: 'row.own_office_id === row.other_office_id ? { name', becomes: 'true ? { name',
    test: tests, named: 'the face of another resident holds the mail',
  },
  {
    promise: 'duplicates', without: 'a case that was refused as a duplicate goes on',
    file: service, line: 'await on.cases.refuseAsDuplicate(unit, caller, row.own_case)', becomes: '',
    test: tests, named: 'said to be one person, the case is refused',
  },
  {
    promise: 'duplicates', without: 'thresholds are as loose for 200,000 as for ten',
    file: `${duplicates}/policy.ts`, line: 'Math.max(1, compared)', becomes: 'Math.min(10, compared + 1)',
    test: `${duplicates}/policy.test.ts`, named: 'at most one case in a hundred is held',
  },
  {
    promise: 'duplicates', without: 'templates of visits that came to nothing stay',
    file: 'server/src/features/templates/service.ts', line: 'const over = [...unbound, ...ended]', becomes: 'const over = [...ended]',
    test: tests, named: 'a template stays with the phone it led to',
  },
]
