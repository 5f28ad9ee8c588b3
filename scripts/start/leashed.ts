/** For a Node that is spawned with a channel (`stdio: […, 'ipc']`): it ends when the process that spawned it does. */
export const leashed: readonly string[] = ['--import', new URL('./leash.ts', import.meta.url).href]
