import type { Config } from '@ikd/server'
import { addResident, type PhotoProblem } from '../demo/add-resident.ts'
import type { DemoFacts } from '../demo/seed.ts'
import { StartFailure } from './failure.ts'
import type { Flags } from './flags.ts'

const sentences: Readonly<Record<PhotoProblem, { id: string; en: string }>> = {
  missing: { id: 'Berkas foto tidak ditemukan: periksa namanya.', en: 'The photograph was not found: check its name.' },
  'too-large': { id: 'Berkas foto lebih dari 20 MB: perkecil dahulu.', en: 'The photograph is larger than 20 MB: make it smaller first.' },
  unreadable: { id: 'Foto tidak terbaca: pakai JPEG, PNG atau WebP.', en: 'The photograph cannot be read: use JPEG, PNG or WebP.' },
  'no-face': { id: 'Tidak ada wajah yang ditemukan: pakai foto dari depan dengan cahaya cukup.', en: 'No face was found: use a picture from the front in good light.' },
  'several-faces': { id: 'Ada lebih dari satu wajah: pakai foto dengan satu orang.', en: 'There is more than one face: use a picture of one person.' },
  'too-small': { id: 'Wajah terlalu kecil: pakai foto yang lebih dekat.', en: 'The face is too small: use a closer picture.' },
}

/** @throws StartFailure with what to do about the picture */
export async function addOwnPhoto(config: Config, facts: DemoFacts, photo: NonNullable<Flags['photo']>): Promise<DemoFacts> {
  const earlier = facts.residents.filter(({ part }) => part === 'own-photo').length
  const added = await addResident(config, { ...photo, earlier })
  if ('problem' in added) throw new StartFailure(sentences[added.problem])
  return { ...facts, residents: [{ nik: added.nik, name: photo.name.toUpperCase(), hasPhoto: true, part: 'own-photo' }, ...facts.residents] }
}
