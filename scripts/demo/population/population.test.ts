import { parseNik } from '@ikd/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { ageOn, shifted } from './dates.ts'
import { type DemoPopulation, makePopulation, type Portrait } from './population.ts'

const today = '2026-11-21'
const portraits: Portrait[] = Array.from({ length: 22 }, (_, i) => ({
  id: `face-${i}`,
  jpeg: Uint8Array.of(i),
  ...([2, 7].includes(i) && { person: 'genuine-pair' }),
  ...(i === 4 && { uncertainWith: 'face-9' }),
  ...(i === 9 && { uncertainWith: 'face-4' }),
}))
const make = (day = today) =>
  makePopulation({ today: day, portraits, password: (username) => `${username}!`, enrolmentCode: (office, n) => `${office}-${n}-code` })

let demo: DemoPopulation
beforeAll(async () => {
  demo = await make()
})

describe('the demo population', () => {
  it('has a few hundred residents, from newborn to very old', () => {
    const ages = demo.population.residents.map(({ birthDate }) => ageOn(birthDate, today))
    expect(ages.length).toBeGreaterThan(300)
    expect(ages.length).toBeLessThan(700)
    expect(Math.min(...ages)).toBe(0)
    expect(Math.max(...ages)).toBeGreaterThanOrEqual(80)
    expect(Math.max(...ages)).toBeLessThanOrEqual(92)
  })

  it('gives everybody a NIK that passes the contract’s check and says their sex and birth date', () => {
    for (const { nik, sex, birthDate } of demo.population.residents) {
      const parsed = parseNik(nik)
      expect(parsed).toHaveProperty('parts')
      if (!('parts' in parsed)) continue
      const { parts } = parsed
      expect(parts.sex).toBe(sex)
      expect([parts.yearOfCentury, parts.month, parts.day]).toEqual([Number(birthDate.slice(2, 4)), Number(birthDate.slice(5, 7)), Number(birthDate.slice(8))])
    }
  })

  it('gives no number twice', () => {
    const niks = demo.population.residents.map(({ nik }) => nik)
    const cards = demo.population.families.map(({ number }) => number)
    expect(new Set([...niks, ...cards]).size).toBe(niks.length + cards.length)
    expect(cards.every((number) => /^\d{16}$/.test(number))).toBe(true)
  })

  it('puts everybody on a family card with exactly one head, children younger than their parents', () => {
    const byCard = Map.groupBy(demo.population.residents, ({ familyNumber }) => familyNumber)
    expect([...byCard.keys()].sort()).toEqual(demo.population.families.map(({ number }) => number).sort())
    for (const members of byCard.values()) {
      const heads = members.filter(({ relationship }) => relationship === 'head')
      expect(heads).toHaveLength(1)
      const children = members.filter(({ relationship }) => relationship === 'child')
      for (const child of children) expect(ageOn(heads[0]!.birthDate, child.birthDate)).toBeGreaterThanOrEqual(17)
    }
  })

  it('uses village codes of the two offices’ areas, and some of neither', () => {
    const codes = demo.population.families.map(({ villageCode }) => villageCode)
    expect(codes.every((code) => /^\d{10}$/.test(code))).toBe(true)
    const areas = demo.population.offices.flatMap(({ areaCodes }) => areaCodes)
    for (const area of areas) expect(codes.some((code) => code.startsWith(area))).toBe(true)
    expect(codes.some((code) => !areas.some((area) => code.startsWith(area)))).toBe(true)
  })

  it('has somebody for every rule of eligibility', () => {
    const cast = (part: string) => {
      const nik = demo.cast.find((member) => member.part === part)?.nik
      return demo.population.residents.find((resident) => resident.nik === nik)!
    }
    expect(cast('deceased').alive).toBe(false)
    expect(cast('not-recorded').recorded).toBe(false)
    expect(cast('ktp-not-issued')).toMatchObject({ recorded: true, ktpIssued: false })
    expect(ageOn(cast('seventeen-next-month').birthDate, today)).toBe(16)
    expect(ageOn(cast('seventeen-next-month').birthDate, shifted(today, { months: 1 }))).toBe(17)
    expect(ageOn(cast('married-under-17').birthDate, today)).toBe(16)
    expect(cast('married-under-17').maritalStatus).toBe('married')
    const elsewhere = demo.population.families.find(({ number }) => number === cast('lives-elsewhere').familyNumber)!
    expect(['3577', '340212'].some((area) => elsewhere.villageCode.startsWith(area))).toBe(false)
    expect(cast('genuine-pair')).toMatchObject({ recorded: true, ktpIssued: true, alive: true })
  })

  it('gives each portrait to one woman, and one picture of a pair to the camera only', () => {
    const niks = demo.portraits.map(({ nik }) => nik)
    expect(new Set(niks).size).toBe(niks.length)
    expect(niks).toHaveLength(20)
    expect(demo.portraits.slice(0, 2).map(({ part }) => part)).toEqual(['genuine-pair', 'uncertain-pair'])
    expect(demo.portraits.map(({ portrait }) => portrait.id)).not.toContain('face-7')
    expect(demo.portraits.map(({ portrait }) => portrait.id)).not.toContain('face-9')
    const pictured = demo.population.residents.filter(({ photo }) => photo)
    expect(pictured.map(({ nik }) => nik).sort()).toEqual([...niks].sort())
    expect(pictured.every(({ sex }) => sex === 'female')).toBe(true)
  })

  it('is the same every time, and on another day but for those whose age is the point', async () => {
    expect((await make()).population).toEqual(demo.population)
    const later = await make('2027-02-03')
    const moved = demo.population.residents.filter(({ nik }) => !later.population.residents.some((other) => other.nik === nik))
    const mayMove = demo.cast.filter(({ part }) => ['seventeen-next-month', 'married-under-17', 'newborn'].includes(part))
    expect(moved.map(({ nik }) => nik).sort()).toEqual(mayMove.map(({ nik }) => nik).sort())
  })

  it('has two offices with every contact, staff of each role, two institutions', () => {
    const { offices, institutions, staff } = demo.population
    expect(offices.map(({ contacts }) => contacts.length)).toEqual([4, 4])
    for (const office of offices) {
      const roles = staff.filter(({ officeRef }) => officeRef === office.ref).map(({ role }) => role)
      expect(new Set(roles)).toEqual(new Set(['officer', 'supervisor', 'admin']))
    }
    for (const { ref } of institutions) expect(staff.some(({ institutionRef }) => institutionRef === ref)).toBe(true)
  })
})
