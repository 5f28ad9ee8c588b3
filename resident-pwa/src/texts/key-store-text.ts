import { say } from '@ikd/ui'
import type { KeyStoreReason } from '../holder/key-store-error.ts'

interface Said {
  readonly title: string
  readonly text: string
}

export function keyStoreText(reason: KeyStoreReason): Said {
  const title = say({ id: 'Kunci pengaman tidak dapat dibuat di ponsel ini', en: 'This phone cannot keep a security key' })
  switch (reason) {
    case 'no-crypto':
      return {
        title,
        text: say({
          id: 'Peramban ini terlalu lama, atau halaman tidak dibuka lewat https. Perbarui Chrome atau Safari, lalu buka lagi alamat resmi IKD.',
          en: 'This browser is too old, or the page was not opened over https. Update Chrome or Safari and open the official IKD address again.',
        }),
      }
    case 'no-storage':
    case 'key-not-storable':
      return {
        title,
        text: say({
          id: 'Peramban melarang penyimpanan. Tutup mode penyamaran (incognito), izinkan penyimpanan untuk situs ini, lalu coba lagi.',
          en: 'The browser forbids storage. Leave private browsing, allow storage for this site, then try again.',
        }),
      }
    case 'storage-full':
      return {
        title: say({ id: 'Penyimpanan ponsel penuh', en: 'The phone’s storage is full' }),
        text: say({
          id: 'Hapus beberapa foto atau video, lalu coba lagi. IKD hanya memerlukan beberapa megabita.',
          en: 'Delete some photos or videos, then try again. IKD needs only a few megabytes.',
        }),
      }
    case 'storage-silent':
      return {
        title: say({ id: 'Penyimpanan peramban tidak menjawab', en: 'The browser’s storage does not answer' }),
        text: say({
          id: 'Tutup semua tab IKD lain, atau mulai ulang ponsel, lalu coba lagi. Data Anda tidak hilang.',
          en: 'Close all other IKD tabs, or restart the phone, then try again. Your data is not lost.',
        }),
      }
    case 'unknown':
      return {
        title,
        text: say({
          id: 'Terjadi gangguan pada penyimpanan peramban. Mulai ulang peramban, lalu coba lagi.',
          en: 'Something went wrong in the browser’s storage. Restart the browser, then try again.',
        }),
      }
  }
}
