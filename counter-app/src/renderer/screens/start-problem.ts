import { type Phrase, say } from '@ikd/ui'
import { KeyStorageError } from '../host/browser-key.ts'
import { HostFileError } from '../host/browser-host.ts'

const storage: Phrase = {
  id: 'Browser ini tidak dapat menyimpan kunci loket. Pakai jendela biasa (bukan mode penyamaran) dan izinkan penyimpanan situs, lalu muat ulang.',
  en: 'This browser cannot keep the desk’s key. Use an ordinary window (not private mode), allow site storage, and reload.',
}
const hostFile: Phrase = {
  id: 'Alamat server belum diketahui. Hubungi admin, lalu muat ulang halaman ini.',
  en: 'The server’s address is not known. Tell the administrator, then reload this page.',
}
const surprise: Phrase = {
  id: 'Aplikasi loket tidak dapat dimulai. Mulai ulang; bila berulang, hubungi admin.',
  en: 'The counter app could not start. Start it again; if it persists, tell the administrator.',
}

/** The app cannot even begin; said in plain text, for nothing of it may be loaded. */
export function showStartProblem(error: unknown): void {
  const text = error instanceof KeyStorageError ? storage : error instanceof HostFileError ? hostFile : surprise
  const notice = document.createElement('ikd-notice')
  notice.setAttribute('kind', 'error')
  notice.textContent = say(text)
  document.body.replaceChildren(notice)
}
