import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { StartFailure } from './failure.ts'

export interface Flags {
  /** Absolute. */
  readonly data: string
  readonly port: number
  readonly counter: boolean
  readonly reset: boolean
  readonly help: boolean
  /** A demo resident to add, with this KTP-el photograph. */
  readonly photo?: { readonly file: string; readonly name: string; readonly sex: 'female' | 'male' }
}

export const help = `npm start -- [pilihan · options]

  --data DIR        folder data · where the data lives (.data)
  --port N          porta peladen; N+1 loket, N+2 kotak surat, N+3 SMTP, N+4 instansi
                    the server's port; N+1 counter, N+2 mailbox, N+3 SMTP, N+4 agencies (3000)
  --no-counter      tanpa membuka loket · do not open the counter
  --reset           hapus data demo dan mulai dari awal · wipe the demo's data and begin again
  --photo FILE --name "NAMA" [--sex male|female]
                    tambah warga demo dengan foto ini · add a demo resident with this photograph
  --help
`

/** @throws StartFailure for what nobody can mean */
export function parseFlags(args: readonly string[], root: string): Flags {
  const values = read(args)
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 1024 || port > 65_531) {
    throw new StartFailure({ id: `--port harus bilangan dari 1024 sampai 65531, bukan "${values.port}".`, en: `--port must be a number from 1024 to 65531, not "${values.port}".` })
  }
  return {
    data: resolve(root, values.data),
    port,
    counter: !values['no-counter'],
    reset: values.reset,
    help: values.help,
    ...photo(values),
  }
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        data: { type: 'string', default: '.data' },
        port: { type: 'string', default: '3000' },
        'no-counter': { type: 'boolean', default: false },
        reset: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        photo: { type: 'string' },
        name: { type: 'string' },
        sex: { type: 'string' },
      },
    }).values
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    throw new StartFailure({ id: `Pilihan tidak dikenal (${said}); lihat npm start -- --help.`, en: `Unknown option (${said}); see npm start -- --help.` })
  }
}

function photo({ photo: file, name, sex = 'female' }: { photo?: string; name?: string; sex?: string }): Pick<Flags, 'photo'> {
  if (file === undefined && name === undefined) return {}
  if (file === undefined || name === undefined) {
    throw new StartFailure({ id: '--photo dan --name harus diberikan bersama.', en: '--photo and --name belong together.' })
  }
  if (!/^[\p{L}][\p{L} .'’-]{1,99}$/u.test(name)) {
    throw new StartFailure({ id: '--name: 2 sampai 100 huruf, spasi, titik atau tanda hubung.', en: '--name: 2 to 100 letters, spaces, full stops or hyphens.' })
  }
  if (sex !== 'female' && sex !== 'male') throw new StartFailure({ id: '--sex harus male atau female.', en: '--sex must be male or female.' })
  // npm runs scripts in the project's folder; a relative file is meant from where the person stands.
  return { photo: { file: resolve(process.env['INIT_CWD'] ?? '.', file), name, sex } }
}
