import { type Kysely, PostgresAdapter, sql } from 'kysely'

/** Everything the main job needs. Portable between SQLite and PostgreSQL; instants are bigint milliseconds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const bytes = db.getExecutor().adapter instanceof PostgresAdapter ? sql`bytea` : sql`blob`
  const run = (statement: string) => sql.raw(statement).execute(db)

  await run(`create table office (
    id text primary key, name text not null, address text not null, hours text not null,
    area_codes text not null, rollout_from bigint)`)
  await run(`create table office_contact (
    office_id text not null references office (id), topic text not null, whatsapp text not null,
    primary key (office_id, topic))`)
  await run(`create table institution (
    id text primary key, number integer not null unique check (number > 0), name text not null, fields text not null)`)

  await run(`create table staff (
    id text primary key, username text not null unique, name text not null,
    role text not null check (role in ('officer', 'supervisor', 'admin', 'verifier')),
    office_id text references office (id), institution_id text references institution (id),
    password_hash text not null,
    check ((role = 'verifier') = (institution_id is not null)), check ((role = 'verifier') = (office_id is null)))`)
  await run(`create table workstation (
    id text primary key, office_id text not null references office (id), label text not null, jkt text not null unique,
    powers text not null, enrolled_at bigint not null, revoked_at bigint)`)
  await run(`create table workstation_enrolment (
    code_hash text primary key, office_id text not null references office (id), label text not null,
    powers text not null, expires_at bigint not null, used_at bigint)`)
  await run(`create table staff_session (
    id text primary key, staff_id text not null references staff (id), workstation_id text references workstation (id),
    jkt text not null, started_at bigint not null, ended_at bigint)`)
  await run(`create index staff_session_staff on staff_session (staff_id, jkt)`)
  await run(`create table sign_in_failure (
    username_hash text not null, jkt text not null, failures integer not null, paused_until bigint, at bigint not null,
    primary key (username_hash, jkt))`)
  await run(`create index sign_in_failure_age on sign_in_failure (at)`)

  await run(`create table family (
    number text primary key, address text not null, neighbourhood text not null, village_code text not null,
    village text not null, district text not null, regency text not null, province text not null, postal_code text not null)`)
  await run(`create table resident (
    id text primary key, nik text not null unique, name text not null, birth_place text not null, birth_date text not null,
    sex text not null check (sex in ('female', 'male')), blood_type text, religion text not null,
    marital_status text not null check (marital_status in ('single', 'married', 'divorced', 'widowed')),
    occupation text not null, nationality text not null, family_number text not null references family (number),
    relationship text not null, recorded integer not null, ktp_issued integer not null, alive integer not null)`)
  await run(`create index resident_family on resident (family_number)`)
  await run(`create index resident_birth on resident (birth_date)`)
  await sql`create table resident_reference (
    resident_id text primary key references resident (id), photo ${bytes} not null, template ${bytes}, template_model text)`.execute(db)

  await run(`create table registration (
    id text primary key, jkt text not null unique, public_jwk text not null, nik text not null, email text not null,
    phone text not null, receipt_code text not null, consent_version text not null,
    created_at bigint not null, expires_at bigint not null)`)
  await run(`create table registration_qr_use (
    registration_id text not null references registration (id), qr_id text not null, used_at bigint not null,
    primary key (registration_id, qr_id))`)

  await run(`create table desk_case (
    id text primary key, kind text not null check (kind in ('activation', 'rebinding', 'service')), state text not null,
    version integer not null, office_id text not null references office (id),
    workstation_id text not null references workstation (id), officer_id text not null references staff (id),
    resident_id text references resident (id), registration_id text references registration (id), purpose text,
    eligibility text not null, opened_at bigint not null, closed_at bigint, confirmation_code text,
    confirmation_tries integer not null, confirmed_at bigint, capture_outcome text,
    supervision_outcome text, supervision_reason text, supervision_asked_at bigint,
    supervision_asked_by text references staff (id), supervision_by text references staff (id),
    decision_outcome text, decision_reason text, decided_at bigint, decided_by text references staff (id), end_reason text,
    check ((closed_at is not null) = (state in ('completed', 'refused', 'cancelled'))),
    check (supervision_by is null or (supervision_by <> officer_id and supervision_by <> supervision_asked_by)),
    check (decision_outcome is null or decision_outcome = 'refuse' or supervision_by is null or supervision_by <> decided_by))`)
  // One phone stands at one desk.
  await run(`create unique index desk_case_open on desk_case (registration_id) where closed_at is null and registration_id is not null`)
  await run(`create index desk_case_office on desk_case (office_id, opened_at)`)
  await sql`create table capture (
    id text primary key, case_id text not null references desk_case (id), resident_id text not null references resident (id),
    created_at bigint not null, expires_at bigint not null, submitted_at bigint, voided_at bigint,
    outcome text,
    reasons text not null, band text, frames_received integer not null, frames_used integer not null,
    fingerprints ${bytes})`.execute(db)
  await run(`create index capture_resident on capture (resident_id, created_at)`)
  await run(`create index capture_case on capture (case_id)`)
  await run(`create table service_request (
    id text primary key, case_id text not null references desk_case (id), resident_id text not null references resident (id),
    number text not null unique, kind text not null, note text not null, created_at bigint not null)`)

  await sql`create table outbox (
    id text primary key, kind text not null, case_id text references desk_case (id), message ${bytes}, state text not null,
    attempts integer not null, next_attempt_at bigint not null, claimed_until bigint, failure text,
    created_at bigint not null, accepted_at bigint, expires_at bigint not null)`.execute(db)
  await run(`create index outbox_due on outbox (state, next_attempt_at)`)
  await run(`create table activation (
    id text primary key, case_id text not null unique references desk_case (id),
    registration_id text not null references registration (id), resident_id text not null references resident (id),
    created_at bigint not null, approval_expires_at bigint not null, email text not null,
    code_hash text not null, token_hash text not null unique, code_tries integer not null, resends integer not null,
    mail_id text not null references outbox (id), opened_at bigint, confirmed_at bigint, consumed_at bigint, completed_at bigint)`)
  await run(`create index activation_registration on activation (registration_id)`)

  await run(`create table binding (
    id text primary key, resident_id text not null references resident (id), registration_id text not null unique references registration (id),
    case_id text not null references desk_case (id), jkt text not null unique,
    state text not null check (state in ('active', 'blocked', 'suspended', 'released')),
    pin_hash text not null, pin_set_at bigint not null, pin_failures integer not null, pin_row integer not null, pin_paused_until bigint,
    bound_at bigint not null, ended_at bigint)`)
  // At most one living binding for each resident.
  await run(`create unique index binding_living on binding (resident_id) where state in ('active', 'suspended')`)

  await run(`create index binding_resident on binding (resident_id)`)

  await run(`create table presentation_grant (
    handle text primary key, binding_id text not null references binding (id), public_jwk text not null,
    created_at bigint not null, expires_at bigint not null)`)
  await run(`create index presentation_grant_binding on presentation_grant (binding_id, expires_at)`)
  await run(`create index presentation_grant_expiry on presentation_grant (expires_at)`)
  // One scan, one winner: the unique pair decides, over any number of servers.
  await run(`create table scan (
    id text primary key, handle text not null, presentation_id text not null, at bigint not null,
    subject_resident_id text not null references resident (id), institution_id text references institution (id),
    staff_id text references staff (id), verifier_resident_id text references resident (id), purpose text not null,
    fields text not null, freshness text not null check (freshness in ('fresh', 'offline')), newly_bound integer not null,
    unique (handle, presentation_id), check ((institution_id is null) <> (verifier_resident_id is null)))`)
  await run(`create index scan_staff on scan (staff_id, at)`)
  await run(`create index scan_verifier on scan (verifier_resident_id, at)`)

  await run(`create table activity (
    id text primary key, resident_id text not null references resident (id), at bigint not null, kind text not null,
    actor text, purpose text, fields text not null)`)
  await run(`create index activity_resident on activity (resident_id, at)`)

  await run(`create table audit_entry (
    seq bigint primary key, at bigint not null, actor_kind text not null, actor_id text not null, action text not null,
    subject_id text not null, detail_hash text not null, previous_hash text not null unique, hash text not null unique)`)
  await run(`create table audit_detail (seq bigint primary key references audit_entry (seq), detail text not null)`)

  await run(`create table idempotency (
    principal text not null, key text not null, route text not null, request_hash text not null, result text not null,
    at bigint not null, primary key (principal, key))`)
  await run(`create index idempotency_age on idempotency (at)`)
  await run(`create table proof_replay (jkt text not null, jti text not null, expires_at bigint not null, primary key (jkt, jti))`)
  await run(`create index proof_replay_expiry on proof_replay (expires_at)`)
  await run(`create table captcha_spent (challenge text primary key, expires_at bigint not null)`)
}
