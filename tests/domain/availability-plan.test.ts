/** The planner of availability: hand-made cases, and random ones against what it promises. */
import { describe, expect, it } from 'vitest'
import {
  type DateOf,
  datesOfPeriod,
  type Period,
  periodsOf,
  sameTerms,
  type Terms,
} from '../../core/domain/availability-period.ts'
import { type Existing, planDates } from '../../core/domain/availability-plan.ts'
import { contains, instantAt, overlaps } from '../../core/domain/time.ts'

const ZONE = 'Europe/Zurich'
const zoneOf = () => ZONE
const TERMS: Terms = { step: 30, places: 1, mostPerBooking: 0, byStaff: false, together: false }
const OWN = 'own-rule'

const at = (time: string, day = '2027-06-07') => instantAt(day, time, ZONE)
const date = (from: string, to: string, more: Partial<DateOf> = {}): DateOf => ({
  ...TERMS,
  resource: 'aula',
  start: at(from),
  end: at(to),
  ...more,
})
let ids = 0
const there = (from: string, to: string, more: Partial<Existing> = {}): Existing => {
  ids += 1
  const base = { ...date(from, to), id: ids, group: `g${ids}`, rule: OWN }
  return { ...base, held: null, placesUsed: 0, ...more }
}

/** A seeded stream of numbers below a limit. */
function dice(seed: number) {
  let state = seed
  return (sides: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

describe('a plan', () => {
  it('says what exists, what overlaps and what is new', () => {
    const foreign = { rule: 'other' }
    const plan = planDates(
      null,
      [date('08:00', '10:00'), date('11:00', '13:00'), date('14:00', '16:00')],
      [there('08:00', '10:00', foreign), there('12:30', '15:00', foreign)],
    )
    expect({
      exists: plan.exists.length,
      overlaps: plan.overlaps.map((each) => each.wanted.start),
      create: plan.create.length,
    }).toEqual({ exists: 1, overlaps: [at('11:00'), at('14:00')], create: 0 })
  })

  it('shortens a used date as far as its bookings reach, and keeps it where they reach further', () => {
    const held = { start: at('09:00'), end: at('11:00') }
    const used = there('08:00', '22:00', { held, placesUsed: 1 })
    expect(planDates(OWN, [date('09:00', '18:00')], [used]).change).toHaveLength(1)
    const kept = planDates(OWN, [date('10:00', '18:00')], [used])
    expect(kept).toMatchObject({ change: [], create: [], remove: [], keep: [{ existing: used }] })
  })

  it('keeps a used date that is not wanted any more, and removes an unused one', () => {
    const used = there('08:00', '10:00', { held: { start: at('08:00'), end: at('09:00') } })
    const unused = there('12:00', '14:00')
    const plan = planDates(OWN, [], [used, unused])
    expect(plan.keep).toEqual([{ wanted: null, existing: used }])
    expect(plan.remove).toEqual([unused])
  })

  it('never gives fewer places than are used', () => {
    const held = { start: at('08:00'), end: at('10:00') }
    const used = there('08:00', '10:00', { held, places: 5, placesUsed: 4 })
    const wanted = (places: number) => [date('08:00', '10:00', { places })]
    expect(planDates(OWN, wanted(4), [used]).change).toHaveLength(1)
    expect(planDates(OWN, wanted(3), [used]).keep).toHaveLength(1)
  })
})

describe.each([1, 7, 1291, 2027, 31_337])('random plans, seed %i', (seed) => {
  const roll = dice(seed)
  const randomDates = <D extends DateOf>(make: (from: number, to: number) => D): D[] => {
    const found: D[] = []
    for (let hour = 0; hour < 200; ) {
      hour += roll(4)
      const length = 1 + roll(5)
      if (roll(3) > 0) found.push(make(hour, hour + length))
      hour += length
    }
    return found
  }
  const HOUR = 3_600_000
  const BASE = at('00:00')
  const span = (from: number, to: number) => ({ start: BASE + from * HOUR, end: BASE + to * HOUR })

  it('touch nothing that is used, leave no overlap, and account for every date', () => {
    for (let round = 0; round < 60; round++) {
      const terms = { ...TERMS, step: roll(2) ? (30 as const) : null, places: 1 + roll(3) }
      const wanted = randomDates((from, to) => ({ ...terms, resource: 'aula', ...span(from, to) }))
      const existing = randomDates((from, to) => {
        ids += 1
        const own = span(from, to)
        const start = own.start + roll(to - from) * HOUR
        const used = roll(3) === 0
        return {
          ...TERMS,
          step: roll(3) ? terms.step : (60 as const),
          resource: 'aula',
          ...own,
          id: ids,
          group: `g${ids}`,
          rule: roll(3) ? OWN : null,
          held: used ? { start, end: start + HOUR } : null,
          placesUsed: used ? 1 : 0,
        } satisfies Existing
      })
      const plan = planDates(OWN, wanted, existing)

      const gone = new Set(plan.remove)
      expect([...gone].every((one) => one.held === null && one.rule === OWN)).toBe(true)
      for (const { wanted: to, existing: from } of plan.change) {
        expect(from.held === null || contains(to, from.held)).toBe(true)
      }
      const moved = new Map(plan.change.map((each) => [each.existing, each.wanted]))
      const after = [
        ...existing.filter((one) => !gone.has(one)).map((one) => moved.get(one) ?? one),
        ...plan.create,
      ].sort((one, other) => one.start - other.start)
      for (const [index, one] of after.entries()) {
        const next = after[index + 1]
        expect(next !== undefined && overlaps(one, next)).toBe(false)
      }
      const fates = plan.exists.length + plan.overlaps.length + plan.change.length
      const kept = new Set(plan.keep.map((each) => each.wanted).filter((each) => each !== null))
      expect(plan.create.length + fates + kept.size).toBe(wanted.length)
      const own = existing.filter((one) => one.rule === OWN)
      const ownThere = plan.exists.filter((one) => one.rule === OWN)
      expect(plan.remove.length + plan.change.length + plan.keep.length + ownThere.length).toBe(
        own.length,
      )
    }
  })
})

describe('dates written down as periods', () => {
  it.each([3, 99, 4711])('give the same dates again, seed %i', (seed) => {
    const roll = dice(seed)
    for (let round = 0; round < 20; round++) {
      const period: Period = {
        resources: ['aula', 'saal'].slice(0, 1 + roll(2)),
        from: '2026-09-01',
        until: '2027-05-01',
        weekdays: [1, 2, 3, 4, 5, 6, 7].filter(() => roll(2) === 0).concat(roll(2) ? [] : [7]),
        opens: ['00:00', '08:00', '17:30'][roll(3)] as string,
        closes: ['24:00', '22:00', '02:00'][roll(3)] as string,
        except: ['2026-12-25', '2027-01-01', '2027-03-29'],
        ...TERMS,
        places: 1 + roll(4),
      }
      const weekdays = [...new Set(period.weekdays)].sort()
      if (weekdays.length === 0) continue
      const dates = datesOfPeriod({ ...period, weekdays }, zoneOf)
      const { periods, loose } = periodsOf(dates, zoneOf)
      const again = periods.flatMap((each) => datesOfPeriod(each, zoneOf))
      expect(loose).toEqual([])
      const order = (all: readonly DateOf[]) =>
        all.map((each) => `${each.resource} ${each.start} ${each.end}`).sort()
      expect(order(again)).toEqual(order(dates))
      expect(again.every((each) => sameTerms(each, period))).toBe(true)
    }
  })

  it('tell what no rule could give', () => {
    const long = date('08:00', '10:00', { end: at('10:00', '2027-06-10') })
    expect(periodsOf([long], zoneOf)).toEqual({ periods: [], loose: [long] })
  })
})
