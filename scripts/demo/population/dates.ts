/** Calendar dates as ISO 8601 text, without a clock and without time zones. */
export function isoDate(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)
}

/** @param years may be negative; 29 February becomes 1 March where the year has none */
export function shifted(date: string, by: { years?: number; months?: number; days?: number }): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  return isoDate(year + (by.years ?? 0), month + (by.months ?? 0), day + (by.days ?? 0))
}

/** Full years on `today`. */
export function ageOn(birthDate: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years
}
