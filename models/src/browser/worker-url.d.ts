/** Vite's way to a bundled worker's address; its form is not ours to choose. */
declare module '*?worker&url' {
  const url: string
  // oxlint-disable-next-line import/no-default-export
  export default url
}
