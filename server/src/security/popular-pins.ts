/**
 * PINs that people choose far too often (patterns after Bonneau, Preibusch & Anderson, *A birthday present every
 * eleven wallets?*, 2012): one digit over and over, short repeats, runs up or down, mirrored halves, and the
 * best-known six-digit favourites. Of seven or eight digits neither what hides in them nor a date is better.
 *
 * @param pin six to eight digits
 */
export function isPopularPin(pin: string): boolean {
  if (pin.length === 6) return isPopularSix(pin)
  const sixes = Array.from({ length: pin.length - 5 }, (_, i) => pin.slice(i, i + 6))
  return sixes.some(isPopularSix) || /^(\d{4})\1$/.test(pin) || /^(\d)\1{3}(\d)\2{3}$/.test(pin) || [...pin].reverse().join('') === pin || isDate(pin)
}

function isPopularSix(pin: string): boolean {
  return (
    /^(\d)\1{5}$/.test(pin) ||
    /^(\d{2})\1{2}$/.test(pin) ||
    /^(\d{3})\1$/.test(pin) ||
    /^(\d)\1{2}(\d)\2{2}$/.test(pin) ||
    /^(\d)\1(\d)\2(\d)\3$/.test(pin) ||
    isRun(pin, 1) ||
    isRun(pin, -1) ||
    [...pin].reverse().join('') === pin ||
    favourites.has(pin)
  )
}

// 170845 is Independence Day, which half the country knows by heart.
const favourites = new Set(['159753', '147258', '258369', '369258', '789456', '456123', '112358', '170845', '102030', '131415', '101112', '142536'])

/** Eight digits that are a day of this or the last century, as people write it. */
function isDate(pin: string): boolean {
  const [day, month, year] = ['(0[1-9]|[12]\\d|3[01])', '(0[1-9]|1[0-2])', '(19|20)\\d\\d']
  return [day + month + year, month + day + year, year + month + day].some((written) => new RegExp(`^${written}$`).test(pin))
}

function isRun(pin: string, step: 1 | -1): boolean {
  return [...pin].every((digit, i) => i === 0 || (Number(pin[i - 1]) + step + 10) % 10 === Number(digit))
}

/** The first thing a thief of a KTP would try. @param birthDate ISO 8601 */
export function isBirthDatePin(pin: string, birthDate: string): boolean {
  const [year, month, day] = birthDate.split('-') as [string, string, string]
  const short = year.slice(2)
  return [day + month + short, short + month + day, month + day + short, year + month, month + year, day + year].includes(pin)
}
