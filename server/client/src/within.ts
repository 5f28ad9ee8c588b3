/**
 * Settles as the promise does, or after `ms` rejects with what `late` makes; an answer that comes later is dropped. For promises of a
 * browser that may never settle, because it waits for a person or for another tab.
 */
export async function within<T>(ms: number, promise: Promise<T>, late: () => Error): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), ms)
  })
  try {
    return await Promise.race([promise, silence])
  } finally {
    clearTimeout(timer)
  }
}
