/** The closed lists both sides share, in the words of the design. */
export const caseKinds = ['activation', 'rebinding', 'service', 'block', 'unblock', 'contact'] as const
export type CaseKind = (typeof caseKinds)[number]

/**
 * The life of a case. `awaiting-phone` only for a re-binding that began with a look-up; `recording` only for a service case;
 * `awaiting-reason` only for a block; `awaiting-address` only for a contact case, until the new address has answered.
 */
export const caseStates = [
  'awaiting-phone',
  'ineligible',
  'awaiting-confirmation',
  'awaiting-capture',
  'awaiting-decision',
  'awaiting-supervisor',
  'approved',
  'completed',
  'refused',
  'cancelled',
  'recording',
  'awaiting-reason',
  'awaiting-address',
] as const
export type CaseState = (typeof caseStates)[number]

/**
 * What a desk may do next; the server lists those open in a case's state. Two are for whoever is not its officer at its desk:
 * `take-over`, and `give-approval` for a supervisor at a desk of their own.
 */
export const caseActions = [
  'attach-phone',
  'start-capture',
  'submit-capture',
  'approve',
  'refuse',
  'ask-supervisor',
  'correct-email',
  'send-new-code',
  'record-service',
  'block',
  'change-contact',
  'cancel',
  'take-over',
  'give-approval',
] as const
export type CaseAction = (typeof caseActions)[number]

export const captureOutcomes = ['match', 'non-match', 'inconclusive', 'failure-to-acquire'] as const
export type CaptureOutcome = (typeof captureOutcomes)[number]

/** Bands, never distances, reach the desk. */
export const captureBands = ['near', 'unsure', 'far'] as const
export type CaptureBand = (typeof captureBands)[number]

/** Why a single picture of a burst was set aside. */
export const frameReasons = [
  'no-face',
  'several-faces',
  'too-small',
  'too-large',
  'off-centre',
  'too-dark',
  'too-bright',
  'side-light',
  'blurred',
  'turned',
  'tilted',
  'covered',
  'eyes-closed',
  'mouth-open',
  'busy-background',
  'unreadable',
  'repeated-frame',
] as const
export type FrameReason = (typeof frameReasons)[number]

/** Why a capture came out as it did, each something a person can act on. */
export const captureReasons = [
  ...frameReasons,
  'too-few-usable-frames',
  'faces-differ-between-frames',
  'same-image-as-reference',
  'challenge-not-followed',
  'moved-too-early',
  'turn-left-not-seen',
  'turn-right-not-seen',
  'look-up-not-seen',
  'come-closer-not-seen',
  'picture-jumped',
  'face-uncertain',
  'face-differs',
  'reference-poor',
  'reference-old',
  'reference-unusable',
] as const
export type CaptureReason = (typeof captureReasons)[number]

/** What the resident is asked to do before the camera, each from their own point of view: their left, not the picture's. */
export const challengeActions = ['turn-left', 'turn-right', 'look-up', 'come-closer'] as const
export type ChallengeAction = (typeof challengeActions)[number]

/** Steps of a challenge, in the order asked; `look` comes first and asks for no movement. */
export const challengeSteps = ['look', ...challengeActions] as const
export type ChallengeStep = (typeof challengeSteps)[number]

export const eligibilityRules = [
  'in-register',
  'alive',
  'recorded',
  'ktp-issued',
  'seventeen-or-married',
  'domicile',
  'rolled-out',
] as const
export type EligibilityRule = (typeof eligibilityRules)[number]

/** Accepted = SMTP 250; bounced = SMTP 5xx; opened = the link page ran. */
export const mailStates = ['queued', 'accepted', 'bounced', 'expired'] as const
export type MailState = (typeof mailStates)[number]

/** Where a phone stands. */
export const deviceStates = [
  'registered',
  'at-desk',
  'in-review',
  'approved',
  'link-opened',
  'link-confirmed',
  'awaiting-pin',
  'active',
  'refused',
  'cancelled',
  'expired',
  'blocked',
  'suspended',
] as const
export type DeviceState = (typeof deviceStates)[number]

/**
 * Whether an approved face is somebody else's as well: `searching` before the mail leaves, `stuck` when that takes too long and a
 * supervisor may decide without, `impossible` when the case has no face to search with.
 */
export const duplicateStates = ['searching', 'stuck', 'held', 'clear', 'impossible'] as const
export type DuplicateState = (typeof duplicateStates)[number]

/** `held`: the case waits for the decision; `listed`: a weaker likeness, looked at within the day; `unsearched`: nobody could look. */
export const duplicateKinds = ['held', 'listed', 'unsearched'] as const
export type DuplicateKind = (typeof duplicateKinds)[number]

export const duplicateOutcomes = ['different', 'same'] as const
export type DuplicateOutcome = (typeof duplicateOutcomes)[number]

/** Order matters: a field's place is its bit in the presentation's disclosure mask. Only append. */
export const disclosableFields = [
  'photo',
  'name',
  'nik',
  'birthPlace',
  'birthDate',
  'sex',
  'address',
  'maritalStatus',
  'occupation',
  'religion',
  'bloodType',
  'nationality',
  'familyCardNumber',
  'over17',
] as const
export type DisclosableField = (typeof disclosableFields)[number]

/** What a resident may at most see of another resident. */
export const residentAudienceFields = ['photo', 'name'] as const satisfies readonly DisclosableField[]

export const documentKinds = ['family-card', 'npwp', 'vaccination', 'vehicle', 'health-insurance', 'birth-certificate'] as const
export type DocumentKind = (typeof documentKinds)[number]

export const serviceKinds = [
  'ktp-replacement',
  'ktp-new',
  'family-card',
  'child-identity-card',
  'moving',
  'birth-certificate',
  'death-certificate',
  'marriage-certificate',
] as const
export type ServiceKind = (typeof serviceKinds)[number]

export const contactTopics = ['complaints', 'ktp-kia-kk', 'moving', 'civil-registration'] as const
export type ContactTopic = (typeof contactTopics)[number]

export const lookupPurposes = ['lost-phone', 'no-phone', 'correction', 'suspected-misuse'] as const
export type LookupPurpose = (typeof lookupPurposes)[number]

/** Why an office blocks a phone. */
export const blockReasons = ['lost', 'stolen', 'misuse', 'resident-asks', 'deceased'] as const
export type BlockReason = (typeof blockReasons)[number]

export const contactKinds = ['email', 'phone'] as const
export type ContactKind = (typeof contactKinds)[number]

export const workstationPowers = ['activate', 'override', 'rebind', 'administer'] as const
export type WorkstationPower = (typeof workstationPowers)[number]

/** What somebody proves beyond a password: a code of an authenticator app (RFC 6238), or a passkey (WebAuthn). */
export const factorKinds = ['totp', 'passkey'] as const
export type FactorKind = (typeof factorKinds)[number]

/** What a session rests on beside the password. `none` only for an institution's staff who have no second factor. */
export const sessionFactors = ['none', 'setup-code', ...factorKinds] as const
export type SessionFactor = (typeof sessionFactors)[number]

/** What changes who can be an account: more than a session is asked for it. */
export const accountActs = ['add-factor', 'remove-factor', 'change-password', 'set-approval-pin'] as const
export type AccountAct = (typeof accountActs)[number]

/** What the supervisors and admins of an office are told without having asked. */
export const alertKinds = [
  'account-locked', 'codes-guessed', 'factor-added', 'factors-reset', 'workstation-paused', 'workstation-enrolled', 'workstation-revoked', 'block-cap-reached',
  'duplicate-held', 'duplicate-found', 'duplicate-search-stuck', 'photos-without-match', 'photo-cap-reached', 'approval-pin-spent',
] as const
export type AlertKind = (typeof alertKinds)[number]

/** What *Histori* tells a resident: every look at their data, every act of theirs and of an office on their account. */
export const activityKinds = [
  'looked-up-at-desk',
  'case-opened',
  'case-viewed',
  'face-compared',
  'face-not-read',
  'photo-seen-at-desk',
  'evidence-viewed',
  'case-refused',
  'activation-approved',
  'activation-held',
  'faces-compared',
  'email-corrected',
  'service-requested',
  'device-bound',
  'device-blocked',
  'device-replaced',
  'device-unblocked',
  'device-suspended',
  'device-resumed',
  'suspension-link-sent',
  'contact-change-started',
  'contact-changed',
  'pin-changed',
  'pin-paused',
  'scanned-by-institution',
  'scanned-by-resident',
  'scanned-resident',
  'seen-by-family',
] as const
export type ActivityKind = (typeof activityKinds)[number]
