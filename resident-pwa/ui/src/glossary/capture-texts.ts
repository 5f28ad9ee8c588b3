import type { CaptureOutcome, CaptureReason } from '@ikd/contract'
import { type Phrase, say } from '../language/say.ts'

const reasons: Record<CaptureReason, Phrase> = {
  'no-face': { id: 'Wajah tidak terlihat. Minta penduduk menghadap kamera.', en: 'No face to be seen. Ask the resident to face the camera.' },
  'several-faces': { id: 'Ada lebih dari satu wajah. Hanya penduduk yang di depan kamera.', en: 'More than one face. Only the resident may be before the camera.' },
  'too-small': { id: 'Terlalu jauh. Minta penduduk mendekat.', en: 'Too far away. Ask the resident to come closer.' },
  'too-large': { id: 'Terlalu dekat. Minta penduduk mundur sedikit.', en: 'Too close. Ask the resident to move back a little.' },
  'off-centre': { id: 'Wajah tidak di tengah. Geser kamera atau kursi.', en: 'The face is off centre. Move the camera or the chair.' },
  'too-dark': { id: 'Terlalu gelap. Nyalakan lampu atau hadapkan ke cahaya.', en: 'Too dark. Switch a lamp on or turn towards the light.' },
  'too-bright': { id: 'Terlalu terang. Hindari lampu atau jendela di belakang.', en: 'Too bright. Avoid a lamp or window behind.' },
  blurred: { id: 'Gambar kabur. Minta penduduk diam sejenak dan bersihkan lensa.', en: 'Blurred. Ask the resident to hold still, and wipe the lens.' },
  turned: { id: 'Wajah menoleh. Minta penduduk melihat lurus ke kamera.', en: 'The face is turned. Ask the resident to look straight at the camera.' },
  tilted: { id: 'Kepala miring. Minta penduduk menegakkan kepala.', en: 'The head is tilted. Ask the resident to hold it upright.' },
  'too-few-usable-frames': { id: 'Gambar yang baik terlalu sedikit. Ulangi pengambilan.', en: 'Too few good pictures. Repeat the capture.' },
  'faces-differ-between-frames': {
    id: 'Wajah berganti selama pengambilan. Ulangi dengan satu orang saja.',
    en: 'The face changed during the capture. Repeat it with one person only.',
  },
  'same-image-as-reference': {
    id: 'Gambar ini sama dengan foto di data. Ambil wajah orangnya langsung, bukan foto.',
    en: 'This picture is the one on record. Capture the person, not a photograph.',
  },
  'repeated-frame': { id: 'Gambar yang sama terkirim lagi. Ambil gambar yang baru.', en: 'The same picture came again. Take new ones.' },
  unreadable: { id: 'Gambar tidak dapat dibaca. Ulangi pengambilan.', en: 'A picture could not be read. Repeat the capture.' },
  'reference-unusable': {
    id: 'Foto KTP-el di data tidak dapat dipakai. Perlu perekaman ulang.',
    en: 'The KTP-el photograph on record cannot be used. It must be recorded again.',
  },
  'challenge-not-followed': {
    id: 'Gerakan yang diminta tidak terlihat berurutan. Ulangi: lihat lurus dulu, lalu ikuti petunjuk satu per satu.',
    en: 'The movements asked for were not seen in order. Repeat: look straight first, then follow one instruction after the other.',
  },
  'moved-too-early': {
    id: 'Kepala belum diam di awal. Tunggu petunjuk sebelum bergerak.',
    en: 'The head was not still at the beginning. Wait for the instruction before moving.',
  },
  'turn-left-not-seen': {
    id: 'Menoleh ke kiri (kirinya sendiri) belum terlihat. Pelan-pelan, sedikit lebih jauh, lalu tahan.',
    en: 'Turning to the left (the resident’s own) was not seen. Slowly, a little further, then hold.',
  },
  'turn-right-not-seen': {
    id: 'Menoleh ke kanan (kanannya sendiri) belum terlihat. Pelan-pelan, sedikit lebih jauh, lalu tahan.',
    en: 'Turning to the right (the resident’s own) was not seen. Slowly, a little further, then hold.',
  },
  'look-up-not-seen': {
    id: 'Mengangkat wajah belum terlihat. Angkat dagu pelan-pelan, lalu tahan.',
    en: 'Looking up was not seen. Raise the chin slowly, then hold.',
  },
  'come-closer-not-seen': {
    id: 'Mendekat belum terlihat. Majukan kepala ke kamera pelan-pelan, lalu tahan.',
    en: 'Coming closer was not seen. Lean towards the camera slowly, then hold.',
  },
  'picture-jumped': {
    id: 'Gambar terputus di tengah gerakan. Jangan geser kamera, dan biarkan wajah tetap terlihat.',
    en: 'The picture broke off during the movement. Do not move the camera, and keep the face in view.',
  },
  'face-differs': {
    id: 'Wajah tidak sama dengan foto KTP-el. Periksa lagi siapa yang di depan Anda.',
    en: 'The face is not that of the KTP-el photograph. Check again who is before you.',
  },
  'face-uncertain': {
    id: 'Kemiripan belum pasti. Ulangi dengan cahaya lebih baik, atau minta supervisor.',
    en: 'The likeness is unsure. Repeat in better light, or ask a supervisor.',
  },
}

const outcomes: Record<CaptureOutcome, Phrase> = {
  match: { id: 'Cocok', en: 'Match' },
  'non-match': { id: 'Tidak cocok', en: 'No match' },
  inconclusive: { id: 'Belum pasti', en: 'Inconclusive' },
  'failure-to-acquire': { id: 'Wajah belum tertangkap', en: 'No usable capture' },
}

/** What the reason means and what to do about it. */
export function captureReasonText(reason: CaptureReason): string {
  return say(reasons[reason])
}

export function captureOutcomeText(outcome: CaptureOutcome): string {
  return say(outcomes[outcome])
}
