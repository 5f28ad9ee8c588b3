/**
 * What a person reads when setting up fails: one sentence in Indonesian, one in English, each with the next step.
 *
 * @typedef {{ id: string, en: string }} Sentence
 */
export class SetupFailure extends Error {
  /**
   * @param {Sentence} sentence
   * @param {string} [details] the last lines of the tool that failed
   */
  constructor(sentence, details = '') {
    super(sentence.en)
    this.name = 'SetupFailure'
    this.sentence = sentence
    this.details = details
  }
}

/** @type {readonly { when: RegExp, sentence: Sentence }[]} */
const known = [
  {
    when: /ENOSPC|no space left/i,
    sentence: {
      id: 'Ruang disk habis: kosongkan sekitar 2 GB lalu jalankan lagi.',
      en: 'The disk is full: free about 2 GB and run this again.',
    },
  },
  {
    when: /EACCES|EPERM|EROFS|permission denied|read-only file system/i,
    sentence: {
      id: 'Folder ini tidak boleh ditulisi: jalankan di folder milik Anda sendiri.',
      en: 'This folder cannot be written to: run this in a folder that is yours.',
    },
  },
  {
    when: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|network|could not resolve|failed to fetch/i,
    sentence: {
      id: 'Tidak ada jaringan ke registri npm: periksa sambungan internet atau proksi lalu jalankan lagi.',
      en: 'The npm registry cannot be reached: check the internet connection or proxy and run this again.',
    },
  },
]

/**
 * The sentence for a tool's own words; the disk and the rights come first, for npm reports them as broken downloads as well.
 *
 * @param {string} output what the tool printed
 * @param {Sentence} otherwise
 * @returns {SetupFailure}
 */
export function diagnose(output, otherwise) {
  const match = known.find(({ when }) => when.test(output))
  const details = output.trim().split('\n').slice(-25).join('\n')
  return new SetupFailure(match?.sentence ?? otherwise, details)
}
