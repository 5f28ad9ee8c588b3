/** The decision on a distance. */
export type Decision = 'match' | 'inconclusive' | 'non-match';
/** What the desk is told instead of the distance, which would help someone who searches for a look-alike. */
export type Band = 'near' | 'unsure' | 'far';

/** A share with the counts it comes from and its 95 % interval. */
export type Rate = { value: number; errors: number; trials: number; low: number; high: number };

export function decide(distance: number): Decision {
  if (distance <= policy.accept) return 'match';
  return distance <= policy.lookAgain ? 'inconclusive' : 'non-match';
}

export function bandOf(decision: Decision): Band {
  return decision === 'match' ? 'near' : decision === 'inconclusive' ? 'unsure' : 'far';
}

/** Wilson's score interval, which stays right for few errors (Brown, Cai and DasGupta, Statistical Science 16(2), 2001). */
export function wilson(errors: number, trials: number): Rate {
  if (trials === 0) return { value: Number.NaN, errors, trials, low: 0, high: 1 };
  const z = 1.959964;
  const p = errors / trials;
  const middle = (p + (z * z) / (2 * trials)) / (1 + (z * z) / trials);
  const half = (z / (1 + (z * z) / trials)) * Math.sqrt((p * (1 - p)) / trials + (z * z) / (4 * trials * trials));
  return { value: p, errors, trials, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/**
 * Accept at 0.486 or nearer, look again with a supervisor up to 0.54, refuse beyond. Two thresholds, because the honest
 * answer in between is that this matcher cannot tell.
 */
export const policy = { accept: 0.486, lookAgain: 0.54 } as const;
