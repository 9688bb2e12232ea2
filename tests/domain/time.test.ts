import { describe, expect, it } from 'vitest'
import {
  addDays,
  clockTimeAt,
  dayOf,
  daysBetween,
  HOUR_MS,
  instantAt,
  mondayOf,
  spanOfDay,
  weekdayOf,
} from '../../core/domain/time.ts'

const ZURICH = 'Europe/Zurich'
const iso = (instant: number) => new Date(instant).toISOString()

describe('days of a zone', () => {
  it('last 23 hours in spring, 25 in autumn and 24 otherwise', () => {
    const hours = ['2026-03-29', '2026-10-25', '2026-06-14'].map((day) => {
      const { start, end } = spanOfDay(day, ZURICH)
      return (end - start) / HOUR_MS
    })
    expect(hours).toEqual([23, 25, 24])
  })

  it('are counted by the calendar, over changes of clocks, months and leap years', () => {
    expect([
      addDays('2026-03-28', 2),
      addDays('2026-10-24', 2),
      addDays('2028-02-28', 1),
      addDays('2027-01-01', -1),
      String(daysBetween('2026-03-01', '2026-11-01')),
    ]).toEqual(['2026-03-30', '2026-10-26', '2028-02-29', '2026-12-31', '245'])
  })

  it('begin their week on Monday', () => {
    expect([weekdayOf('2026-11-22'), mondayOf('2026-11-22'), mondayOf('2026-11-16')]).toEqual([
      7,
      '2026-11-16',
      '2026-11-16',
    ])
  })
})

describe('clock times', () => {
  it('mean the standard time when they come twice, and one hour later when they are left out', () => {
    expect([
      iso(instantAt('2026-10-25', '02:30', ZURICH)),
      iso(instantAt('2026-03-29', '02:30', ZURICH)),
    ]).toEqual(['2026-10-25T01:30:00.000Z', '2026-03-29T01:30:00.000Z'])
  })

  it('are read with the offset of their own day on the days of the change', () => {
    const read = (day: string, time: string) => iso(instantAt(day, time, ZURICH))
    expect([
      read('2026-03-29', '01:59'),
      read('2026-03-29', '03:00'),
      read('2026-03-29', '24:00'),
      read('2026-10-25', '00:00'),
      read('2026-10-25', '03:00'),
    ]).toEqual([
      '2026-03-29T00:59:00.000Z',
      '2026-03-29T01:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T02:00:00.000Z',
    ])
  })

  it('come back from the instant they were read as, in every zone and at every half hour of a change', () => {
    const zones = [ZURICH, 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC']
    const wrong = zones.flatMap((zone) =>
      ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'].flatMap(
        (day) =>
          Array.from({ length: 48 }, (_, half) => {
            const minutes = half * 30
            const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${minutes % 60 ? '30' : '00'}`
            const at = instantAt(day, time, zone)
            const shown = `${dayOf(at, zone)} ${clockTimeAt(at, zone)}`
            return shown === `${day} ${time}` ? [] : [`${zone} ${day} ${time} -> ${shown}`]
          }).flat(),
      ),
    )
    expect(wrong).toEqual([
      'Europe/Zurich 2026-03-29 02:00 -> 2026-03-29 03:00',
      'Europe/Zurich 2026-03-29 02:30 -> 2026-03-29 03:30',
      'America/New_York 2026-03-08 02:00 -> 2026-03-08 03:00',
      'America/New_York 2026-03-08 02:30 -> 2026-03-08 03:30',
      'Australia/Lord_Howe 2026-10-04 02:00 -> 2026-10-04 02:30',
    ])
  })
})
