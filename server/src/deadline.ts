/**
 * `promise`, unless it takes longer than `ms`. What it waits for is not ended by that; whoever asks only stops waiting.
 *
 * @throws what `late` makes
 */
export async function within<T>(ms: number, promise: Promise<T>, late: () => Error): Promise<T> {
  const { promise: over, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(late()), ms)
  try {
    return await Promise.race([promise, over])
  } finally {
    clearTimeout(timer)
  }
}
