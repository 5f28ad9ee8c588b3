import type { ContactTopic, DisclosableField, DocumentKind, ServiceKind } from '@ikd/contract'
import { type Phrase, say } from '../language/say.ts'

const fields: Record<DisclosableField, Phrase> = {
  photo: { id: 'Foto', en: 'Photograph' },
  name: { id: 'Nama', en: 'Name' },
  nik: { id: 'NIK', en: 'NIK' },
  birthPlace: { id: 'Tempat lahir', en: 'Place of birth' },
  birthDate: { id: 'Tanggal lahir', en: 'Date of birth' },
  sex: { id: 'Jenis kelamin', en: 'Sex' },
  address: { id: 'Alamat', en: 'Address' },
  maritalStatus: { id: 'Status perkawinan', en: 'Marital status' },
  occupation: { id: 'Pekerjaan', en: 'Occupation' },
  religion: { id: 'Agama', en: 'Religion' },
  bloodType: { id: 'Golongan darah', en: 'Blood type' },
  nationality: { id: 'Kewarganegaraan', en: 'Nationality' },
  familyCardNumber: { id: 'Nomor Kartu Keluarga', en: 'Family card number' },
  over17: { id: 'Sudah 17 tahun ke atas', en: '17 or older' },
}

const documents: Record<DocumentKind, Phrase> = {
  'family-card': { id: 'Kartu Keluarga', en: 'Family card (KK)' },
  npwp: { id: 'NPWP', en: 'Taxpayer number (NPWP)' },
  vaccination: { id: 'Kartu vaksin Covid-19', en: 'Covid-19 vaccine card' },
  vehicle: { id: 'Kepemilikan kendaraan', en: 'Vehicle ownership' },
  'health-insurance': { id: 'BPJS Kesehatan', en: 'Health insurance (BPJS)' },
  'birth-certificate': { id: 'Akta kelahiran', en: 'Birth certificate' },
}

const services: Record<ServiceKind, Phrase> = {
  'ktp-replacement': { id: 'KTP-el pengganti (hilang atau rusak)', en: 'Replacement KTP-el (lost or damaged)' },
  'ktp-new': { id: 'KTP-el baru', en: 'New KTP-el' },
  'family-card': { id: 'Kartu Keluarga (KK)', en: 'Family card (KK)' },
  'child-identity-card': { id: 'Kartu Identitas Anak (KIA)', en: 'Child identity card (KIA)' },
  moving: { id: 'Pindah domisili', en: 'Moving house' },
  'birth-certificate': { id: 'Akta kelahiran', en: 'Birth certificate' },
  'death-certificate': { id: 'Akta kematian', en: 'Death certificate' },
  'marriage-certificate': { id: 'Akta perkawinan', en: 'Marriage certificate' },
}

const topics: Record<ContactTopic, Phrase> = {
  complaints: { id: 'Pengaduan', en: 'Complaints' },
  'ktp-kia-kk': { id: 'KTP, KIA, dan KK', en: 'KTP, KIA and KK' },
  moving: { id: 'Pindah datang', en: 'Moving' },
  'civil-registration': { id: 'Akta dan pencatatan sipil', en: 'Civil registration' },
}

export function fieldLabel(field: DisclosableField): string {
  return say(fields[field])
}

export function documentKindText(kind: DocumentKind): string {
  return say(documents[kind])
}

export function serviceKindText(kind: ServiceKind): string {
  return say(services[kind])
}

/** In both languages, for what is printed. */
export function serviceKindPhrase(kind: ServiceKind): Phrase {
  return services[kind]
}

export function topicText(topic: ContactTopic): string {
  return say(topics[topic])
}
