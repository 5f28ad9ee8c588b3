/** What turns the direction of the text around it: right-to-left letters, and Unicode's own controls for it. */
const turning = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]/
const controls = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/**
 * A name within a sentence, so that it turns round nothing but itself: without controls of its own, between FIRST STRONG ISOLATE
 * and POP DIRECTIONAL ISOLATE (UAX #9 §2.4). In markup a `bdi` element does the same.
 */
export function isolate(name: string): string {
  return turning.test(name) ? `\u2068${name.replace(controls, '')}\u2069` : name
}
