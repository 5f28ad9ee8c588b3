import { type Language, language } from './language.ts'
import { say } from './say.ts'

const locales = { id: 'id-ID', en: 'en-GB' } as const

/** `21 November 2026 pukul 20.56`, in the time zone of the device. `ms` since the epoch. */
export function formatDateTime(ms: number, of: Language = language()): string {
  return new Intl.DateTimeFormat(locales[of], { dateStyle: 'long', timeStyle: 'short' }).format(ms)
}

/** `20.56`. `ms` since the epoch. */
export function formatTime(ms: number): string {
  return new Intl.DateTimeFormat(locales[language()], { timeStyle: 'short' }).format(ms)
}

/** `17 Agustus 1945`, from a calendar date (`1945-08-17`, the same day in every time zone) or an instant in ms. */
export function formatDate(date: string | number): string {
  const zone = typeof date === 'string' ? { timeZone: 'UTC' } : {}
  return new Intl.DateTimeFormat(locales[language()], { dateStyle: 'long', ...zone }).format(new Date(date))
}

/** `4 menit 10 detik`, `2 jam 5 menit`; rounded up to the second, never negative. */
export function formatRemaining(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  const parts = hours > 0 ? [count(hours, hour), count(minutes, minute)] : [count(minutes, minute), count(seconds % 60, second)]
  return parts.filter((part) => part !== undefined).join(' ') || say({ id: '0 detik', en: '0 seconds' })
}

interface Unit {
  readonly id: string
  readonly one: string
  readonly many: string
}

const hour: Unit = { id: 'jam', one: 'hour', many: 'hours' }
const minute: Unit = { id: 'menit', one: 'minute', many: 'minutes' }
const second: Unit = { id: 'detik', one: 'second', many: 'seconds' }

function count(amount: number, unit: Unit): string | undefined {
  if (amount === 0) return undefined
  return `${amount} ${say({ id: unit.id, en: amount === 1 ? unit.one : unit.many })}`
}
