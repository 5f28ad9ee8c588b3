/**
 * One idempotency key per intention. When the network drops and the officer presses the button again, the same request goes out
 * under the same key, and the server does it once. An answer of any kind ends the intention.
 */
export class PendingKeys {
  readonly #keys = new Map<string, string>()
  readonly #newId: () => string
  readonly #isUnanswered: (error: unknown) => boolean

  constructor(newId: () => string, isUnanswered: (error: unknown) => boolean) {
    this.#newId = newId
    this.#isUnanswered = isUnanswered
  }

  async run<T>(intention: string, act: (idempotencyKey: string) => Promise<T>): Promise<T> {
    const key = this.#keys.get(intention) ?? this.#newId()
    this.#keys.set(intention, key)
    try {
      const value = await act(key)
      this.#keys.delete(intention)
      return value
    } catch (error) {
      if (!this.#isUnanswered(error)) this.#keys.delete(intention)
      throw error
    }
  }
}
