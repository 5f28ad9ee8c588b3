/**
 * Who may call a route. Every route names at least one principal; the server refuses to start without.
 *
 * - `public`      anybody, no key, no token
 * - `key`         a DPoP proof by any key, no token (RFC 9449 §4): the caller shows that it holds a key
 * - `device`      a registered phone that has signed with its key; the PIN has not been asked
 * - `holder`      an active binding, unlocked with its PIN
 * - `officer`, `supervisor`, `admin`  office staff, signed in at an enrolled workstation
 * - `verifier`    staff of an institution, signed in
 * - `institution` a system of an institution, by client credentials (RFC 6749 §4.4, RFC 7523)
 * - `setup`       staff signed in with a one-time setup code: they may set up a second factor, and nothing else
 */
export type Principal = 'public' | 'key' | 'device' | 'holder' | 'officer' | 'supervisor' | 'admin' | 'verifier' | 'institution' | 'setup'

export type StaffRole = Extract<Principal, 'officer' | 'supervisor' | 'admin' | 'verifier'>

export type Access = readonly [Principal, ...Principal[]]

/** Principals that act at a desk. */
export const deskStaff = ['officer', 'supervisor', 'admin'] as const satisfies Access

/** Everybody who signs in with a name and a password. */
export const signedInStaff = [...deskStaff, 'verifier'] as const satisfies Access
