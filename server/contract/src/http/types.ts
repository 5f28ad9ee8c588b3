import type { Static } from 'typebox'
import type * as admin from './admin.ts'
import type * as audit from './audit.ts'
import type * as cases from './case.ts'
import type * as approvals from './case-approvals.ts'
import type * as contacts from './contacts.ts'
import type * as device from './device.ts'
import type * as duplicates from './duplicates.ts'
import type * as holder from './holder.ts'
import type * as passkey from './passkey.ts'
import type * as service from './service.ts'
import type * as shapes from './shapes.ts'
import type * as staff from './staff.ts'
import type * as suspensions from './suspensions.ts'

export type Case = Static<typeof cases.Case>
export type CaseSummary = Static<typeof cases.CaseSummary>
export type Capture = Static<typeof cases.Capture>
export type Contact = Static<typeof contacts.Contact>
export type ContactChange = Static<typeof contacts.ContactChange>
export type Suspension = Static<typeof suspensions.Suspension>
export type ServiceRequest = Static<typeof cases.ServiceRequest>
export type Duplicate = Static<typeof duplicates.Duplicate>
export type DeviceStatus = Static<typeof device.DeviceStatus>
export type DeviceSession = Static<typeof device.DeviceSession>
export type Identity = Static<typeof holder.Identity>
export type FamilyMember = Static<typeof holder.FamilyMember>
export type DocumentAnswer = Static<typeof holder.DocumentAnswer>
export type Scan = Static<typeof holder.Scan>
export type Office = Static<typeof service.Office>
export type StaffMember = Static<typeof staff.StaffMember>
export type StaffSession = Static<typeof staff.StaffSession>
export type Workstation = Static<typeof staff.Workstation>
export type ApprovalStart = Static<typeof approvals.ApprovalStart>
export type ApprovalDemand = Static<typeof approvals.ApprovalDemand>
export type OwnSession = Static<typeof staff.OwnSession>
export type SecondFactorDemand = Static<typeof staff.SecondFactorDemand>
export type SetupCodeDemand = Static<typeof staff.SetupCodeDemand>
export type SignInAnswer = Static<typeof staff.SignInAnswer>
export type FactorProof = Static<typeof staff.FactorProof>
export type Factor = Static<typeof staff.Factor>
export type NewFactor = Static<typeof staff.NewFactor>
export type AccountProof = Static<typeof staff.AccountProof>
export type AccountProofDemand = Static<typeof staff.AccountProofDemand>
export type PasskeyAssertion = Static<typeof passkey.PasskeyAssertion>
export type PasskeyAttestation = Static<typeof passkey.PasskeyAttestation>
export type PasskeyRequest = Static<typeof passkey.PasskeyRequest>
export type PasskeyCreation = Static<typeof passkey.PasskeyCreation>
export type OfficeMember = Static<typeof admin.OfficeMember>
export type OfficeSession = Static<typeof admin.OfficeSession>
export type OfficeWorkstation = Static<typeof admin.OfficeWorkstation>
export type Alert = Static<typeof admin.Alert>
export type AccessToken = Static<typeof shapes.AccessToken>
export type EpochNonce = Static<typeof shapes.EpochNonce>
export type PublicJwk = Static<typeof shapes.PublicJwk>
export type LogHead = Static<typeof audit.LogHead>
