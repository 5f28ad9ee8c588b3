/** Browsers of one engine, each as if it were somebody's own. What differs between engines stands behind this and nowhere else. */
export interface Engine {
  /** A browser with a profile of its own, as large as a phone's, with a camera, on an empty page. */
  openBrowser(): Promise<Tab>
  close(): Promise<void>
}

/** The few things a driver has to do for a page; whatever can be written once for all engines is in `page.ts`. Every call ends in time. */
export interface Tab {
  open(url: string): Promise<void>
  reload(): Promise<void>
  /** Runs a function that names nothing outside itself; it takes and gives what JSON can carry. */
  evaluate<Argument, Result>(work: (argument: Argument) => Result, argument: Argument): Promise<Awaited<Result>>
  /** A press of the pointer there, in CSS pixels from the page's upper left corner in sight. */
  press(x: number, y: number): Promise<void>
  /** Keys, wherever the focus is. */
  type(text: string): Promise<void>
  /** What is in sight, as PNG. */
  screenshot(): Promise<Buffer>
  /** Errors that nobody caught and refusals of the content security policy, so far. */
  complaints(): readonly string[]
  close(): Promise<void>
}

export const engineNames = ['chromium', 'firefox', 'webkit'] as const
export type EngineName = (typeof engineNames)[number]

/** A cheap Android phone, held upright. */
export const screenSize = { width: 360, height: 740 } as const

/** For one call of a driver; opening a page or a browser may take several. */
export const patienceMs = 20_000
