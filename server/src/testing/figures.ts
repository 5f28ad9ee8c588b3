import { appendFileSync } from 'node:fs'

/**
 * Tells a figure that a fault suite measured (`20 000 scans, 1 000 winners, 812/s`). The run that prints the table names the
 * file in `IKD_FIGURES`; without it nobody wants to know.
 */
export function reportFigure(figure: string): void {
  const file = process.env['IKD_FIGURES']
  if (file) appendFileSync(file, `${JSON.stringify({ figure })}\n`)
}

/**
 * A number that somebody may set for a run (`IKD_POINTS=20`).
 *
 * @throws Error where it is set to something else: nought tries would find nothing, and be green
 */
export function numberOf(variable: string, standard: number): number {
  const given = process.env[variable] ?? String(standard)
  if (!/^[1-9]\d{0,7}$/.test(given)) throw new Error(`${variable} is a whole number from 1 on, not "${given}"`)
  return Number(given)
}
