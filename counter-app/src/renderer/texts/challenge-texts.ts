import type { ChallengeStep } from '@ikd/contract'
import type { Phrase } from '@ikd/ui'

/** What the resident is to do, as the officer reads it out. Left and right are the resident's own. */
export const challengeStepText: Record<ChallengeStep, Phrase> = {
  look: { id: 'Minta warga melihat lurus ke kamera dan diam.', en: 'Ask the resident to look straight into the camera and hold still.' },
  'turn-left': { id: 'Minta warga menoleh pelan ke kirinya sendiri, lalu tahan.', en: 'Ask the resident to turn slowly to their own left, and hold.' },
  'turn-right': { id: 'Minta warga menoleh pelan ke kanannya sendiri, lalu tahan.', en: 'Ask the resident to turn slowly to their own right, and hold.' },
  'look-up': { id: 'Minta warga mengangkat dagu pelan-pelan, lalu tahan.', en: 'Ask the resident to raise the chin slowly, and hold.' },
  'come-closer': { id: 'Minta warga mendekatkan wajah ke kamera, lalu tahan.', en: 'Ask the resident to lean towards the camera, and hold.' },
}

/** The same to the resident, on a screen they face. */
export const challengeStepForResident: Record<ChallengeStep, Phrase> = {
  look: { id: 'Lihat lurus ke kamera dan diam', en: 'Look straight into the camera and hold still' },
  'turn-left': { id: 'Toleh pelan ke kiri Anda, lalu tahan', en: 'Turn slowly to your left, and hold' },
  'turn-right': { id: 'Toleh pelan ke kanan Anda, lalu tahan', en: 'Turn slowly to your right, and hold' },
  'look-up': { id: 'Angkat dagu pelan-pelan, lalu tahan', en: 'Raise your chin slowly, and hold' },
  'come-closer': { id: 'Dekatkan wajah ke kamera, lalu tahan', en: 'Lean towards the camera, and hold' },
}

/** Towards where, seen by somebody who faces the screen and the camera; to look and to come closer have no direction. */
export const arrowForResident: Record<ChallengeStep, string> = { look: '', 'turn-left': '←', 'turn-right': '→', 'look-up': '↑', 'come-closer': '' }

/** The same on the camera's picture, which is not mirrored: the resident's left is its right. */
export const arrowInPicture: Record<ChallengeStep, string> = { ...arrowForResident, 'turn-left': '→', 'turn-right': '←' }
