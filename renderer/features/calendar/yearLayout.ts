/**
 * Layout of the year: twelve small months, each day with how full it is.
 *
 * Promises: pure; whole weeks from Monday on, with null for the days of other months; a day says the same as in the
 * week, because both count the same place-time.
 */
import { addDays, type Day, mondayOf } from '../../../core/domain/time.ts'
import type { YearDay } from '../../../core/queries/year-rows.ts'
import { addMonths } from './place.ts'

/** 0 is free, 5 is full; between them quarters. */
export type Heat = 0 | 1 | 2 | 3 | 4 | 5

export type YearCell = Readonly<{
  day: Day
  /** Null where nothing can be reserved. */
  heat: Heat | null
  /** Share of the reservable time that is taken, 0 to 1; null where there is none. */
  fill: number | null
  /** More than half of it is blocked. */
  isBlocked: boolean
  bookings: number
  requests: number
}>

export type YearMonth = Readonly<{
  /** Its first day. */
  first: Day
  weeks: readonly (readonly (YearCell | null)[])[]
  bookings: number
}>

export type YearLayout = Readonly<{ months: readonly YearMonth[]; anyOpen: boolean }>

/** So little is left that it cannot be booked as anything. */
const FULL = 0.99

export function layoutYear(year: string, days: readonly YearDay[]): YearLayout {
  const known = new Map(days.map((each) => [each.day, each]))
  const months = Array.from({ length: 12 }, (_, index): YearMonth => {
    const first = `${year}-${String(index + 1).padStart(2, '0')}-01`
    const weeks: (YearCell | null)[][] = []
    let bookings = 0
    for (let day = mondayOf(first); day.slice(0, 7) <= first.slice(0, 7); day = addDays(day, 7)) {
      const week = Array.from({ length: 7 }, (_, at) => {
        const own = addDays(day, at)
        return own.startsWith(first.slice(0, 7)) ? cellOf(own, known.get(own)) : null
      })
      bookings += week.reduce((sum, cell) => sum + (cell?.bookings ?? 0), 0)
      weeks.push(week)
    }
    return { first, weeks, bookings }
  })
  return { months, anyOpen: days.some((each) => each.open > 0) }
}

function cellOf(day: Day, of: YearDay | undefined): YearCell {
  const open = of?.open ?? 0
  const fill = of && open > 0 ? of.taken / open : null
  return {
    day,
    heat: fill === null ? null : heatOf(fill),
    fill,
    isBlocked: of !== undefined && of.blocked * 2 > open,
    bookings: of?.bookings ?? 0,
    requests: of?.requests ?? 0,
  }
}

function heatOf(fill: number): Heat {
  if (fill <= 0) return 0
  if (fill >= FULL) return 5
  return (Math.min(3, Math.floor(fill * 4)) + 1) as Heat
}

/** Where the arrows lead from a day; at the edge of the year into the next one. */
export function dayAfterKey(key: string, day: Day): Day | null {
  const year = day.slice(0, 4)
  switch (key) {
    case 'ArrowRight':
      return addDays(day, 1)
    case 'ArrowLeft':
      return addDays(day, -1)
    case 'ArrowDown':
      return addDays(day, 7)
    case 'ArrowUp':
      return addDays(day, -7)
    case 'Home':
      return `${year}-01-01`
    case 'End':
      return `${year}-12-31`
    case 'PageDown':
      return addMonths(day, 1)
    case 'PageUp':
      return addMonths(day, -1)
    default:
      return null
  }
}
