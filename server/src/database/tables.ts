import type {
  AlertKind, BlockReason, CaptureBand, CaptureOutcome, CaseKind, CaseState, ContactKind, FactorKind, LookupPurpose, MailState, ServiceKind,
  SessionFactor, StaffRole,
} from '@ikd/contract'
import type { Generated } from 'kysely'

/**
 * Rows as the database holds them: instants are integer milliseconds, lists are JSON text, flags are 0 or 1, so that
 * SQLite and PostgreSQL hold the same. Each feature owns the tables under its heading.
 */
export interface Tables {
  // offices
  office: { id: string; name: string; address: string; hours: string; area_codes: string; rollout_from: number | null; /** What its workstations may be given; null: anything. */ powers: string | null }
  office_contact: { office_id: string; topic: string; whatsapp: string }
  // institutions
  institution: { id: string; number: number; name: string; fields: string; purposes: string }
  institution_system: {
    id: string
    institution_id: string
    client_id: string
    name: string
    /** Public JWKs with a `kid` each. */
    keys: string
    registered_at: number
    revoked_at: number | null
  }
  /** Client assertions that have served. */
  client_assertion: { client_id: string; jti: string; expires_at: number }
  // staff
  staff: {
    id: string
    username: string
    name: string
    role: StaffRole
    office_id: string | null
    institution_id: string | null
    password_hash: string
    /** Wrong second factors in a row, of each desk the first five; forgotten a day after the last. */
    failures_row: Generated<number>
    failures_at: number | null
    locked_at: number | null
    /** 1 once there was a second factor, or a reset: from then on a new one waits before it approves. */
    new_factors_wait: Generated<number>
  }
  staff_session: {
    id: string
    staff_id: string
    workstation_id: string | null
    jkt: string
    started_at: number
    ended_at: number | null
    factor: SessionFactor
    /** Of the second factor that was proved. No foreign key: the factor may be removed. */
    factor_id: string | null
    /** To the minute. */
    last_used_at: number
  }
  staff_factor: {
    id: string
    staff_id: string
    kind: FactorKind
    label: string
    /** Sealed TOTP secret, 20 bytes. */
    secret: Uint8Array | null
    credential_id: string | null
    /** COSE key, base64url. */
    public_key: string | null
    /** JSON list. */
    transports: string | null
    /** The newest TOTP step that was accepted (RFC 6238 §5.2), or a passkey's signature counter. */
    last_counter: number
    added_at: number
    confirmed_at: number | null
    last_used_at: number | null
    /** Before it a factor is no second person's word. */
    approves_from: Generated<number>
    /** The session it was added in. */
    added_in: string | null
    /** When its owner said that it is theirs; until then every sign-in elsewhere tells of it. */
    acknowledged_at: number | null
  }
  /** Of supervisors and admins: what they type at another's desk in place of a password. */
  approval_pin: {
    staff_id: string
    pin_hash: string
    set_at: number
    /** Wrong guesses since the last right one or pause. */
    failures: number
    /** Wrong guesses in a row, pauses notwithstanding. */
    failures_row: number
    paused_until: number | null
  }
  staff_setup_code: { id: string; staff_id: string; code_hash: string; made_at: number; expires_at: number; used_at: number | null }
  /** Tickets that have served, until they would have died anyway. */
  ticket_spent: { id: string; expires_at: number }
  /**
   * Wrong passwords and second factors: `username_hash` is a keyed hash of what they are counted for (a name, an account, a desk,
   * a network), `jkt` the key they came from, or `*` for all strangers together.
   */
  sign_in_failure: { username_hash: string; jkt: string; failures: number; paused_until: number | null; at: number; pauses: Generated<number> }
  // workstations
  workstation: {
    id: string
    office_id: string
    label: string
    jkt: string
    powers: string
    enrolled_at: number
    revoked_at: number | null
  }
  workstation_enrolment: {
    /** Of those an admin has made: their code is derived from it. */
    id: string | null
    code_hash: string
    office_id: string
    label: string
    powers: string
    expires_at: number
    used_at: number | null
  }
  // alerts
  alert: {
    id: string
    office_id: string
    kind: AlertKind
    at: number
    staff_id: string | null
    workstation_id: string | null
    seen_at: number | null
    seen_by: string | null
  }
  // register
  family: {
    number: string
    address: string
    neighbourhood: string
    village_code: string
    village: string
    district: string
    regency: string
    province: string
    postal_code: string
  }
  resident: {
    id: string
    nik: string
    name: string
    birth_place: string
    birth_date: string
    sex: 'female' | 'male'
    blood_type: string | null
    religion: string
    marital_status: 'single' | 'married' | 'divorced' | 'widowed'
    occupation: string
    nationality: string
    family_number: string
    relationship: 'head' | 'spouse' | 'child' | 'parent' | 'sibling' | 'other'
    recorded: number
    ktp_issued: number
    alive: number
  }
  resident_reference: {
    resident_id: string
    /** Sealed JPEG. */
    photo: Uint8Array
    /** Sealed template and fingerprint, made by `template_model` on first use. */
    template: Uint8Array | null
    template_model: string | null
    /** ISO 8601 date of the photograph, where the register knows it. */
    taken_on: Generated<string | null>
    /** Found out with the template. */
    quality: Generated<'good' | 'poor' | null>
  }
  // devices
  registration: {
    id: string
    jkt: string
    public_jwk: string
    /** Empty once a phone is bound: from then on the resident is known by id. */
    nik: string
    email: string
    phone: string
    receipt_hash: string
    /** Codes of old, which were random; later ones are derived from the id. */
    receipt_sealed: Generated<Uint8Array | null>
    consent_version: string
    created_at: number
    expires_at: number
    /** Null as long as its phone is bound. */
    kept_until: Generated<number | null>
    /** Since then it holds nothing of a person. */
    forgotten_at: Generated<number | null>
  }
  registration_qr_use: { registration_id: string; qr_id: string; used_at: number }
  // cases
  desk_case: {
    id: string
    kind: CaseKind
    state: CaseState
    /** Counts every change; a change made on an older version is refused. */
    version: number
    office_id: string
    workstation_id: string
    officer_id: string
    resident_id: string | null
    registration_id: string | null
    purpose: LookupPurpose | null
    eligibility: string
    opened_at: number
    closed_at: number | null
    confirmation_tries: number
    confirmed_at: number | null
    capture_outcome: CaptureOutcome | null
    /** Captures handed in during this visit, whatever came of them. */
    capture_attempts: Generated<number>
    supervision_outcome: 'approve' | 'refuse' | null
    supervision_reason: string | null
    supervision_asked_at: number | null
    supervision_asked_by: string | null
    supervision_by: string | null
    decision_outcome: 'approve' | 'refuse' | null
    decision_reason: string | null
    decided_at: number | null
    decided_by: string | null
    end_reason: string | null
    /** The phone a block, unblock or contact case is about. */
    binding_id: string | null
    block_reason: BlockReason | null
  }
  /** Both pictures were given to whoever is to approve; an approval is taken only after it, in the same sitting. */
  approval_look: {
    /** The approval's ticket, or the supervisor's own session. */
    sitting: string
    case_id: string
    version: number
    supervisor_id: string
    /** Whose frame was shown; null where this visit kept none. */
    capture_id: string | null
    seen_at: number
  }
  /** Had the case before its present officer. */
  former_officer: { case_id: string; staff_id: string; left_at: number }
  capture: {
    id: string
    case_id: string
    resident_id: string
    created_at: number
    expires_at: number
    submitted_at: number | null
    /** A later order took its place. */
    voided_at: number | null
    outcome: CaptureOutcome | null
    reasons: string
    band: CaptureBand | null
    frames_received: number
    frames_used: number
    /** Sealed fingerprints of the frames: a later burst must not repeat them. */
    fingerprints: Uint8Array | null
    /** JSON: the steps asked for, in order. */
    challenge: string
    /** Which officer asked for it; null before cases could change hands. */
    asked_by: Generated<string | null>
  }
  // evidence
  /** The key a case's frames are sealed under, itself sealed under the master key. */
  evidence_key: { case_id: string; sealed_key: Uint8Array; created_at: number }
  evidence: { capture_id: string; position: number; case_id: string; sealed: Uint8Array }
  // duplicates
  /** What a burst was described as; `enrolled_at`: searched among the others since; `bound_at`: what a phone was bound on. */
  face_template: {
    capture_id: string
    case_id: string
    resident_id: string
    model: string
    sealed: Uint8Array
    created_at: number
    enrolled_at: number | null
    bound_at: number | null
  }
  /** A template has been enrolled or taken out, in the order of the commits. */
  template_change: { seq: number; template_id: string; at: number }
  duplicate_search: {
    case_id: string
    template_id: string
    /** `ended`: the case ended before it was searched or decided. */
    state: 'waiting' | 'clear' | 'held' | 'released' | 'refused' | 'ended'
    asked_at: number
    attempts: number
    next_attempt_at: number
    claimed_until: number | null
    /** Class of the last failure. */
    failure: string | null
    /** Since when a supervisor may let the mail go without it. */
    stuck_at: number | null
    finished_at: number | null
    /** Templates it was compared with, and those of another model, with which it could not be. */
    compared: number | null
    not_comparable: number | null
    decided_at: number | null
    decided_by: string | null
    reason: string | null
  }
  duplicate_hit: {
    id: string
    case_id: string
    template_id: string
    other_case_id: string
    other_template_id: string
    other_resident_id: string
    strength: 'strong' | 'weak'
    /** In ten-thousandths; for the server's own records, never for a client. */
    distance: number
    found_at: number
    seen_at: number | null
    seen_by: string | null
    outcome: 'different' | 'same' | null
    reason: string | null
    decided_at: number | null
    decided_by: string | null
  }
  service_request: {
    id: string
    case_id: string
    resident_id: string
    number: string
    kind: ServiceKind
    note: string
    created_at: number
  }
  // activations
  activation: {
    id: string
    case_id: string
    registration_id: string
    resident_id: string
    created_at: number
    approval_expires_at: number
    /** Where mail goes: the registration's address, or the one corrected at the desk. */
    email: string
    code_hash: string
    token_hash: string
    code_tries: number
    /** Codes asked for beyond the first. */
    resends: number
    /** The mail that carries the present code. */
    mail_id: string
    opened_at: number | null
    confirmed_at: number | null
    consumed_at: number | null
    completed_at: number | null
  }
  // bindings
  binding: {
    id: string
    resident_id: string
    registration_id: string
    case_id: string
    jkt: string
    state: 'active' | 'blocked' | 'suspended' | 'released'
    pin_hash: string
    pin_set_at: number
    /** Wrong guesses since the last right one or pause. */
    pin_failures: number
    /** Wrong guesses in a row, pauses notwithstanding. */
    pin_row: number
    pin_paused_until: number | null
    /** The guess that is being looked at, and until when (ms) others wait for it. */
    pin_guess: Generated<string | null>
    pin_guess_until: Generated<number | null>
    bound_at: number
    ended_at: number | null
    suspended_at: number | null
    suspended_by: 'resident' | 'not-me' | null
    /** Tokens and grants of an earlier instant are dead. */
    valid_from: Generated<number>
  }
  // suspensions
  /** A NIK somebody asked a link for, sealed; gone once it has been looked at. */
  suspension_request: { id: string; nik: Uint8Array; created_at: number }
  suspension_link: {
    id: string
    purpose: 'asked' | 'not-me'
    /** The phone it suspends, or the case whose phone it suspends, bound or not. */
    binding_id: string | null
    case_id: string | null
    /** Sealed address it was sent to. */
    addressee: Uint8Array
    token_hash: string
    created_at: number
    expires_at: number
    used_at: number | null
  }
  resumption: {
    id: string
    binding_id: string
    code_hash: string
    tries: number
    mail_id: string
    created_at: number
    expires_at: number
    ended_at: number | null
  }
  // contacts
  contact_change: {
    id: string
    binding_id: string
    /** The desk's change: confirmed by the link of its mail, not by codes. */
    case_id: string | null
    kind: ContactKind
    /** Sealed. */
    new_value: Uint8Array
    old_code_hash: string | null
    new_code_hash: string | null
    old_mail_id: string | null
    new_mail_id: string | null
    token_hash: string | null
    /** Mails sent to the new address. */
    sends: number
    /** Wrong codes, of both addresses together. */
    tries: number
    old_confirmed_at: number | null
    new_confirmed_at: number | null
    created_at: number
    expires_at: number
    ended_at: number | null
    outcome: 'changed' | 'cancelled' | 'expired' | 'exhausted' | null
  }
  // caps
  /** Instants at which something capped was done, as a JSON list no longer than its cap. */
  cap: { key: string; uses: string; last_at: number }
  // mail
  outbox: {
    id: string
    kind: string
    case_id: string | null
    /** Sealed JSON: recipient, subject, text, HTML; wiped when done with. */
    message: Uint8Array | null
    state: MailState
    attempts: number
    next_attempt_at: number
    /** A worker has it until then. */
    claimed_until: number | null
    /** Workers in a row whose lease ran out, because they died with it in their hands. */
    lost_workers: Generated<number>
    /** SMTP reply code of the last failure, or a class of network failure. */
    failure: string | null
    created_at: number
    accepted_at: number | null
    expires_at: number
  }
  // presentations and scans
  presentation_grant: {
    handle: string
    binding_id: string
    public_jwk: string
    created_at: number
    expires_at: number
    /** A later one took its place; of each binding one at most has none. */
    ended_at: Generated<number | null>
  }
  scan: {
    id: string
    handle: string
    presentation_id: string
    at: number
    subject_resident_id: string
    institution_id: string | null
    staff_id: string | null
    system_id: string | null
    verifier_resident_id: string | null
    purpose: string
    fields: string
    freshness: 'fresh' | 'offline'
    newly_bound: number
  }
  // activity
  activity: {
    id: string
    resident_id: string
    at: number
    kind: string
    actor: string | null
    officer: string | null
    purpose: string | null
    fields: string
  }
  // audit
  audit_entry: {
    seq: number
    at: number
    actor_kind: string
    actor_id: string
    action: string
    subject_id: string
    detail_hash: string
    previous_hash: string
    hash: string
  }
  audit_detail: { seq: number; detail: string }
  /** A scan's place in the log of the server that recorded it. */
  scan_leaf: { server_id: string; seq: number; scan_id: string; hash: string }
  scan_pending: { scan_id: string; server_id: string; at: number }
  log_head: {
    log: string
    number: number
    from_seq: number
    to_seq: number
    at: number
    root: string
    previous_hash: string
    kid: string
    signature: string
  }
  // request safety
  idempotency: {
    principal: string
    key: string
    route: string
    request_hash: string
    result: string
    at: number
    /** Of the proof the request came with. */
    jkt: string | null
    jti: string | null
  }
  proof_replay: { jkt: string; jti: string; expires_at: number }
  captcha_spent: { challenge: string; expires_at: number }
  /** Requests of `subject` (a keyed hash) in the minute from `started` (ms), and in the minute before it. */
  rate_window: { subject: string; started: number; hits: number; hits_before: number }
}
