// For projects that do not read JavaScript.
export function openStamps(root: string): { find(name: string): string | undefined; set(name: string, value: string): void }
export function fingerprint(root: string, paths: readonly string[]): string
