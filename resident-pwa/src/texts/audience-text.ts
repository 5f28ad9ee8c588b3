import { say } from '@ikd/ui'

/** The register's word for a person whose name is nobody's business. */
export function actorText(actor: string): string {
  return actor === 'another resident' ? say({ id: 'penduduk lain', en: 'another resident' }) : actor
}

export function anyInstitutionText(): string {
  return say({ id: 'Lembaga mana pun yang terdaftar', en: 'Any registered institution' })
}

export function residentAudienceText(): string {
  return say({ id: 'Penduduk lain (hanya foto dan nama)', en: 'Another resident (photo and name only)' })
}
