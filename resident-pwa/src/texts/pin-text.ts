import { type Phrase, say } from '@ikd/ui'
import { html } from 'lit'
import type { PinWeakness } from '../holder/pin-rules.ts'

const weaknesses: Record<PinWeakness, Phrase> = {
  repeated: { id: 'Jangan enam angka yang sama. Pilih PIN lain.', en: 'Not six equal digits. Choose another PIN.' },
  sequence: { id: 'Jangan angka berurutan. Pilih PIN lain.', en: 'Not a sequence. Choose another PIN.' },
  pairs: { id: 'Jangan pola yang berulang. Pilih PIN lain.', en: 'Not a repeated pattern. Choose another PIN.' },
}

export function pinWeaknessText(weakness: PinWeakness): string {
  return say(weaknesses[weakness])
}

export function pinRules() {
  return html`<ul class="muted">
    <li>${say({ id: 'Jangan pakai angka berurutan, sama semua, atau berulang', en: 'No sequence, not all the same digit, no repeated pattern' })}</li>
    <li>${say({ id: 'Jangan pakai tanggal lahir Anda. Server menolak tanggal lahir', en: 'Not your birth date. The server refuses birth dates' })}</li>
    <li>${say({ id: 'Jangan pakai PIN ATM Anda', en: 'Not the PIN of your bank card' })}</li>
  </ul>`
}
