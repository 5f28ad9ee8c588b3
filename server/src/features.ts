import { DomainError } from '@ikd/contract'
import { decodeJwt } from 'jose'
import { second } from './clock.ts'
import type { Core } from './core.ts'
import { activationsRoutes } from './features/activations/routes.ts'
import { createActivationsService } from './features/activations/service.ts'
import { adminRoutes } from './features/admin/routes.ts'
import { createAdminService } from './features/admin/service.ts'
import { activityRoutes } from './features/activity/routes.ts'
import { createActivityService } from './features/activity/service.ts'
import { alertsRoutes } from './features/alerts/routes.ts'
import { createAlertsService } from './features/alerts/service.ts'
import { createNotary } from './features/audit/notary.ts'
import { auditRoutes } from './features/audit/routes.ts'
import { bindingsRoutes } from './features/bindings/routes.ts'
import { createBindingsService } from './features/bindings/service.ts'
import { captchaRoutes } from './features/captcha/routes.ts'
import { createCapsService } from './features/caps/service.ts'
import { createCaptchaService } from './features/captcha/service.ts'
import { createCapturesService } from './features/captures/service.ts'
import { createCaseApprovals } from './features/cases/approvals.ts'
import { casesRoutes } from './features/cases/routes.ts'
import { createCasesService } from './features/cases/service.ts'
import { contactsRoutes } from './features/contacts/routes.ts'
import { createContactsService } from './features/contacts/service.ts'
import { devicesRoutes } from './features/devices/routes.ts'
import { createDevicesService } from './features/devices/service.ts'
import { documentsRoutes } from './features/documents/routes.ts'
import { createDocumentsService } from './features/documents/service.ts'
import { createFeed } from './features/duplicates/feed.ts'
import { createFindings } from './features/duplicates/findings.ts'
import { createMemoryAbis } from './features/duplicates/memory-abis.ts'
import { duplicatesRoutes } from './features/duplicates/routes.ts'
import { createSearchesService } from './features/duplicate-searches/service.ts'
import { createDuplicatesService } from './features/duplicates/service.ts'
import { createTemplatesService } from './features/templates/service.ts'
import { createDuplicateWorker } from './features/duplicates/worker.ts'
import { evidenceRoutes } from './features/evidence/routes.ts'
import { createEvidenceService } from './features/evidence/service.ts'
import { institutionsRoutes } from './features/institutions/routes.ts'
import { createInstitutionsService } from './features/institutions/service.ts'
import { createInstitutionSystemsService } from './features/institutions/systems.ts'
import { createMailService } from './features/mail/service.ts'
import { createMailWorker } from './features/mail/worker.ts'
import { officesRoutes } from './features/offices/routes.ts'
import { createOfficesService } from './features/offices/service.ts'
import { presentationsRoutes } from './features/presentations/routes.ts'
import { createPresentationsService } from './features/presentations/service.ts'
import { createReferencesService } from './features/references/service.ts'
import { createRegistrationsService } from './features/registrations/service.ts'
import { residentsRoutes } from './features/residents/routes.ts'
import { createResidentsService } from './features/residents/service.ts'
import { resumptionsRoutes } from './features/resumptions/routes.ts'
import { createResumptionsService } from './features/resumptions/service.ts'
import { ownAccountRoutes } from './features/staff/own-account.ts'
import { staffRoutes } from './features/staff/routes.ts'
import { createStaffService } from './features/staff/service.ts'
import { createSuspensionLinks } from './features/suspension-links/service.ts'
import { createSuspensionRequests } from './features/suspensions/requests.ts'
import { suspensionsRoutes } from './features/suspensions/routes.ts'
import { createSuspensionsService } from './features/suspensions/service.ts'
import type { CallerSources } from './plugins/access.ts'
import { inUnit, type Registrar } from './plugins/registrar.ts'
import type { Tokens } from './plugins/tokens.ts'

/** Makes every feature's service, in the order of what leans on what. */
export function createFeatures(core: Core, tokens: Tokens) {
  const activity = createActivityService(core)
  const offices = createOfficesService()
  const institutions = createInstitutionsService()
  const systems = createInstitutionSystemsService(core)
  const captcha = createCaptchaService(core)
  const residents = createResidentsService(core, activity)
  const registrations = createRegistrationsService(core)
  const alerts = createAlertsService(core)
  const staff = createStaffService(core, { alerts, captcha })
  const admin = createAdminService(core, { staff, alerts })
  const bindings = createBindingsService(core, activity)
  const mail = createMailService(core)
  const activations = createActivationsService(core, mail)
  const evidence = createEvidenceService(core, { activity, offices })
  const templates = createTemplatesService(core)
  const searches = createSearchesService(core, templates)
  const captures = createCapturesService(core, residents, evidence, templates)
  const caps = createCapsService(core)
  const links = createSuspensionLinks(core)
  const contacts = createContactsService(core, { activity, bindings, caps, links, mail, registrations })
  const references = createReferencesService(core, { alerts, bindings, caps, mail, offices, registrations, residents })
  const cases = createCasesService(core, {
    activations, activity, alerts, bindings, caps, captures, contacts, links, mail, offices, references, registrations, residents, searches, staff,
  })
  const resumptions = createResumptionsService(core, { bindings, caps, mail, registrations })
  const suspensions = createSuspensionsService(core, { bindings, cases, contacts, links, mail, registrations })
  const suspensionRequests = createSuspensionRequests(core, { activity, bindings, caps, links, mail, registrations, residents })
  const devices = createDevicesService(core, { registrations, cases, activations, bindings, offices, resumptions, staff })
  const documents = createDocumentsService(core, residents)
  const presentations = createPresentationsService(core, { activity, bindings, institutions, residents })
  const notary = createNotary(core)
  const duplicates = createDuplicatesService(core, { activations, activity, alerts, cases, evidence, offices, references, staff })
  const abis = createMemoryAbis()
  const findings = createFindings(core, { activity, alerts, cases, offices })
  const duplicateWorker = createDuplicateWorker(core, { abis, feed: createFeed(core, abis), findings, templates })
  const mailWorker = createMailWorker(core, { announceCase: (caseId) => inUnit(core, (unit) => cases.touch(unit, caseId)) })

  const callers: CallerSources = {
    async findDevice(proof, registrationId) {
      const registration = await registrations.find(core.store, registrationId)
      if (!registration || registration.jkt !== proof.jkt) throw new DomainError('device-unknown')
      return { kind: 'device', jkt: proof.jkt, jwk: proof.jwk, registrationId }
    },
    // Asked anew at every request: a blocked phone is dead at its next one.
    async findHolder(proof, bindingId, accessToken) {
      const binding = await bindings.get(core.store, bindingId)
      if (binding.jkt !== proof.jkt) throw new DomainError('token-invalid')
      if (binding.state === 'suspended') throw new DomainError('device-suspended')
      if (binding.state !== 'active') throw new DomainError('device-blocked')
      // Lifted since: the PIN is asked anew. Tokens know whole seconds.
      if ((decodeJwt(accessToken).iat ?? 0) < Math.floor(binding.validFrom / second)) throw new DomainError('token-expired')
      const { registrationId, residentId } = binding
      return { kind: 'holder', jkt: proof.jkt, registrationId, bindingId, residentId, accessToken }
    },
    findStaff: (proof, sessionId) => staff.getCaller(core.store, sessionId, proof.jkt),
    async findInstitutionSystem(proof, systemId) {
      const system = await systems.find(core.store, systemId)
      if (!system) throw new DomainError('token-invalid')
      return { kind: 'institution', jkt: proof.jkt, systemId, name: system.name, institutionId: system.institutionId }
    },
    noteUse: staff.noteUse,
    isSettledKey: (jkt) => staff.isSettledKey(core.store, jkt),
  }

  return {
    callers,
    activations,
    cases,
    evidence,
    duplicateWorker,
    mailWorker,
    suspensionRequests,
    notary,
    registrations,
    templates,
    register(registrar: Registrar): void {
      officesRoutes(registrar, core, offices)
      captchaRoutes(registrar, captcha)
      devicesRoutes(registrar, core, tokens, devices, { registrations, cases, activations, bindings, offices, resumptions, staff, captcha, residents })
      suspensionsRoutes(registrar, core, suspensions, { captcha, requests: suspensionRequests })
      resumptionsRoutes(registrar, core, resumptions, { bindings, devices })
      contactsRoutes(registrar, core, contacts, { bindings, captcha, cases })
      activationsRoutes(registrar, core, activations, { captcha, cases })
      bindingsRoutes(registrar, core, tokens, bindings, residents)
      residentsRoutes(registrar, core, residents, { bindings, activity, offices })
      documentsRoutes(registrar, core, documents, residents)
      auditRoutes(registrar, core)
      activityRoutes(registrar, core, activity)
      institutionsRoutes(registrar, core, tokens, institutions, systems)
      presentationsRoutes(registrar, core, presentations)
      staffRoutes(registrar, core, tokens, staff)
      ownAccountRoutes(registrar, core, staff)
      adminRoutes(registrar, core, admin)
      alertsRoutes(registrar, core, alerts)
      casesRoutes(registrar, core, cases, captures, createCaseApprovals(core, { activity, cases, evidence, offices, staff }))
      evidenceRoutes(registrar, evidence, cases)
      duplicatesRoutes(registrar, core, duplicates, cases)
    },
  }
}
