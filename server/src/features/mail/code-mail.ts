import { html, lines, type MailMessage, mailCode, mailPage } from './render.ts'

/** `resume`: to lift a suspension. `contact-old` and `contact-new`: both sides of a change of e-mail or number. */
export type CodePurpose = 'resume' | 'contact-old' | 'contact-new'

export interface CodeMail {
  readonly to: string
  readonly purpose: CodePurpose
  /** Six digits. */
  readonly code: string
  /** How long the code counts. */
  readonly hours: number
}

interface Words {
  readonly subject: string
  readonly indonesian: string
  readonly english: string
  /** What to do when it was somebody else. */
  readonly otherwise: string
  readonly otherwiseEnglish: string
}

const words: Record<CodePurpose, Words> = {
  resume: {
    subject: 'Kode untuk membuka kembali IKD / Code to open IKD again',
    indonesian: 'IKD di ponsel Anda sedang ditangguhkan, dan seseorang dengan PIN yang benar ingin membukanya kembali. Ketik kode ini di ponsel itu:',
    english: 'IKD on your phone is suspended, and somebody with the right PIN wants to open it again. Type this code on that phone:',
    otherwise: 'Bukan Anda? Jangan berikan kodenya: orang lain memegang ponsel Anda dan tahu PIN-nya. Segera hubungi kantor Dukcapil.',
    otherwiseEnglish: 'It was not you? Keep the code to yourself: somebody else holds your phone and knows its PIN. Contact the Dukcapil office at once.',
  },
  'contact-old': {
    subject: 'Kode untuk mengganti e-mail atau nomor IKD / Code to change the IKD e-mail or number',
    indonesian: 'E-mail atau nomor telepon IKD Anda hendak diganti dari ponsel Anda. Ketik kode ini di aplikasi IKD:',
    english: 'The e-mail or phone number of your IKD is about to be changed from your phone. Type this code in the IKD app:',
    otherwise: 'Bukan Anda? Jangan berikan kodenya: orang lain memegang ponsel Anda dan tahu PIN-nya. Tangguhkan IKD Anda sekarang.',
    otherwiseEnglish: 'It was not you? Keep the code to yourself: somebody else holds your phone and knows its PIN. Suspend your IKD now.',
  },
  'contact-new': {
    subject: 'Kode untuk e-mail baru IKD / Code for the new IKD e-mail',
    indonesian: 'Seseorang ingin memakai alamat ini untuk IKD-nya. Jika itu Anda, ketik kode ini di aplikasi IKD:',
    english: 'Somebody wants to use this address for their IKD. If it is you, type this code in the IKD app:',
    otherwise: 'Bukan Anda? Abaikan e-mail ini; tanpa kodenya alamat Anda tidak dipakai.',
    otherwiseEnglish: 'It is not you? Ignore this e-mail; without the code your address is not used.',
  },
}

/** A code to be typed in the app, and nowhere else. It holds no PIN and asks for none. */
export function renderCodeMail({ to, purpose, code, hours }: CodeMail): MailMessage {
  const { subject, indonesian, english, otherwise, otherwiseEnglish } = words[purpose]
  return {
    to,
    subject,
    text: `Identitas Kependudukan Digital

${indonesian}

Kode: ${code}

Kode berlaku ${hours} jam.

Jangan berikan kode ini kepada siapa pun. Petugas tidak pernah meminta kode atau PIN Anda, juga tidak lewat telepon.

${otherwise}

--------------------------------------------------

${english}

Code: ${code}

The code is good for ${hours} ${hours === 1 ? 'hour' : 'hours'}.

Do not give this code to anyone. No officer ever asks for your code or PIN, nor by telephone.

${otherwiseEnglish}
`,
    html: mailPage({
      title: subject,
      indonesian: lines(
        html`${indonesian}`,
        mailCode('Kode', code),
        html`Kode berlaku <strong>${hours} jam</strong>.`,
        html`<strong>Jangan berikan kode ini kepada siapa pun. Petugas tidak pernah meminta kode atau PIN Anda, juga tidak lewat telepon.</strong>`,
        html`${otherwise}`,
      ),
      english: lines(
        html`${english}`,
        mailCode('Code', code),
        html`The code is good for <strong>${hours} ${hours === 1 ? 'hour' : 'hours'}</strong>.`,
        html`<strong>Do not give this code to anyone. No officer ever asks for your code or PIN, nor by telephone.</strong>`,
        html`${otherwiseEnglish}`,
      ),
    }),
  }
}
