import type { Phrase } from '@ikd/ui'
import type { ChallengeStep } from '../capture/burst-plan.ts'

/** What the resident is to do, as the officer reads it out. */
export const challengeStepText: Record<ChallengeStep, Phrase> = {
  look: { id: 'Minta warga melihat ke kamera dan diam.', en: 'Ask the resident to look into the camera and hold still.' },
  'turn-left': { id: 'Minta warga menoleh ke kiri.', en: 'Ask the resident to turn to the left.' },
  'turn-right': { id: 'Minta warga menoleh ke kanan.', en: 'Ask the resident to turn to the right.' },
  'come-closer': { id: 'Minta warga mendekat ke kamera.', en: 'Ask the resident to come closer to the camera.' },
  blink: { id: 'Minta warga berkedip.', en: 'Ask the resident to blink.' },
}
