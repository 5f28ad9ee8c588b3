import type { DocumentKind } from '@ikd/contract'

/** The demo's agencies; each answers at `http://localhost:<port>/<id>`. */
export const agencies: readonly { readonly id: string; readonly name: string; readonly kinds: readonly DocumentKind[] }[] = [
  { id: 'djp', name: 'Direktorat Jenderal Pajak (demo)', kinds: ['npwp'] },
  { id: 'kemenkes', name: 'Kementerian Kesehatan (demo)', kinds: ['vaccination'] },
  { id: 'samsat', name: 'Samsat (demo)', kinds: ['vehicle'] },
  { id: 'bpjs', name: 'BPJS Kesehatan (demo)', kinds: ['health-insurance'] },
  { id: 'dukcapil', name: 'Arsip Pencatatan Sipil (demo)', kinds: ['birth-certificate'] },
]
