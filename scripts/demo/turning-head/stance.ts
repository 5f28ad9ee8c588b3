/** How somebody sits before the camera at one moment. Nothing in it is a measurement: it is what the picture is made from. */
export type Stance = {
  /** Degrees to the right of the picture, as `Pose` counts: the sitter's own left. */
  readonly yaw: number
  /** Degrees downwards. */
  readonly pitch: number
  /** How much larger than at rest the head is: coming closer. */
  readonly closer: number
  /** Shift of the whole picture, as shares of the head's width; a hand-held moment. */
  readonly dx: number
  readonly dy: number
  /** Degrees, clockwise in the picture. */
  readonly roll: number
  readonly zoom: number
  readonly light: number
}

export const atRest: Stance = { yaw: 0, pitch: 0, closer: 1, dx: 0, dy: 0, roll: 0, zoom: 1, light: 1 }

export type Action = 'turn-left' | 'turn-right' | 'look-up' | 'come-closer'

/** As far as most people go when they are asked, without effort. */
const asFar: Record<Action, Partial<Stance>> = {
  'turn-left': { yaw: 14 },
  'turn-right': { yaw: -14 },
  'look-up': { pitch: -14 },
  'come-closer': { closer: 1.33 },
}
export const actions = Object.keys(asFar) as readonly Action[]

/** How much further than most somebody has to go until it is seen; faces differ. */
export type Reach = Readonly<Record<Action, number>>
export const ordinaryReach: Reach = { 'turn-left': 1, 'turn-right': 1, 'look-up': 1, 'come-closer': 1 }

/** @param shares how much of each movement is done, 0 to 1; what is left of the last one counts too */
export function doing(shares: Partial<Record<Action, number>>, reach: Reach): Stance {
  const stance = { ...atRest } as { -readonly [key in keyof Stance]: Stance[key] }
  for (const [action, share] of Object.entries(shares) as [Action, number][]) {
    const { yaw = 0, pitch = 0, closer = 1 } = asFar[action]
    const far = share * reach[action]
    stance.yaw += yaw * far
    stance.pitch += pitch * far
    stance.closer += (closer - 1) * far
  }
  return stance
}

/**
 * The small movements nobody can help, `ms` into visit number `visit`: slow, never quite back where they were, and other ones
 * at each visit, for the server knows the frames of earlier visits.
 */
export function swaying(stance: Stance, visit: number, ms: number): Stance {
  const t = ms / 1000
  const wave = (period: number, shift: number) => Math.sin((2 * Math.PI * t) / period + shift + visit * 1.7)
  const place = (step: number) => ((visit * step) % 1) - 0.5
  return {
    ...stance,
    dx: stance.dx + 0.012 * wave(3.7, 0) + 0.02 * wave(11.3, 1) + 0.16 * place(0.618),
    dy: stance.dy + 0.01 * wave(2.9, 2) + 0.015 * wave(9.1, 0.5) + 0.12 * place(0.414),
    roll: stance.roll + 0.6 * wave(5.3, 1.1) + 4 * place(0.732),
    zoom: stance.zoom * (1 + 0.006 * wave(4.3, 0.3) + 0.05 * place(0.236)),
    light: stance.light * (1 + 0.01 * wave(6.1, 0.9) + 0.08 * place(0.303)),
    yaw: stance.yaw + 0.8 * wave(4.9, 2.2),
    pitch: stance.pitch + 0.6 * wave(6.7, 0.2),
  }
}

/** Slow, quick, slow, as a head moves. */
export function eased(share: number): number {
  const s = Math.min(1, Math.max(0, share))
  return s * s * (3 - 2 * s)
}
