import { html } from 'lit'
import { problemText, say } from '@ikd/ui'
import { DomainError } from '@ikd/contract'
import { presentationText } from './presentation-text.ts'

const onePixel =
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA='

export const stories = {
  button: () => html`
    <ikd-button>${say({ id: 'Lanjut', en: 'Continue' })}</ikd-button>
    <ikd-button variant="secondary">${say({ id: 'Kembali', en: 'Back' })}</ikd-button>
    <ikd-button variant="danger">${say({ id: 'Tolak', en: 'Refuse' })}</ikd-button>
    <ikd-button variant="quiet">${say({ id: 'Lewati', en: 'Skip' })}</ikd-button>
    <ikd-button busy>${say({ id: 'Kirim', en: 'Send' })}</ikd-button>
    <ikd-button disabled>${say({ id: 'Setuju', en: 'Agree' })}</ikd-button>
  `,
  form: () => html`
    <form>
      <ikd-field label="NIK" hint=${say({ id: '16 angka di KTP', en: '16 digits on the KTP' })} inputmode="numeric" maxlength="16" required></ikd-field>
      <ikd-field label="E-mail" type="email" autocomplete="email" error=${say({ id: 'Periksa ejaannya', en: 'Check the spelling' })}></ikd-field>
      <ikd-field label=${say({ id: 'Kata sandi', en: 'Password' })} type="password" autocomplete="current-password"></ikd-field>
      <ikd-field label=${say({ id: 'Catatan', en: 'Note' })} multiline></ikd-field>
      <ikd-button type="submit">${say({ id: 'Simpan', en: 'Save' })}</ikd-button>
    </form>
  `,
  code: () => html`<ikd-digits label=${say({ id: 'Kode dari e-mail', en: 'Code from the e-mail' })}></ikd-digits>`,
  pin: () => html`<ikd-digits label="PIN" secret pad error=${say({ id: 'PIN salah', en: 'Wrong PIN' })}></ikd-digits>`,
  notice: () => {
    const problem = problemText(new DomainError('pin-paused', { retryAt: Date.now() + 300_000 }))
    return html`
      <ikd-notice kind="info">${say({ id: 'Bawa KTP-el Anda.', en: 'Bring your KTP-el.' })}</ikd-notice>
      <ikd-notice kind="success" heading=${say({ id: 'Aktif', en: 'Active' })}></ikd-notice>
      <ikd-notice kind="warning">${say({ id: 'Kode segera habis.', en: 'The code is about to expire.' })}</ikd-notice>
      <ikd-notice kind="error" heading=${problem.title}>${problem.text}</ikd-notice>
    `
  },
  progress: () => html`<ikd-progress label=${say({ id: 'Mengambil dokumen', en: 'Fetching documents' })}></ikd-progress>`,
  ring: () => html`<ikd-ring .total=${90_000} .remaining=${45_000} label=${say({ id: 'QR berlaku', en: 'QR valid' })}></ikd-ring>`,
  qr: () => html`<ikd-qr .text=${presentationText} label="QR KTP Digital"></ikd-qr>`,
  language: () => html`<ikd-language></ikd-language>`,
  empty: () => html`<ikd-empty
    heading=${say({ id: 'Belum ada riwayat', en: 'No history yet' })}
    text=${say({ id: 'Setiap pemindaian akan tercatat di sini.', en: 'Every scan will be listed here.' })}
  ></ikd-empty>`,
  card: () => html`<ikd-card heading="Biodata"><p>Budi</p></ikd-card>`,
  photo: () => html`<ikd-photo alt="Foto Budi"></ikd-photo><ikd-photo .jpeg=${onePixel} alt="Foto Siti"></ikd-photo>`,
  dialog: () => html`
    <ikd-button @click=${openDialog}>${say({ id: 'Hapus', en: 'Delete' })}</ikd-button>
    <ikd-dialog heading=${say({ id: 'Hapus akun?', en: 'Delete the account?' })}>
      <p>${say({ id: 'Ini tidak dapat dibatalkan.', en: 'This cannot be undone.' })}</p>
      <ikd-button slot="actions" variant="danger">${say({ id: 'Ya, hapus', en: 'Yes, delete' })}</ikd-button>
    </ikd-dialog>
  `,
  reader: () => html`<ikd-qr-reader></ikd-qr-reader>`,
}

export type StoryName = keyof typeof stories

function openDialog(): void {
  const dialog = document.querySelector('ikd-dialog')
  if (dialog) dialog.open = true
}
