/** All of an error that may stand in a log: its message could quote what must not be there. */
export function errorKind(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
