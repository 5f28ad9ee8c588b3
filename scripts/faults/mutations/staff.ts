import type { Mutation } from './list.ts'

const staff = 'server/src/features/staff'
const factorTests = `${staff}/second-factor.test.ts`
const newFactorTests = `${staff}/new-factors.test.ts`
const signInTests = `${staff}/staff.test.ts`
const attempts = `${staff}/attempts.ts`
const proofs = `${staff}/account-proofs.ts`
const sessionTests = `${staff}/sessions.test.ts`
const approvals = 'server/src/features/cases/approvals.ts'
const approvalTests = 'server/src/features/cases/approvals.test.ts'
const takeover = 'server/src/features/cases/takeover.ts'
const takeoverTests = 'server/src/features/cases/takeover.test.ts'
const admin = 'server/src/features/admin/service.ts'
const adminTests = 'server/src/features/admin/admin.test.ts'

/** Who signs in at a desk, and what a second person approves. */
export const staffMutations: readonly Mutation[] = [
  {
    promise: 'staff', without: 'a password alone opens a session at a desk',
    file: `${staff}/service.ts`, line: "if (role !== 'verifier') return { needs: 'setup-code', ticket: issue('setup-code') }", becomes: '',
    test: factorTests, named: 'opens no session for anybody of an office',
  },
  {
    promise: 'staff', without: 'a code serves again',
    file: `${staff}/factors.ts`, line: ".where('last_counter', still ? '=' : '<', counter)", becomes: '',
    test: factorTests, named: 'is taken once, also by another desk',
  },
  {
    promise: 'staff', without: 'a ticket serves any desk',
    file: `${staff}/service.ts`, line: 'if (!ticket || ticket.jkt !== jkt)', becomes: 'if (!ticket)',
    test: factorTests, named: 'serves the key it was made for and no other',
  },
  {
    promise: 'staff', without: 'a ticket serves again',
    file: `${staff}/service.ts`, line: "if (!(await spendTicket(unit, ticket))) throw new DomainError('sign-in-ticket-expired')", becomes: '',
    test: factorTests, named: 'serves once',
  },
  {
    promise: 'staff', without: 'a ticket can be written by hand',
    file: 'server/src/security/tickets.ts', line: 'if (rest.length > 0 || !sameDigest(mac, seal(purpose, payload))) return undefined', becomes: '',
    test: factorTests, named: 'has one spelling, and none of its letters can be changed',
  },
  {
    promise: 'staff', without: 'the second factor can be guessed for ever',
    file: `${staff}/service.ts`, line: "const guess = await attempts.countFactorGuess(account, jkt, 'totp' in proof ? 'totp' : 'passkey')", becomes: "const guess = { wrong: async () => new DomainError('factor-wrong'), right: async () => undefined }",
    test: factorTests, named: 'pause after five, whatever passwords come between',
  },
  {
    promise: 'staff', without: 'a right password forgives wrong second factors',
    file: attempts, line: 'await counts.forget(pair)\n      if (desk)', becomes: "await counts.forget({ kind: 'factor', id: account.id, jkt })\n      if (desk)",
    test: factorTests, named: 'pause after five, whatever passwords come between',
  },
  {
    promise: 'staff', without: 'one desk locks an account',
    file: attempts, line: 'const isFirstRound = counted.pauses === (counted.beginsPause ? 1 : 0)', becomes: 'const isFirstRound = true',
    test: factorTests, named: 'of one desk hold up that desk, longer each time, and no other',
  },
  {
    promise: 'staff', without: 'the lock holds passkeys up',
    file: attempts, line: "const isCode = kind !== 'passkey'", becomes: 'const isCode = true',
    test: factorTests, named: 'by passkey are held up by no lock',
  },
  {
    promise: 'staff', without: 'a desk may fail at every name',
    file: attempts, line: 'return counted instanceof DomainError ? counted : counts.count(ofDesk(jkt), limits.desk)', becomes: 'return counted',
    test: signInTests, named: 'that fails at every account of its office locks nobody out at another desk',
  },
  {
    promise: 'staff', without: 'strangers hold a known browser up',
    file: attempts, line: 'const isStranger = !desk && !account?.known', becomes: 'const isStranger = !desk',
    test: signInTests, named: 'costs a teller nothing at the browser they use',
  },
  {
    promise: 'staff', without: 'strangers who come together need no robot check',
    file: attempts, line: 'if (stand !== undefined) return needsCheck(stand)', becomes: '',
    test: signInTests, named: 'let one more with the check that was enough',
  },
  {
    promise: 'staff', without: 'one robot check serves many tries',
    file: attempts, line: 'await inUnit(core, (unit) => captcha.spend(unit, solved))', becomes: '',
    test: signInTests, named: 'take one robot check for one try',
  },
  {
    promise: 'staff', without: 'a network guesses at one name after another',
    file: attempts, line: '[[network, limits.network], [pair, limits.password]] as const', becomes: '[[pair, limits.password]] as const',
    test: signInTests, named: 'spends of its network',
  },
  {
    promise: 'staff', without: 'an account of one’s own forgives guesses at others’',
    file: attempts, line: 'await counts.takeBack(network, limits.network)', becomes: 'await counts.forget(network)',
    test: signInTests, named: 'of somebody who has an account themself is not forgiven',
  },
  {
    promise: 'staff', without: 'strangers of a network hold its desks up by the minute',
    file: 'server/src/plugins/limits.ts', line: 'return caller.settled ? `key:${caller.jkt}` : `network:${caller.network}`', becomes: 'return `network:${caller.network}`',
    test: signInTests, named: 'floods its network’s minute without holding up',
  },
  {
    promise: 'staff', without: 'a session alone adds a factor',
    file: proofs, line: "if (!hasFactor && caller.kind === 'setup') return { by: 'setup-code' }", becomes: "if (caller.kind !== 'verifier') return { by: 'setup-code' }",
    test: newFactorTests, named: 'adds no factor, removes none and changes no password',
  },
  {
    promise: 'staff', without: 'a proof of an old factor serves any act',
    file: proofs, line: ' || ticket.act !== deed.act', becomes: '',
    test: newFactorTests, named: 'is of this act, this factor and this session',
  },
  {
    promise: 'staff', without: 'a proof of an old factor serves again',
    file: proofs, line: 'if (ticket && !(await spendTicket(unit, ticket))) throw needed()', becomes: '',
    test: newFactorTests, named: 'serves once: neither its code nor its ticket again',
  },
  {
    promise: 'staff', without: 'a factor of this minute shuts out the others',
    file: proofs, line: "return overtakes ? new DomainError('factor-too-new', { retryAt: proved.approvesFrom }) : { by: 'factor', ticket }", becomes: "return { by: 'factor', ticket }",
    test: newFactorTests, named: 'shuts out no older one for a day',
  },
  {
    promise: 'staff', without: 'several are the first factor',
    file: `${staff}/factors.ts`, line: "if (mustBeFirst && (await listKinds(unit.work, caller.staffId)).length > 0) throw new DomainError('account-proof-needed')", becomes: '',
    test: newFactorTests, named: 'is one, however many are begun beside it',
  },
  {
    promise: 'staff', without: 'nobody hears of a new factor',
    file: `${staff}/factors.ts`, line: 'if (!isFirstEver && office) {', becomes: 'if (isFirstEver && office) {',
    test: newFactorTests, named: 'is told to the office, and to its owner',
  },
  {
    promise: 'staff', without: 'whoever added a factor says that it is the owner’s',
    file: `${staff}/factors.ts`, line: "if (row.added_in === sessionId) throw new DomainError('forbidden')", becomes: '',
    test: newFactorTests, named: 'is told to the office, and to its owner',
  },
  {
    promise: 'staff', without: 'a session by a new factor decides as the second person',
    file: `${staff}/service.ts`, line: 'if (refused) throw refused', becomes: '',
    test: newFactorTests, named: 'is no second person’s word for a day, in a session either',
  },
  {
    promise: 11, without: 'a factor of this minute approves',
    file: `${staff}/service.ts`, line: 'return proved instanceof DomainError ? proved : (tooNew(proved.approvesFrom) ?? proved)', becomes: 'return proved',
    test: approvalTests, named: 'is not given by a factor that was added within the last day',
  },
  {
    promise: 'staff', without: 'a setup code opens a session beside a second factor',
    file: `${staff}/service.ts`, line: "if (ticket.needs !== 'setup-code' || (await factors.listKinds(unit.work, account.id)).length > 0) return undefined", becomes: '',
    test: adminTests, named: 'is no way round the second factor once there is one',
  },
  {
    promise: 'staff', without: 'a session by setup code does everything',
    file: `${staff}/sessions.ts`, line: "if (session.factor === 'setup-code') return { kind: 'setup', ...base } satisfies SetupCaller", becomes: '',
    test: factorTests, named: 'lets a newcomer set up an authenticator app',
  },
  {
    promise: 'staff', without: 'a passkey of another site signs in',
    file: `${staff}/passkeys.ts`, line: 'expectedChallenge: challenge,\n        expectedOrigin,\n        expectedRPID: rpID,\n        requireUserVerification: true,\n        credential', becomes: "expectedChallenge: challenge,\n        expectedOrigin: [...expectedOrigin, 'https://ikd.example.net'],\n        expectedRPID: rpID,\n        requireUserVerification: true,\n        credential",
    test: factorTests, named: 'does not sign in for another origin',
  },
  {
    promise: 'staff', without: 'the last second factor can be removed',
    file: `${staff}/factors.ts`, line: "if (rows.length === 1 && member.role !== 'verifier') throw new DomainError('factor-last')", becomes: '',
    test: factorTests, named: 'of office staff cannot be removed',
  },
  {
    promise: 'staff', without: 'an abandoned desk stays signed in',
    file: `${staff}/sessions.ts`, line: "if (session.last_used_at + idleLimit[member.role === 'verifier' ? 'verifier' : 'desk'] <= now) throw new DomainError('token-expired')", becomes: '',
    test: sessionTests, named: 'is signed out after a quarter of an hour',
  },
  {
    promise: 'staff', without: 'the program alone keeps a desk awake',
    file: 'server/src/plugins/access.ts', line: 'if (!route.unattended && (', becomes: 'if ((',
    test: sessionTests, named: 'is signed out after a quarter of an hour',
  },
  {
    promise: 'staff', without: 'a common password is taken',
    file: `${staff}/passwords.ts`, line: 'next === current || isGuessablePassword(next, [member.username, member.name, place])', becomes: 'next === current',
    test: sessionTests, named: 'takes the old one, must not be easy to guess',
  },
  {
    promise: 'staff', without: 'an ended session goes on',
    file: `${staff}/sessions.ts`, line: 'session.jkt !== jkt || session.ended_at !== null', becomes: 'session.jkt !== jkt',
    test: 'server/src/access.scopes.test.ts', named: 'a session that was signed out is dead at its next request',
  },
  {
    promise: 'staff', without: 'an admin reaches into other offices',
    file: admin, line: "if (row.office_id !== caller.officeId) throw new DomainError('other-office')\n  }", becomes: '}',
    test: 'server/src/access.objects.scopes.test.ts', named: 'is refused to every role that may call it, and changes nothing',
  },
  {
    promise: 'staff', without: 'an admin administers from any desk',
    file: admin, line: "if (!caller.powers.includes('administer')) throw new DomainError('workstation-power-missing')", becomes: '',
    test: adminTests, named: 'without the power to administer',
  },
  {
    promise: 11, without: 'an approval needs a PIN alone',
    file: approvals, line: 'return proved instanceof DomainError ? proved : { ticket }', becomes: 'return { ticket }',
    test: approvalTests, named: 'is not given by a PIN alone, or a wrong code',
  },
  {
    promise: 11, without: 'an approval serves any case',
    file: approvals, line: ' || ticket.caseId !== row.id', becomes: '',
    test: approvalTests, named: 'is of this case and no other',
  },
  {
    promise: 11, without: 'an approval serves any desk',
    file: approvals, line: ' || ticket.jkt !== caller.jkt', becomes: '',
    test: approvalTests, named: 'is given at the desk where the PIN was typed',
  },
  {
    promise: 11, without: 'a passkey’s assertion approves something else',
    file: approvals, line: "JSON.stringify(['ikd approval', ticketId, caseId, version, outcome, supervisorId, jkt])", becomes: "JSON.stringify(['ikd approval', caseId])",
    test: approvalTests, named: 'signs exactly this: the same assertion is none for another ticket',
  },
  {
    promise: 11, without: 'a supervisor approves what they asked for themselves',
    file: 'server/src/features/cases/decisions.ts', line: "return involved.includes(supervisorId) ? new DomainError('approval-own-case') : undefined", becomes: 'return void involved',
    test: approvalTests, named: 'is somebody else’s',
  },
  {
    promise: 11, without: 'an approval is taken from somebody who has not looked',
    file: approvals, line: "if (!(await looks.hasLooked(core.store, row, sittingOf(ticket)))) return new DomainError('approval-not-seen')", becomes: '',
    test: approvalTests, named: 'refused before the code is looked at',
  },
  {
    promise: 11, without: 'one look serves every sitting',
    file: 'server/src/features/cases/approval-looks.ts', line: ".where('sitting', '=', sitting.id)", becomes: '',
    test: approvalTests, named: 'refused before the code is looked at',
  },
  {
    promise: 11, without: 'six digits approve for whoever was only named',
    file: approvals, line: '!ticket || !fits(ticket, body)', becomes: '!ticket',
    test: approvalTests, named: 'signs exactly this: the same assertion is none for another ticket',
  },
  {
    promise: 11, without: 'a case is given away to approve it',
    file: takeover, line: 'return [officerId, ...former.map(({ staff_id: staffId }) => staffId)]', becomes: 'return [officerId, ...former.slice(0, 0).map(({ staff_id: staffId }) => staffId)]',
    test: takeoverTests, named: 'whoever had the case is not its second person',
  },
  {
    promise: 11, without: 'any desk of the office works on a case',
    file: takeover, line: "if (!isInHand(caller, row)) throw new DomainError('case-at-other-desk')", becomes: '',
    test: takeoverTests, named: 'is worked on by nobody else',
  },
  {
    promise: 11, without: 'an approval goes over to whoever takes the case',
    file: 'server/src/features/cases/machine.ts', line: "return state === 'awaiting-decision' ? withoutSupervision(model) : model", becomes: 'return model',
    test: takeoverTests, named: 'what was approved ends with another taker',
  },
  {
    promise: 'staff', without: 'an approval PIN can be guessed for ever',
    file: `${staff}/approval-pins.ts`, line: ".where((where) => where.or([where('paused_until', 'is', null), where('paused_until', '<=', now)]))", becomes: '',
    test: approvalTests, named: 'pause after three and spend it after ten',
  },
]
