/** What a site that uses `@ikd/face/browser` must serve: module path to resolve, and place under its folder for faces. */
export const browserFiles: ReadonlyArray<{ from: string; to: string }>
