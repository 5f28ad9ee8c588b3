import type { Mutation } from './list.ts'

const features = 'server/src/features'
const bindings = `${features}/bindings/service.ts`
const links = `${features}/suspension-links/service.ts`
const resumptions = `${features}/resumptions/service.ts`
const phones = `${features}/cases/phones.ts`
const activations = `${features}/activations/service.ts`
const suspensionTests = `${features}/suspensions/suspensions.test.ts`
const resumptionTests = `${features}/resumptions/resumptions.test.ts`
const contactTests = `${features}/contacts/contacts.test.ts`
const phoneTests = `${features}/cases/phones.test.ts`
const activationTests = `${features}/activations/activations.test.ts`
const pinTests = `${features}/bindings/pins.test.ts`

/** What protects a phone's life between its PIN and its end, and the way there. */
export const lifecycleMutations: readonly Mutation[] = [
  {
    promise: 5, without: 'any PIN will do',
    file: `${features}/bindings/pins.ts`, line: "if (isPopularPin(pin) || isBirthDatePin(pin, birthDate)) throw new DomainError('pin-too-simple')", becomes: 'void [isPopularPin, isBirthDatePin, birthDate]',
    test: pinTests, named: 'is refused: popular, or the holder’s birth date',
  },
  {
    promise: 5, without: 'a wrong PIN on a suspended phone is not told from a right one',
    file: `${features}/resumptions/routes.ts`, line: "if (guess.outcome !== 'right') return on.bindings.refusePin(unit, guess)", becomes: '',
    test: resumptionTests, named: 'counts wrong PINs with all others, and sends no mail for one',
  },
  {
    promise: 6, without: 'a code lives as long as its approval',
    file: activations, line: "if (activation.codeExpiresAt !== undefined && activation.codeExpiresAt <= now) throw new DomainError('activation-expired')", becomes: '',
    test: activationTests, named: 'lives ten minutes from the mailbox’s 250',
  },
  {
    promise: 6, without: 'the link need not be confirmed',
    file: activations, line: "if (activation.stage !== 'link-confirmed') throw new DomainError('activation-not-confirmed')", becomes: '',
    test: activationTests, named: 'wants the link confirmed first',
  },
  {
    promise: 6, without: 'an approval lasts for ever',
    file: activations, line: "if (row.approval_expires_at <= now) return 'expired'", becomes: '',
    test: activationTests, named: 'brings five new tries, within the approval’s 24 hours',
  },
  {
    promise: 6, without: 'new codes have no end',
    file: activations, line: ".where('resends', '<', resends)", becomes: '',
    test: activationTests, named: 'counts three even if the phone believes otherwise',
  },
  {
    promise: 6, without: 'the desk’s code may be guessed at leisure',
    file: `${features}/cases/confirmation.ts`, line: ".where('confirmation_tries', '<', confirmationTries)", becomes: '',
    test: `${features}/cases/confirmation.test.ts`, named: 'allows five wrong tries, side by side as well',
  },
  {
    promise: 7, without: 'asking for a link looks the NIK up at once',
    file: `${features}/suspensions/requests.ts`, line: 'async take(unit, nik) {', becomes: 'async take(unit, nik) {\n      if (!(await on.residents.findByNik(unit.work, nik))) return',
    test: `${features}/suspensions/requests.test.ts`, named: 'writes the same for every NIK, and asks the register nothing',
  },
  {
    promise: 7, without: 'a mailbox can be flooded with links',
    file: `${features}/suspensions/requests.ts`, line: 'if ((await on.caps.spend(unit, `suspension-link:${binding.id}`, mailsPerHour)) !== undefined) return', becomes: '',
    test: suspensionTests, named: 'sends one mail an hour',
  },
  {
    promise: 9, without: 'a token from before a suspension comes back to life',
    file: 'server/src/features.ts', line: "if ((decodeJwt(accessToken).iat ?? 0) < Math.floor(binding.validFrom / second)) throw new DomainError('token-expired')", becomes: 'void [decodeJwt, accessToken, second]',
    test: suspensionTests, named: 'what was unlocked and shown before a suspension stays dead',
  },
  {
    promise: 9, without: 'a grant from before a suspension comes back to life',
    file: `${features}/presentations/service.ts`, line: ' || grant.createdAt < subject.validFrom', becomes: '',
    test: `${features}/presentations/service.test.ts`, named: 'takes nothing under a grant from before a suspension',
  },
  {
    promise: 9, without: '*not me* is lifted by whoever holds phone, PIN and e-mail',
    file: resumptions, line: "if (binding.suspendedBy !== 'resident') throw new DomainError('resume-at-office')", becomes: '',
    test: phoneTests, named: 'and *not me* after it',
  },
  {
    promise: 9, without: '*not me* comes too late for a phone its thief has suspended',
    file: bindings, line: "by === 'not-me' ? ['active', 'suspended'] : ['active']", becomes: "['active']",
    test: phoneTests, named: 'and *not me* after it',
  },
  {
    promise: 9, without: 'a link suspends again and again',
    file: links, line: ".where('used_at', 'is', null)", becomes: '',
    test: suspensionTests, named: 'suspends once; used again',
  },
  {
    promise: 9, without: 'a link asked for lives a day',
    file: links, line: "'asked': hour", becomes: "'asked': day",
    test: suspensionTests, named: 'is good for an hour',
  },
  {
    promise: 9, without: 'the code that lifts a suspension may be guessed at leisure',
    file: resumptions, line: ".where('tries', '<', codeTries)", becomes: '',
    test: resumptionTests, named: 'allows five tries of a code',
  },
  {
    promise: 9, without: 'a desk may block a whole town',
    file: phones, line: 'const blocksOfOfficer = { most: 10, window: hour }', becomes: 'const blocksOfOfficer = { most: 1000, window: hour }',
    test: phoneTests, named: 'stops at ten an hour for an officer',
  },
  {
    promise: 9, without: 'a new e-mail counts although one of the two addresses has not answered',
    file: `${features}/contacts/by-holder.ts`, line: "if (isConfirmed('old') && (change.kind === 'phone' || isConfirmed('new')))", becomes: "if (isConfirmed('old') || isConfirmed('new'))",
    test: contactTests, named: 'counts once both addresses have answered',
  },
  {
    promise: 9, without: 'nobody at the old address hears of a new one',
    file: `${features}/contacts/change.ts`, line: 'await on.mail.enqueueNotice(unit, { to: email, notice, notMeLink: url, ...office })', becomes: 'void url',
    test: contactTests, named: 'is told to both addresses and in the history',
  },
  {
    promise: 11, without: 'one officer alone brings a blocked phone back',
    file: `${features}/cases/machine.ts`, line: "model.kind === 'unblock' || model.captureOutcome", becomes: 'model.captureOutcome',
    test: phoneTests, named: 'takes the phone itself at the desk, its code, the face and a second officer',
  },
]
