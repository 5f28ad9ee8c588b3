/** The oldest engines both front ends promise to run in. Older ones are told so (`browser-check.js`); what is built is checked against them. */
export const floor = { safari: '16.4', chromium: '111', firefox: '115' } as const

/** The same for Vite's `build.target`: newer syntax is written in older one. APIs are not: those the check of the built files finds. */
export const buildTargets: string[] = [`ios${floor.safari}`, `safari${floor.safari}`, `chrome${floor.chromium}`, `edge${floor.chromium}`, `firefox${floor.firefox}`]
