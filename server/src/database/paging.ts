/**
 * One page of rows, newest first. The contract pages by instant (`before`, exclusive), so a page never ends between
 * rows of the same millisecond: they would be lost to the next one.
 *
 * @param read the newest rows before the page's beginning, at most `limit` of them
 * @returns about `size` rows; `next` is the `before` of the following page, absent at the end
 */
export async function pageNewestFirst<Row extends { readonly at: number }>(
  size: number,
  read: (limit: number) => Promise<readonly Row[]>,
): Promise<{ readonly rows: readonly Row[]; readonly next?: number }> {
  for (let limit = size + 1; ; limit *= 2) {
    const rows = await read(limit)
    const edge = rows.length < limit ? undefined : rows.at(-1)?.at
    if (edge === undefined) return { rows }
    const whole = rows.filter((row) => row.at > edge)
    const next = whole.at(-1)?.at
    // Otherwise all of them share one instant: read on until it is whole.
    if (next !== undefined) return { rows: whole, next }
  }
}
