/** Where in the app we are; written into the fragment, so that a reload comes back to it. */
export type Place =
  | { readonly at: 'home' }
  | { readonly at: 'scan' }
  | { readonly at: 'lookup' }
  | { readonly at: 'supervisor' }
  | { readonly at: 'alerts' }
  | { readonly at: 'admin' }
  | { readonly at: 'account' }
  | { readonly at: 'case'; readonly caseId: string }
  | { readonly at: 'receipt'; readonly caseId: string; readonly requestId?: string }
  | { readonly at: 'customer' }

const id = '([0-9a-f-]{36})'

export function placeOf(fragment: string): Place {
  const path = fragment.replace(/^#/, '')
  const [, caseOnly] = new RegExp(`^/kasus/${id}$`).exec(path) ?? []
  if (caseOnly) return { at: 'case', caseId: caseOnly }
  const [, caseId, requestId] = new RegExp(`^/kasus/${id}/tanda-terima(?:/${id})?$`).exec(path) ?? []
  if (caseId) return { at: 'receipt', caseId, ...(requestId && { requestId }) }
  switch (path) {
    case '/pindai': return { at: 'scan' }
    case '/cari': return { at: 'lookup' }
    case '/penyelia': return { at: 'supervisor' }
    case '/pemberitahuan': return { at: 'alerts' }
    case '/admin': return { at: 'admin' }
    case '/akun': return { at: 'account' }
    case '/pelanggan': return { at: 'customer' }
    default: return { at: 'home' }
  }
}

export function fragmentOf(place: Place): string {
  switch (place.at) {
    case 'home': return '#/'
    case 'scan': return '#/pindai'
    case 'lookup': return '#/cari'
    case 'supervisor': return '#/penyelia'
    case 'alerts': return '#/pemberitahuan'
    case 'admin': return '#/admin'
    case 'account': return '#/akun'
    case 'customer': return '#/pelanggan'
    case 'case': return `#/kasus/${place.caseId}`
    case 'receipt': return `#/kasus/${place.caseId}/tanda-terima${place.requestId === undefined ? '' : `/${place.requestId}`}`
  }
}
