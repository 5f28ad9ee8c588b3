/** Where messages about progress go: a terminal, or a file or pipe. */
export interface Screen {
  readonly isTTY?: boolean
  write(text: string): unknown
}

const lineEvery = 15_000

/**
 * Says how far a run is and how long it will still take: a bar that is drawn anew on a terminal, a line now and then elsewhere.
 *
 * @param now milliseconds
 */
export function createProgress(screen: Screen, now: () => number): { tell(done: number, of: number, known: number): void; end(): void } {
  const began = now()
  let last = Number.NEGATIVE_INFINITY
  return {
    tell(done, of, known) {
      const at = now()
      if (!screen.isTTY && done < of && at - last < lineEvery) return
      last = at
      const text = `${done} / ${of} pictures${known > 0 ? `, ${known} known already` : ''}, ${remaining(done, of, known, at - began)}`
      screen.write(screen.isTTY ? `\r\x1b[K${bar(done / of)} ${text}` : `${text}\n`)
    },
    end: () => screen.isTTY && screen.write('\r\x1b[K'),
  }
}

/** Pictures known already took no time, so that they say nothing about the others. */
function remaining(done: number, of: number, known: number, elapsed: number): string {
  // Ten thousand pictures are fifty million pairs: a minute more.
  if (done >= of) return 'described; comparing'
  const worked = done - known
  if (worked < 1) return 'remaining time unknown'
  const seconds = Math.round(((elapsed / worked) * (of - done)) / 1000)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return `${hours > 0 ? `${hours} h ${minutes} min` : minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`} left`
}

function bar(share: number): string {
  const full = Math.round(share * 24)
  return `[${'█'.repeat(full)}${'·'.repeat(24 - full)}]`
}
