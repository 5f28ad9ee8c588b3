import type { Comparisons } from './comparisons.ts'
import { curve } from './error-rates.ts'

const side = 480
const margin = { left: 70, top: 40, right: 20, bottom: 60 }
const ticks = [0.00001, 0.0001, 0.001, 0.01, 0.05, 0.1, 0.2, 0.4]
const rates = Array.from({ length: 240 }, (_, i) => 10 ** (-5 + (i / 239) * Math.log10(0.4 / 1e-5)))

/**
 * The detection error trade-off as an SVG picture: FNMR over FMR, both on normal deviate axes, as Martin et al. proposed ("The DET
 * curve in assessment of detection task performance", Eurospeech 1997) and ISO/IEC 19795-1 takes over.
 *
 * @param title one line above the curve; escaped here
 */
export function detCurve(compared: Comparisons, title: string): string {
  const lowest = ticks[0]!
  const points = curve(compared, rates).map(({ fmr, fnmr }) => `${x(fmr)},${y(Math.max(lowest, fnmr))}`)
  const [right, bottom] = [margin.left + side, margin.top + side]
  const grid = ticks.flatMap((tick) => [
    `<path class="grid" d="M${x(tick)} ${margin.top}V${bottom}M${margin.left} ${y(tick)}H${right}"/>`,
    `<text x="${x(tick)}" y="${bottom + 18}" text-anchor="middle">${label(tick)}</text>`,
    `<text x="${margin.left - 6}" y="${y(tick) + 4}" text-anchor="end">${label(tick)}</text>`,
  ])
  const [width, height] = [right + margin.right, bottom + margin.bottom]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title>${escaped(title)}</title>`,
    '<style>text{font:12px sans-serif;fill:#1a1a1a}.grid{stroke:#d0d0d0;fill:none}.curve{stroke:#0b57a4;stroke-width:2;fill:none}</style>',
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${margin.left}" y="24">${escaped(title)}</text>`,
    ...grid,
    `<text x="${margin.left + side / 2}" y="${bottom + 42}" text-anchor="middle">False match rate</text>`,
    `<text transform="translate(16 ${margin.top + side / 2}) rotate(-90)" text-anchor="middle">False non-match rate</text>`,
    `<polyline class="curve" points="${points.join(' ')}"/>`,
    '</svg>',
    '',
  ].join('\n')
}

function x(rate: number): number {
  return round(margin.left + along(rate) * side)
}

function y(rate: number): number {
  return round(margin.top + side - along(rate) * side)
}

/** Where a rate stands on an axis, 0 to 1. */
function along(rate: number): number {
  const [low, high] = [deviate(ticks[0]!), deviate(ticks.at(-1)!)]
  return (Math.min(high, Math.max(low, deviate(rate))) - low) / (high - low)
}

/** The normal deviate of a share: formula 26.2.23 of Abramowitz and Stegun, good to 4.5·10⁻⁴, which no eye sees. */
function deviate(share: number): number {
  if (share > 0.5) return -deviate(1 - share)
  const t = Math.sqrt(-2 * Math.log(Math.max(share, 1e-12)))
  return (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3) - t
}

function label(rate: number): string {
  return `${Number((rate * 100).toPrecision(2))} %`
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`)
}
