import { duplicateMutations } from './duplicates.ts'
import { lifecycleMutations } from './lifecycle.ts'
import { protocolMutations } from './protocol.ts'
import { staffMutations } from './staff.ts'

/** A protection taken out, and the test that must notice. */
export interface Mutation {
  /** Number of the promise it keeps; `staff`: who signs in at a desk; `duplicates`: one face, one name. */
  readonly promise: number | 'staff' | 'duplicates'
  /** What is so without it. */
  readonly without: string
  readonly file: string
  /** The protection; occurs once in the file. */
  readonly line: string
  readonly becomes: string
  /** File of the test that must fail, and its name or a part of it. */
  readonly test: string
  readonly named: string
}

const presentations = 'server/src/features/presentations'
const presentationTests = `${presentations}/service.test.ts`
const dpop = 'server/src/security/dpop.ts'
const challenge = 'models/src/challenge.ts'
const challengeTests = 'models/src/challenge.test.ts'
const captures = 'server/src/features/captures/service.ts'
const orderTests = 'server/src/features/captures/orders.test.ts'
const referenceTests = 'server/src/features/references/references.test.ts'
const proofTests = 'server/src/proofs.test.ts'
const registrar = 'server/src/plugins/registrar.ts'
const verifyChain = 'server/src/features/audit/verify-chain.ts'
const verifyTests = 'server/src/features/audit/verify.test.ts'
const pins = 'server/src/features/bindings/pins.ts'
const atOnceTests = 'server/src/features/bindings/at-once.test.ts'

export const mutations: readonly Mutation[] = [
  {
    promise: 1, without: 'who lost the unique pair is answered like the winner',
    file: `${presentations}/service.ts`, line: "if (!(await insertScan(unit.work, scan))) throw new DomainError('presentation-already-used')", becomes: 'await insertScan(unit.work, scan)',
    test: presentationTests, named: 'lets exactly one of fifty scans at the same time win',
  },
  {
    promise: 1, without: 'a request sent twice at once is done twice',
    file: registrar, line: 'if (taken.numInsertedOrUpdatedRows !== 1n) {\n            const raced', becomes: 'if (call.now === 0) {\n            const raced',
    test: 'scripts/faults/races.test.ts', named: 'a request sent ten times at once with one idempotency key is done once',
  },
  {
    promise: 2, without: 'a fresh QR lives ten times as long',
    file: `${presentations}/freshness.ts`, line: 'age >= presentationLifetimeMs', becomes: 'age >= 10 * presentationLifetimeMs',
    test: presentationTests, named: 'lets a fresh QR die 90 s after its nonce',
  },
  {
    promise: 2, without: 'a QR outlives its grant',
    file: `${presentations}/freshness.ts`, line: "if (now >= grant.expiresAt) return 'expired'", becomes: '',
    test: presentationTests, named: 'takes nothing once the grant is dead',
  },
  {
    promise: 2, without: 'a grant lives on beside its successor',
    file: `${presentations}/service.ts`, line: "grant.isEnded ? 'expired' : judgeFreshness", becomes: 'judgeFreshness',
    test: presentationTests, named: 'ends a binding’s earlier grants with a new one',
  },
  {
    promise: 2, without: 'an offline QR may claim any time',
    file: `${presentations}/freshness.ts`, line: "claimedAt >= grant.createdAt - clockTolerance && claimedAt < grant.expiresAt ? 'offline' : 'expired'", becomes: "'offline'",
    test: `${presentations}/freshness.test.ts`, named: 'takes no presentation that claims a time before its grant',
  },
  {
    promise: 3, without: 'a request is many commits instead of one',
    file: registrar, line: 'await transact(core.store, once, { life })', becomes: 'await core.store.connection().execute(once as never)',
    test: 'scripts/faults/crash.test.ts', named: 'loses nothing it acknowledged and leaves nothing half done',
  },
  {
    promise: 3, without: 'what a stranger was refused is half done',
    file: 'server/src/features/captcha/service.ts', line: 'return undoRefused(unit.work, act)', becomes: 'try {\n        return await act()\n      } catch (error) {\n        if (error instanceof DomainError) return error\n        throw error\n      }',
    test: 'server/src/features/suspensions/suspensions.test.ts', named: 'is the same refusal, whose robot check is spent and whose half-done act is undone',
  },
  {
    promise: 3, without: 'a robot check is spent though the server failed',
    file: 'server/src/features/captcha/service.ts', line: "return { nonce, until: Number(data?.['until']), effort: Number(data?.['effort'] ?? 1) }", becomes: "const until = Number(data?.['until'])\n      await core.store.insertInto('captcha_spent').values({ challenge: nonce, expires_at: until }).execute()\n      return { nonce: `${nonce} again`, until, effort: Number(data?.['effort'] ?? 1) }",
    test: 'server/src/features/activations/activations.test.ts', named: 'costs no robot check when the server could not do what it was solved for',
  },
  {
    promise: 8, without: 'strangers share their idempotency keys',
    file: registrar, line: "caller.kind === 'public' ? `stranger:${keyedHash(hashKey, 'stranger', asked)}`", becomes: "caller.kind === 'public' ? 'public'",
    test: 'server/src/features/activations/activations.test.ts', named: 'whose answer was lost is asked for again with the same robot check',
  },
  {
    promise: 4, without: 'a mail on its way is given to a second worker',
    file: 'server/src/features/mail/outbox.ts', line: 'claimed_until: now + lease,\n            lost_workers', becomes: 'claimed_until: now,\n            lost_workers',
    test: 'server/src/features/mail/outbox.test.ts', named: 'gives a mail to one of many who ask at once',
  },
  {
    promise: 4, without: 'a mail that kills its worker does so for ever',
    file: 'server/src/features/mail/outbox.ts', line: "row('lost_workers', '>=', mostLostWorkers - 1)", becomes: "row('lost_workers', '<', 0)",
    test: 'server/src/features/mail/outbox.test.ts', named: 'gives up a mail that has lost ten workers in a row',
  },
  {
    promise: 4, without: 'a mail that may kill its worker takes others along',
    file: 'server/src/features/mail/worker.ts', line: 'if (mail.lostWorkers > 0) await delivery', becomes: '',
    test: 'server/src/features/mail/worker-hardship.test.ts', named: 'and may have killed its worker, is sent alone',
  },
  {
    promise: 5, without: 'ten wrong PINs lead nowhere',
    file: pins, line: ".where('pin_row', '<', guessesInARow)\n      .where((where) => where.or([where('pin_paused_until', 'is', null), where('pin_paused_until', '<=', now)]))", becomes: ".where((where) => where.or([where('pin_paused_until', 'is', null), where('pin_paused_until', '<=', now)]))",
    test: 'server/src/guesses.test.ts', named: 'ten wrong PINs in a row lead to the office',
  },
  {
    promise: 5, without: 'parallel guesses pass while one is being compared',
    file: pins, line: "pin_row: set('pin_row', '+', 1),", becomes: '',
    test: 'server/src/guesses.test.ts', named: 'with another PIN under its key is one more guess',
  },
  {
    promise: 5, without: 'a right PIN is refused while others are being compared',
    file: pins, line: ".where((where) => where.or([where('pin_guess_until', 'is', null), where('pin_guess_until', '<=', now)]))", becomes: '',
    test: atOnceTests, named: 'opens every time also after two wrong ones',
  },
  {
    promise: 5, without: 'a guess that outlived its turn takes back another’s count',
    file: pins, line: ".where('pin_guess', '=', guess)", becomes: '',
    test: atOnceTests, named: 'takes back nobody else’s count',
  },
  {
    promise: 5, without: 'PIN changes that come at once are all made',
    file: pins, line: "if (pinHash !== guess.pinHash) throw new DomainError('pin-changed')", becomes: '',
    test: atOnceTests, named: 'opens nothing under the new one',
  },
  {
    promise: 5, without: 'two officers open a phone whose PIN is locked',
    file: 'server/src/features/bindings/service.ts', line: "if (await pins.isPinLocked(unit.work, binding.id)) throw new DomainError('phone-pin-locked')", becomes: '',
    test: 'server/src/features/cases/phones.test.ts', named: 'and gets locked while two officers are about to open it',
  },
  {
    promise: 5, without: 'a repeated key hides a guess',
    file: registrar, line: 'await write.reused?.(call)', becomes: '',
    test: 'server/src/guesses.test.ts', named: 'with another PIN under its key is one more guess',
  },
  {
    promise: 6, without: 'every try at a code is the first',
    file: 'server/src/features/activations/service.ts', line: ".where('code_tries', '<', codeTries)", becomes: '',
    test: 'scripts/faults/races.test.ts', named: 'an activation code has five tries in all',
  },
  {
    promise: 7, without: 'registering asks the register',
    file: 'server/src/features/registrations/service.ts', line: "throw new DomainError('nik-malformed')", becomes: "throw new DomainError('nik-malformed')\n      await unit.work.selectFrom('resident').select('id').where('nik', '=', nik).execute()",
    test: proofTests, named: 'never asks the register',
  },
  {
    promise: 8, without: 'a token serves any key',
    file: 'server/src/plugins/access.ts', line: "if (claims.cnf.jkt !== proof.jkt) throw new DomainError('token-invalid')", becomes: '',
    test: proofTests, named: 'of another key does not fit the token',
  },
  {
    promise: 8, without: 'a proof serves any method',
    file: dpop, line: 'htm !== expected.method || ', becomes: '',
    test: proofTests, named: 'is of no use for another method',
  },
  {
    promise: 8, without: 'a proof serves any address',
    file: dpop, line: ' || !isSameTarget(htu, expected.url)', becomes: '',
    test: proofTests, named: 'is of no use at another address',
  },
  {
    promise: 8, without: 'a proof lives for ever',
    file: dpop, line: "if (age > nonceLifetime || age < -minute) throw new DomainError('proof-nonce-required')", becomes: '',
    test: proofTests, named: 'must carry a nonce of ours',
  },
  {
    promise: 8, without: 'a proof that changed something changes it again',
    file: registrar, line: "if (spent) throw new DomainError('proof-replayed')", becomes: '',
    test: 'server/src/protocol.test.ts', named: 'shown again changes nothing a second time',
  },
  {
    promise: 9, without: 'a blocked phone shows its QR',
    file: `${presentations}/service.ts`, line: "if (subject.state !== 'active' || grant.createdAt < subject.validFrom) throw new DomainError('presentation-blocked')", becomes: '',
    test: presentationTests, named: 'takes nothing from a',
  },
  {
    promise: 10, without: 'the KTP-el photograph held before the camera is a face',
    file: 'models/src/burst.ts', line: "if (frames.some((frame) => isCopy(frame, reference))) return failure(['same-image-as-reference'])", becomes: '',
    test: 'models/src/burst.test.ts', named: 'that holds the reference picture is refused whole',
  },
  {
    promise: 10, without: 'frames of an earlier visit serve again',
    file: 'models/src/burst.ts', line: "if (prints.some((print) => isShownBefore(print, earlier))) return failure(['repeated-frame'])", becomes: '',
    test: 'models/src/burst.test.ts', named: 'that repeats a frame of an earlier burst is refused whole',
  },
  {
    promise: 10, without: 'a face that answers no challenge is compared all the same',
    file: 'models/src/burst.ts', line: "return challenge.ok || burst.outcome === 'failure-to-acquire' ? burst : failure(challenge.reasons)", becomes: 'return burst',
    test: challengeTests, named: 'is never a match without it',
  },
  {
    promise: 10, without: 'a film that begins again is an answer',
    file: challenge, line: 'isLooped(sights) || ', becomes: '',
    test: challengeTests, named: 'has no picture that comes back after another',
  },
  {
    promise: 10, without: 'a film of one turn does for both, in a mirror',
    file: challenge, line: ' || isMirrored(sights)', becomes: '',
    test: challengeTests, named: 'has no picture that is another one in a mirror',
  },
  {
    promise: 10, without: 'an order that was replaced is settled all the same',
    file: captures, line: "        .where('submitted_at', 'is', null)\n        .where('voided_at', 'is', null)\n        .returning('resident_id')", becomes: "        .where('submitted_at', 'is', null)\n        .returning('resident_id')",
    test: orderTests, named: 'is void once another was given',
  },
  {
    promise: 10, without: 'frames may say they took longer than they can have',
    file: 'server/src/features/captures/evaluation.ts', line: 'if ((frames.at(-1)?.atMs ?? 0) > since + clockSlack) return', becomes: 'if (frames.length < 0) return',
    test: orderTests, named: 'cannot have been answered in more time than has passed',
  },
  {
    promise: 10, without: 'a resident is asked again what a film of an earlier visit shows',
    file: captures, line: 'drawChallenge(core.random, films)', becomes: 'drawChallenge(core.random, [])',
    test: orderTests, named: 'is never one that the resident answered within thirty days',
  },
  {
    promise: 10, without: 'whoever looks a resident up spends the captures of the phone they hold',
    file: 'server/src/features/captures/budget.ts', line: 'return phone === null ? `office:${visit.office_id}` : `phone:${phone}`', becomes: "return phone === '' ? '' : 'everybody'",
    test: 'server/src/features/captures/budget.test.ts', named: 'has its whole day at another officer’s desk',
  },
  {
    promise: 10, without: 'the same frames are taken at two visits at once',
    file: captures, line: 'if ((await countAnswers(unit.work, settled.resident_id)) !== result.known + 1)', becomes: 'if (result.known < 0)',
    test: orderTests, named: 'cannot both be answered with the same frames',
  },
  {
    promise: 10, without: 'a gray picture fetches anybody’s photograph',
    file: 'server/src/features/cases/machine.ts', line: 'if (!isConfirmed) return undefined', becomes: '',
    test: referenceTests, named: 'three gray pictures show nobody the photograph',
  },
  {
    promise: 10, without: 'an officer sees photographs without a matching face one after the other',
    file: 'server/src/features/references/service.ts', line: 'if (refusal) return refusal', becomes: '',
    test: referenceTests, named: 'an officer sees six without a match in an hour',
  },
  {
    promise: 10, without: 'one person rests and another moves',
    file: challenge, line: "if (sights.some(({ template }) => distance(template, self) > policy.lookAgain)) return { ok: false, reasons: ['faces-differ-between-frames'] }", becomes: '',
    test: challengeTests, named: 'is of one person throughout',
  },
  {
    promise: 10, without: 'an answer is there before the movement was made',
    file: challenge, line: 'if (!climb.some((share) => share > start + underWay[0] * whole && share < start + underWay[1] * whole)) return false', becomes: '',
    test: challengeTests, named: 'that jumps to where it was to arrive',
  },
  {
    promise: 11, without: 'a clear face replaces a phone without a second person',
    file: 'server/src/features/cases/machine.ts', line: "model.kind === 'rebinding' || ", becomes: '',
    test: 'server/src/features/cases/machine.test.ts', named: 'replacing a phone takes two people even when the face is clear',
  },
  {
    promise: 11, without: 'an approval survives another face',
    file: 'server/src/features/cases/machine.ts', line: "...withoutSupervision(model),\n        state: 'awaiting-decision',", becomes: "...model,\n        state: 'awaiting-decision',",
    test: 'server/src/features/cases/machine.test.ts', named: 'a new face comparison takes a supervisor’s approval back',
  },
  {
    promise: 12, without: 'an entry that was edited is not looked at',
    file: verifyChain, line: "if (!whole) find('edited', entry.seq)", becomes: '',
    test: verifyTests, named: 'any column of any row of',
  },
  {
    promise: 12, without: 'a chain rewritten from its beginning is believed',
    file: verifyChain, line: "if (head && whole && head.root !== entry.hash) find('edited', head.from_seq, head.to_seq)", becomes: '',
    test: verifyTests, named: 'an entry rewritten together with its hash',
  },
  {
    promise: 12, without: 'an end that was cut off is not missed',
    file: verifyChain, line: "if (signed > seq) find('truncated', seq + 1, signed)", becomes: '',
    test: verifyTests, named: 'of the chain at',
  },
  {
    promise: 13, without: 'nobody hears of a scan',
    file: `${presentations}/service.ts`, line: "await activity.record(unit, { ...entry, kind: 'scanned-by-institution', actor: verifier.institution.name })", becomes: '',
    test: 'server/src/looks.test.ts', named: 'by an institution’s scan',
  },
  {
    promise: 14, without: 'an institution gets whatever is offered',
    file: `${presentations}/disclosure.ts`, line: 'allowed.includes(field) && (', becomes: '(',
    test: `${presentations}/disclosure.test.ts`, named: 'gives an institution no field it has not registered',
  },
  {
    promise: 15, without: 'a name is markup in a mail',
    file: 'server/src/features/mail/render.ts', line: "String(part).replace(/[&<>\"']/g, (character) => entities[character] as string)", becomes: 'String(part)',
    test: 'server/src/features/mail/mails.test.ts', named: 'escapes in text and in attributes',
  },
  {
    promise: 16, without: 'a QR may be as long as a body',
    file: 'server/contract/src/http/shapes.ts', line: 'export const QrText = Type.String({ minLength: 1, maxLength: 1024 })', becomes: 'export const QrText = Type.String({ minLength: 1 })',
    test: `${presentations}/routes.test.ts`, named: 'refuses a QR that is too long before reading it',
  },
  {
    promise: 16, without: 'whoever never closes their side keeps a connection for ever',
    file: 'server/src/plugins/connections.ts', line: 'socket.destroySoon()\n  const deadline = setTimeout(() => socket.destroy(), lastWords)', becomes: 'socket.end()\n  const deadline = setTimeout(() => undefined, lastWords)',
    test: 'server/src/plugins/connections.test.ts', named: 'lets go of a client that never closes its side',
  },
  {
    promise: 17, without: 'a frame inside our page is answered like the page',
    file: 'counter-app/src/main/ipc.ts', line: 'return frame === own.mainFrame && frame.parent === null && isCounterUrl(frame.url)', becomes: 'return isCounterUrl(frame.url)',
    test: 'counter-app/src/main/ipc.test.ts', named: 'refuses',
  },
  {
    promise: 18, without: 'a sealed value opens in another row',
    file: 'server/src/security/envelope.ts', line: 'decipher.setAAD(Buffer.from(context))', becomes: 'decipher.setAAD(Buffer.alloc(0))',
    test: 'server/src/security/security.test.ts', named: 'sealed values',
  },
  ...duplicateMutations,
  ...lifecycleMutations,
  ...staffMutations,
  ...protocolMutations,
]
