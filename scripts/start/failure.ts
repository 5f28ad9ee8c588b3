/** Why the demo does not start: one sentence in each language, with what to do. */
export class StartFailure extends Error {
  readonly sentence: { readonly id: string; readonly en: string }

  constructor(sentence: { readonly id: string; readonly en: string }) {
    super(sentence.en)
    this.name = 'StartFailure'
    this.sentence = sentence
  }
}
