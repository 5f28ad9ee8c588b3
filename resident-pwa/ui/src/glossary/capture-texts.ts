import type { CaptureOutcome, CaptureReason } from '@ikd/contract'
import { type Phrase, say } from '../language/say.ts'

const reasons: Record<CaptureReason, Phrase> = {
  'no-face': { id: 'Wajah tidak terlihat. Minta warga menghadap kamera.', en: 'No face to be seen. Ask the resident to face the camera.' },
  'several-faces': { id: 'Ada lebih dari satu wajah. Hanya warga yang di depan kamera.', en: 'More than one face. Only the resident may be before the camera.' },
  'too-small': { id: 'Terlalu jauh. Minta warga mendekat.', en: 'Too far away. Ask the resident to come closer.' },
  'too-large': { id: 'Terlalu dekat. Minta warga mundur sedikit.', en: 'Too close. Ask the resident to move back a little.' },
  'off-centre': { id: 'Wajah tidak di tengah. Geser kamera atau kursi.', en: 'The face is off centre. Move the camera or the chair.' },
  'too-dark': { id: 'Terlalu gelap. Nyalakan lampu atau hadapkan ke cahaya.', en: 'Too dark. Switch a lamp on or turn towards the light.' },
  'too-bright': { id: 'Terlalu terang. Hindari lampu atau jendela di belakang.', en: 'Too bright. Avoid a lamp or window behind.' },
  'side-light': {
    id: 'Cahaya hanya dari satu sisi. Putar kursi atau lampu sampai wajah terang merata.',
    en: 'Light from one side only. Turn the chair or the lamp until the face is evenly lit.',
  },
  blurred: { id: 'Gambar kabur. Minta warga diam sejenak dan bersihkan lensa.', en: 'Blurred. Ask the resident to hold still, and wipe the lens.' },
  turned: { id: 'Wajah menoleh. Minta warga melihat lurus ke kamera.', en: 'The face is turned. Ask the resident to look straight at the camera.' },
  tilted: { id: 'Kepala miring. Minta warga menegakkan kepala.', en: 'The head is tilted. Ask the resident to hold it upright.' },
  covered: {
    id: 'Wajah tertutup. Minta warga melepas masker atau kacamata gelap dan menurunkan tangan.',
    en: 'The face is covered. Ask the resident to take off a mask or dark glasses and to lower the hand.',
  },
  'eyes-closed': { id: 'Mata tampak tertutup. Minta warga membuka mata.', en: 'The eyes seem closed. Ask the resident to open them.' },
  'mouth-open': { id: 'Mulut terbuka. Minta warga menutup mulut sebentar.', en: 'The mouth is open. Ask the resident to close it for a moment.' },
  'busy-background': { id: 'Latar ramai. Lebih baik dengan dinding atau layar polos.', en: 'A restless background. A plain wall or screen works better.' },
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
    id: 'Kepala belum diam di awal. Minta warga diam dulu, dan bergerak saat diminta.',
    en: 'The head was not still at the beginning. Ask the resident to hold still, and to move when asked.',
  },
  'turn-left-not-seen': {
    id: 'Warga belum terlihat menoleh ke kirinya sendiri. Ulangi pelan-pelan, sedikit lebih jauh, lalu tahan. Kalau arahnya sudah benar, matikan cermin (mirror) di setelan kamera.',
    en: 'Turning to the left (the resident’s own) was not seen. Slowly, a little further, then hold. They did? Switch off mirroring in the camera’s settings.',
  },
  'turn-right-not-seen': {
    id: 'Warga belum terlihat menoleh ke kanannya sendiri. Ulangi pelan-pelan, sedikit lebih jauh, lalu tahan. Kalau arahnya sudah benar, matikan cermin (mirror) di setelan kamera.',
    en: 'Turning to the right (the resident’s own) was not seen. Slowly, a little further, then hold. They did? Switch off mirroring in the camera’s settings.',
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
  'reference-poor': {
    id: 'Foto KTP-el di data kurang jelas, jadi komputer tidak memutuskan sendiri. Minta supervisor membandingkan.',
    en: 'The KTP-el photograph on record is poor, so the computer does not decide alone. Ask a supervisor to compare.',
  },
  'reference-old': {
    id: 'Foto KTP-el sudah lama; wajah berubah. Minta supervisor membandingkan dengan dokumen asli, dan tawarkan perekaman ulang.',
    en: 'The KTP-el photograph is old, and faces change. Ask a supervisor to compare with original documents, and offer a new recording.',
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

/** The same to the resident themself: what to do now, never who is to blame and never whether the faces were alike. */
const toResident: Record<CaptureReason, Phrase> = {
  'no-face': { id: 'Hadapkan wajah Anda ke kamera.', en: 'Turn your face to the camera.' },
  'several-faces': { id: 'Mohon hanya Anda sendiri yang di depan kamera.', en: 'Please be alone in front of the camera.' },
  'too-small': { id: 'Mohon mendekat ke kamera.', en: 'Please come closer to the camera.' },
  'too-large': { id: 'Mohon mundur sedikit.', en: 'Please move back a little.' },
  'off-centre': { id: 'Mohon bergeser ke tengah gambar.', en: 'Please move to the middle of the picture.' },
  'too-dark': { id: 'Kurang terang. Mohon menghadap ke cahaya.', en: 'There is too little light. Please turn towards it.' },
  'too-bright': { id: 'Terlalu silau. Mohon geser dari lampu atau jendela.', en: 'There is too much light. Please move away from the lamp or window.' },
  'side-light': { id: 'Mohon putar badan sampai kedua pipi sama terang.', en: 'Please turn until both cheeks are equally lit.' },
  blurred: { id: 'Mohon diam sejenak.', en: 'Please hold still for a moment.' },
  turned: { id: 'Mohon lihat lurus ke kamera.', en: 'Please look straight into the camera.' },
  tilted: { id: 'Mohon tegakkan kepala.', en: 'Please hold your head upright.' },
  covered: { id: 'Mohon lepas masker atau kacamata gelap sebentar. Jilbab boleh tetap dipakai.', en: 'Please take off a mask or dark glasses for a moment. A headscarf may stay on.' },
  'eyes-closed': { id: 'Mohon buka mata.', en: 'Please open your eyes.' },
  'mouth-open': { id: 'Mohon tutup mulut sebentar.', en: 'Please close your mouth for a moment.' },
  'busy-background': { id: 'Petugas akan mengatur latar di belakang Anda.', en: 'The officer will see to what is behind you.' },
  'too-few-usable-frames': { id: 'Kita ulangi sekali lagi. Lihat ke kamera dan diam.', en: 'We will do this once more. Look into the camera and hold still.' },
  'faces-differ-between-frames': { id: 'Kita ulangi. Mohon hanya Anda sendiri yang di depan kamera.', en: 'We will do this again. Please be alone in front of the camera.' },
  'same-image-as-reference': { id: 'Kamera perlu melihat Anda sendiri, bukan foto.', en: 'The camera needs to see you, not a photograph.' },
  'repeated-frame': { id: 'Kamera sempat berhenti. Kita ulangi.', en: 'The camera had stopped. We will do this again.' },
  unreadable: { id: 'Kamera terganggu. Kita ulangi.', en: 'The camera had a fault. We will do this again.' },
  'challenge-not-followed': { id: 'Kita ulangi pelan-pelan: lihat lurus dulu, lalu ikuti petunjuk satu per satu.', en: 'We will do this again slowly: look straight first, then follow one instruction after the other.' },
  'moved-too-early': { id: 'Mohon diam dulu, lalu bergerak saat diminta.', en: 'Please hold still first, and move when you are asked.' },
  'turn-left-not-seen': { id: 'Mohon menoleh sedikit lebih jauh ke kiri Anda, lalu tahan.', en: 'Please turn a little further to your left, then hold.' },
  'turn-right-not-seen': { id: 'Mohon menoleh sedikit lebih jauh ke kanan Anda, lalu tahan.', en: 'Please turn a little further to your right, then hold.' },
  'look-up-not-seen': { id: 'Mohon angkat dagu sedikit lebih tinggi, lalu tahan.', en: 'Please raise your chin a little more, then hold.' },
  'come-closer-not-seen': { id: 'Mohon majukan kepala sedikit lagi ke kamera, lalu tahan.', en: 'Please lean a little closer to the camera, then hold.' },
  'picture-jumped': { id: 'Gambar sempat terputus. Kita ulangi; tetaplah di depan kamera.', en: 'The picture broke off. We will do this again; please stay in front of the camera.' },
  'reference-unusable': {
    id: 'Foto Anda di data tidak dapat dibaca. Petugas akan memanggil supervisor; siapkan dokumen asli.',
    en: 'Your photograph on record cannot be read. The officer will call a supervisor; have your original documents ready.',
  },
  'reference-poor': {
    id: 'Foto Anda di data kurang jelas. Supervisor akan melihat sendiri; itu bukan salah Anda.',
    en: 'Your photograph on record is not clear. A supervisor will look for themself; it is not your fault.',
  },
  'reference-old': {
    id: 'Foto Anda di data sudah lama. Supervisor akan melihat sendiri; tanyakan juga perekaman ulang.',
    en: 'Your photograph on record is an old one. A supervisor will look for themself; ask about a new one too.',
  },
  'face-differs': { id: 'Sistem tidak dapat memastikan. Petugas akan menjelaskan langkah berikutnya.', en: 'The system cannot be sure. The officer will explain what comes next.' },
  'face-uncertain': { id: 'Sistem belum yakin. Supervisor akan melihat sendiri.', en: 'The system is not sure yet. A supervisor will look for themself.' },
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

/** What the reason means for the resident, who hears or reads it at the desk. */
export function captureReasonForResident(reason: CaptureReason): Phrase {
  return toResident[reason]
}

export function captureOutcomeText(outcome: CaptureOutcome): string {
  return say(outcomes[outcome])
}
