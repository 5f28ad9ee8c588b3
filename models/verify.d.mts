/** Checks the installed weights against `manifest.json`; resolves to the number of files, rejects with one clear sentence. */
export function verifyWeights(root: string): Promise<number>
