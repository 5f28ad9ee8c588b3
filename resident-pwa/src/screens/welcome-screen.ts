import { say } from '@ikd/ui'
import { html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { Screen } from '../components/screen.ts'
import { mustInstallFirst } from '../holder/installation.ts'
import { paths } from '../navigation/decide.ts'

export const tag = 'ikd-welcome-screen'

/** What IKD is, what is stored and who sees it, in plain words, before anything is asked. */
@customElement(tag)
export class WelcomeScreen extends Screen {
  protected heading() {
    return say({ id: 'KTP Anda di ponsel Anda', en: 'Your KTP on your phone' })
  }

  protected body() {
    return html`
      <p>
        ${say({
          id: 'Identitas Kependudukan Digital (IKD) menyimpan kunci di ponsel ini, supaya Anda dapat menunjukkan KTP-el dan dokumen keluarga tanpa fotokopi.',
          en: 'Identitas Kependudukan Digital (IKD) keeps a key on this phone, so that you can show your KTP-el and family documents without photocopies.',
        })}
      </p>
      <ikd-notice kind="warning" heading=${say({ id: 'Awas penipuan “aktivasi IKD”', en: 'Beware of fake “IKD activation”' })}>
        <p>
          ${say({
            id: 'Petugas tidak pernah menelepon untuk meminta kode atau PIN, dan tidak pernah mengirim berkas APK. Aktivasi hanya di kantor, tatap muka, dan gratis.',
            en: 'No officer ever calls to ask for a code or PIN, and none sends an APK file. Activation happens only at the office, face to face, free of charge.',
          })}
        </p>
      </ikd-notice>
      ${mustInstallFirst(navigator, matchMedia('(display-mode: standalone)').matches) ? this.#install() : this.#consent()}
      <p class="muted small">
        ${say({ id: 'Ponsel Anda yang lama hilang?', en: 'Lost the phone you had?' })}
        <a href=${paths.suspend}>${say({ id: 'Tangguhkan IKD di ponsel itu', en: 'Suspend IKD on that phone' })}</a>
      </p>
    `
  }

  #consent() {
    return html`
      <ikd-card heading=${say({ id: 'Yang perlu Anda setujui', en: 'What you agree to' })}>
        <ul>
          <li>
            ${say({
              id: 'Yang disimpan di server Dukcapil: NIK, e-mail, nomor ponsel, dan kunci ponsel ini. Di ponsel hanya ada kunci.',
              en: 'Stored on the Dukcapil server: your NIK, e-mail, phone number and this phone’s key. The phone holds the key only.',
            })}
          </li>
          <li>
            ${say({
              id: 'Wajah Anda difoto di kantor dan dicocokkan dengan foto KTP-el. Beberapa gambarnya disimpan terkunci untuk pemeriksaan, lalu dihapus.',
              en: 'At the office your face is photographed and compared with your KTP-el photo. A few of the pictures are kept locked away for checks, and then deleted.',
            })}
          </li>
          <li>
            ${say({
              id: 'Ciri wajah Anda disimpan terkunci, supaya wajah Anda tidak dipakai dengan nama lain.',
              en: 'What makes out your face is kept locked away, so that nobody uses your face under another name.',
            })}
          </li>
          <li>
            ${say({
              id: 'Yang melihat data Anda: petugas yang melayani Anda, dan siapa pun yang Anda izinkan memindai QR Anda.',
              en: 'Who sees your data: the officer who serves you, and whoever you let scan your QR.',
            })}
          </li>
          <li>
            ${say({
              id: 'Setiap kali data Anda dilihat, Anda dapat membacanya di menu Histori.',
              en: 'Every look at your data is listed for you in the menu Histori.',
            })}
          </li>
        </ul>
      </ikd-card>
      <ikd-button @click=${this.#agree}>${say({ id: 'Saya setuju, daftar', en: 'I agree, register' })}</ikd-button>
      <p class="muted small">
        ${say({ id: 'Petugas lembaga yang ingin memindai?', en: 'Staff of an institution who wants to scan?' })}
        <a href=${paths.institution}>${say({ id: 'Masuk sebagai lembaga', en: 'Sign in as an institution' })}</a>
      </p>
    `
  }

  #install() {
    return html`<ikd-card heading=${say({ id: 'Pasang dulu di iPhone Anda', en: 'Install it on your iPhone first' })}>
      <ol>
        <li>${say({ id: 'Tekan tombol Bagikan di Safari (kotak dengan panah ke atas).', en: 'Press the Share button in Safari (box with an arrow up).' })}</li>
        <li>${say({ id: 'Pilih “Tambah ke Layar Utama”.', en: 'Choose “Add to Home Screen”.' })}</li>
        <li>${say({ id: 'Buka IKD dari layar utama, lalu daftar di sana.', en: 'Open IKD from the home screen and register there.' })}</li>
      </ol>
      <p class="muted">
        ${say({
          id: 'Safari menghapus data situs yang tidak dibuka tujuh hari; aplikasi yang dipasang tidak.',
          en: 'Safari deletes the data of sites not opened for seven days; the installed app keeps it.',
        })}
      </p>
    </ikd-card>`
  }

  readonly #agree = (): void => {
    this.ports.draft.consent()
    this.ports.navigator.go(paths.register)
  }
}
