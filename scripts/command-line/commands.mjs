// Every command of this repository that takes arguments, and every option it has. Plain JavaScript: the setup, which runs before
// there is a Node that reads TypeScript, looks here whether what comes after it was called as it can be.
import { fileToWrite, file, flag, folder, folderToMake, oneOf, or, required, text, wholeNumber } from './options.mjs'

/**
 * @template {Readonly<Record<string, import('./options.mjs').Option<any>>>} O
 * @param {import('./read.mjs').Command<O>} command
 * @returns {import('./read.mjs').Command<O>}
 */
const declare = (command) => command

const json = flag('baris terakhir satu objek JSON · the last line is one JSON object')
const data = folder('folder data peladen; tanpa ini yang disebut IKD_DATA · the server’s data folder; otherwise the one IKD_DATA names')

export const setup = declare({
  name: 'npm run setup --',
  script: 'scripts/setup.mjs',
  does: 'Menyiapkan semua yang diperlukan perintah lain. · Brings a clone into the state that every other command needs.',
  forms: [''],
  options: {
    browser: flag('juga Chromium untuk pengujian · a Chromium for the journeys too'),
    postgres: flag('juga PostgreSQL untuk pengujian, bila apt ada · a PostgreSQL for the tests too, where it can be installed'),
    engines: flag('juga Firefox dan WebKitGTK, bila apt ada · Firefox and WebKitGTK too, for the story in three engines, where they can be installed'),
    // A text among the values, which nobody takes for a promise.
    // oxlint-disable-next-line unicorn/no-thenable
    then: text('SCRIPT', 'lalu jalankan ini, dengan argumen sesudah -- · goes on with this script, and the arguments after --'),
  },
})

export const start = declare({
  name: 'npm start --',
  script: 'scripts/start.ts',
  does: 'Menjalankan seluruh demo di komputer ini. Ctrl-C mengakhiri semuanya. · Runs the whole demo on this machine. Ctrl-C ends all of it.',
  forms: [''],
  options: {
    data: or(folderToMake('folder data · where the data lives'), undefined, '.data'),
    port: or(
      wholeNumber(1024, 65_531, 'porta peladen; N+1 loket, N+2 kotak surat, N+3 SMTP, N+4 instansi · the server’s port; N+1 counter, N+2 mailbox, N+3 SMTP, N+4 agencies'),
      3000,
    ),
    'no-counter': flag('tanpa membuka loket · do not open the counter'),
    reset: flag('hapus data demo dan mulai dari awal · wipe the demo’s data and begin again'),
    photo: file('tambah warga demo dengan foto ini; bersama --name · add a demo resident with this photograph; with --name'),
    name: text('"NAMA"', 'nama warga itu · that resident’s name'),
    sex: or(oneOf(['female', 'male'], 'jenis kelaminnya · and their sex'), 'female'),
  },
})

export const test = declare({
  name: 'npm test --',
  script: 'scripts/test.ts',
  does: 'Tipe, lint, pengujian, dan cerita di peramban sungguhan. · Types, lint, unit and integration tests, journeys in a real browser.',
  forms: [''],
  options: { full: flag('juga yang lambat · with the slow matrices') },
})

export const faults = declare({
  name: 'npm run test:faults --',
  script: 'scripts/faults.ts',
  does: 'Rangkaian kerusakan, adu cepat, dan penyalahgunaan, satu per satu pada kedua basis data. · Crash, race and abuse suites, one after another on both databases.',
  forms: ['', 'SUITE…', 'mutations PROMISE…'],
  options: {
    database: oneOf(['sqlite', 'postgres'], 'hanya basis data ini · on this database only'),
    json,
  },
})

export const types = declare({
  name: 'npm run types --',
  script: 'scripts/types.ts',
  does: 'Memeriksa tipe setiap proyek. · Type-checks every project, two at a time.',
  forms: [''],
  options: {},
})

export const pictures = declare({
  name: 'npm run pictures --',
  script: 'scripts/pictures.ts',
  does: 'Membuat gambar README dari cerita di peramban. · Makes the pictures of the READMEs by playing the story in real browsers.',
  forms: [''],
  options: {},
})

export const engines = declare({
  name: 'npm run journeys:engines --',
  script: 'scripts/engines.ts',
  does: 'Cerita singkat dari pendaftaran sampai dipindai, di peramban yang disebut (chromium, firefox, webkit) atau di semuanya. · The short story from the registration to the scan in the engines named, or in all of them.',
  forms: ['ENGINE…'],
  options: {},
})

export const evaluate = declare({
  name: 'npm run evaluate --',
  script: 'scripts/evaluate.ts',
  does: `Mengukur kesalahan mesin wajah pada foto Anda: satu folder tiap orang, berisi JPEG, PNG, atau WebP. Tidak ada yang keluar dari komputer ini.
Measures the face engine's error rates on photographs of yours: one folder for each person, JPEG, PNG or WebP inside.
Nothing leaves this machine, and nothing is kept but what you ask for.`,
  forms: [''],
  options: {
    faces: required(folder('folder foto · the photographs')),
    pairs: file('hanya pasangan ini: baris "acuan,uji,same" atau "…,different", atau pairs.txt dari LFW · only these pairs: lines "reference,probe,same" or "…,different" with paths relative to DIR, commas or tabs; or the pairs.txt of Labeled Faces in the Wild'),
    fuse: or(wholeNumber(1, 100, 'wajah uji adalah rata-rata N foto berikutnya · a probe is the mean of the next N pictures of a person, cyclic by file name, the reference left out; 1: each two pictures are compared once'), 1),
    half: oneOf(['tuning', 'report'], 'separuh dari orang-orang itu, menurut nama · every other of the people with several pictures, by name'),
    tight: flag('acuan dipotong pada wajah, seperti pasfoto · references are cut at the box of the face, as identity photographs are; says how many are found again'),
    det: fileToWrite('menulis kurva DET sebagai SVG · writes the DET curve as SVG'),
    resume: fileToWrite('melanjutkan FILE dan menambahnya; isinya templat wajah, hapus bila selesai · goes on from FILE and adds to it. It holds face templates: biometric data, readable for you alone (0600). Delete it when you need it no more'),
    write: file('menulis hasil ke manifes ini (models/manifest.json); bersama --about · writes the figures into this manifest; --about says which pictures they are'),
    about: text('TEXT', 'foto yang mana · which pictures'),
    json,
  },
})

export const grants = declare({
  name: 'npm run grants --',
  script: 'scripts/grants.ts',
  does: 'PostgreSQL: memberi peran layanan (IKD_DATABASE) hak-haknya, sebagai pemilik skema (IKD_DATABASE_OWNER). · Gives the service’s role its rights, as the owner of the schema.',
  forms: [''],
  options: { print: flag('hanya menampilkan, tanpa memberi hak · shows the statements for the schema brought up to date, and gives no rights') },
})

export const keys = declare({
  name: 'npm run keys --',
  script: 'scripts/keys.ts',
  does: 'Kunci penanda tangan token akses: daftar, atau ganti. · The keys that access tokens are signed with: lists or rotates them.',
  forms: ['', 'list', 'rotate'],
  options: {
    'at-once': flag('rotate: kunci lama langsung gugur, untuk kunci yang mungkin bocor · rotate: the old keys are gone at once, for one that somebody else may know'),
    data,
  },
})

export const staff = declare({
  name: 'npm run staff --',
  script: 'scripts/staff.ts',
  does: 'Untuk petugas yang tidak dapat ditolong admin kantornya: kode pemasangan baru. · For somebody whom no admin of the office can help: a new setup code.',
  forms: ['readmit USERNAME'],
  options: { data },
})

export const systems = declare({
  name: 'npm run systems --',
  script: 'scripts/systems.ts',
  does: 'Program lembaga yang memindai sendiri: daftar, atau cabut. · Institutions’ programs that scan by themselves: lists or revokes them.',
  forms: ['', 'list', 'revoke CLIENT_ID'],
  options: { data },
})

export const auditVerify = declare({
  name: 'npm run audit:verify --',
  script: 'scripts/audit-verify.ts',
  does: 'Memeriksa rantai audit dan menyebut apa yang diubah, dan di mana. · Walks the audit chain, the batches of scans and the signatures; says what was changed, and where.',
  forms: [''],
  options: { data, heads: file('kepala rantai yang disalin audit:heads · heads copied elsewhere by audit:heads'), json },
})

export const auditHeads = declare({
  name: 'npm run audit:heads --',
  script: 'scripts/audit-heads.ts',
  does: 'Menambahkan kepala rantai bertanda tangan ke berkas yang disimpan di komputer lain. · Appends signed heads to a file that belongs on another host.',
  forms: [''],
  options: { to: required(fileToWrite('ke mana · where to')), data },
})

export const mailbox = declare({
  name: 'node scripts/demo/mailbox.ts',
  script: 'scripts/demo/mailbox.ts',
  does: 'Kotak surat demo: penerima SMTP dan halamannya. · The demo’s mailbox: an SMTP receiver and its page.',
  forms: [''],
  options: {
    'smtp-port': or(wholeNumber(0, 65_535, 'porta SMTP · SMTP port'), 3003),
    'web-port': or(wholeNumber(0, 65_535, 'porta halaman · port of the page'), 3002),
  },
})

export const agencies = declare({
  name: 'node scripts/demo/agencies.ts',
  script: 'scripts/demo/agencies.ts',
  does: 'Instansi demo yang menjawab tentang dokumen. · The demo’s agencies, which answer for documents.',
  forms: [''],
  options: { port: or(wholeNumber(0, 65_535, 'porta · port'), 3004) },
})

const faces = folder('foto: satu folder tiap orang · photographs: one folder a person')
const rounds = (/** @type {number} */ standard, /** @type {number} */ to) => or(wholeNumber(1, to, 'putaran · rounds'), standard)

/**
 * @template {Readonly<Record<string, import('./options.mjs').Option<any>>>} O
 * @param {string} name
 * @param {string} does
 * @param {O} options
 */
const declareBench = (name, does, options) => declare({ name: `npm run bench -- ${name}`, script: `scripts/bench/${name}.ts`, does, forms: [''], options: { ...options, json } })

/** The benches, each by its name. */
export const benches = {
  challenge: declareBench('challenge', 'Seberapa sering tantangan gerakan meloloskan orang, dan tiruan. · How often an answer to the active challenge passes, and what is shown or sent instead.', {
    faces: required(faces),
    people: or(wholeNumber(1, 1000, 'berapa orang · how many people'), 8),
    only: or(text('WORD', 'hanya jenis yang namanya memuat kata ini, atau "honest", atau "attack" · kinds with it in their name, or `honest`, or `attack`'), '', ''),
  }),
  commits: declareBench('commits', 'Apakah menggabung beberapa commit menguntungkan di SQLite. · Whether grouping commits would pay on SQLite.', {
    requests: or(wholeNumber(32, 1_000_000, 'permintaan · requests'), 3200),
    folder: folder('folder pada cakram yang diukur; tanpa ini folder sementara · a folder on the disk that is meant; otherwise the temporary one'),
  }),
  duplicates: declareBench('duplicates', 'Pencarian wajah ganda di antara templat buatan. · The search for a face among templates that were made up.', {
    templates: or(wholeNumber(1, 10_000_000, 'berapa templat · how many templates'), 200_000),
    memory: flag('langsung ke ingatan, tanpa tabel · enrolled directly, without the table, whose filling alone would take minutes'),
  }),
  face: declareBench('face', 'Satu keputusan wajah oleh face-api dan oleh mesin kami, di Node dan Chromium. · A decision by face-api as it comes and by our engine, in Node and in Chromium.', {
    rounds: rounds(9, 10_000),
    faces: folder('orang dengan enam foto atau lebih, bukan contoh paket · people with six pictures or more instead of the sample pictures of the package'),
    'no-browser': flag('tanpa Chromium · without Chromium'),
  }),
  lookup: declareBench('lookup', 'Apakah NIK dan akun dapat dibedakan dari jawaban atau lamanya. · Whether NIKs and accounts can be told apart by an answer or its timing.', {
    samples: or(wholeNumber(10, 100_000, 'berapa contoh · how many samples'), 1000),
  }),
  preview: declareBench('preview', 'Panduan wajah langsung di loket, dalam Chromium. · The desk’s live guidance in Chromium: its start, looks a second, longest task.', {
    seconds: or(wholeNumber(2, 3600, 'detik · seconds'), 20),
  }),
  qr: declareBench('qr', 'Ukuran kode QR yang ditampilkan ponsel. · How large the QR codes are that a phone shows, and how long one takes to make and to read.', { rounds: rounds(500, 1_000_000) }),
  start: declareBench('start', 'Detik dari npm start sampai demo siap. · Seconds from npm start to a healthy demo: seeding, and the starts after it.', {
    again: or(wholeNumber(0, 1000, 'berapa kali lagi · how often again'), 3),
    port: or(wholeNumber(1024, 65_531, 'porta pertama dari lima · the first of five ports'), 5600),
  }),
}

export const bench = declare({
  name: 'npm run bench --',
  script: 'scripts/bench.ts',
  does: ['Menjalankan satu pengukuran; bantuan tiap bench: NAME --help. · Runs one bench; NAME --help tells its options.', '', ...Object.entries(benches).map(([name, { does }]) => `  ${name.padEnd(12)}${does}`)].join('\n'),
  forms: ['', 'NAME'],
  options: { json },
})

/** All of them. */
export const commands = [setup, start, test, faults, types, pictures, engines, bench, evaluate, grants, keys, staff, systems, auditVerify, auditHeads, mailbox, agencies]
