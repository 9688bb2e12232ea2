/** Would it fit? What the ghost of a drag says, what it snaps to, and what the keyboard's cell is read as. */
import { describe, expect, it } from 'vitest'
import { dayFrame } from '../../renderer/features/calendar/days.ts'
import { snapped, stateAt, suggestion, unfit } from '../../renderer/features/calendar/fit.ts'
import type { HallRows } from '../../renderer/features/calendar/hallRows.ts'
import { at, blocked, booked, free, ZONE } from './calendar-rows.ts'

const DAY = '2027-06-12'
const day = dayFrame(DAY, ZONE)
const wish = (start: string, end: string) => ({ start: at(DAY, start), end: at(DAY, end) })

const aula: HallRows = {
  free: [free('aula', [DAY, '08:00', '23:00'])],
  booked: [
    booked('aula', 'asked', [DAY, '10:00', '11:00'], { state: 'request' }),
    booked('aula', 'choir', [DAY, '19:00', '22:00']),
  ],
  blocked: [blocked('aula', 'floor is waxed', [DAY, '13:00', '14:00'])],
  shared: [],
}

describe('a wish', () => {
  it('fits between bookings and beside a request', () => {
    expect([unfit(aula, wish('16:00', '19:00')), unfit(aula, wish('10:00', '11:00'))]).toEqual([
      null,
      null,
    ])
  })

  it('is refused by name where a booking is in the way', () => {
    expect(unfit(aula, wish('18:00', '20:00'))).toEqual({
      code: 'taken',
      title: 'choir',
      until: at(DAY, '22:00'),
    })
  })

  it('is refused with the reason of a blocker', () => {
    expect(unfit(aula, wish('12:00', '14:00'))).toEqual({
      code: 'blocked',
      reason: 'floor is waxed',
      until: at(DAY, '14:00'),
    })
  })

  it('is refused where it leaves the open time', () => {
    expect(unfit(aula, wish('22:00', '23:30'))).toEqual({ code: 'closed' })
  })

  it('fits over two availabilities that touch', () => {
    const rows: HallRows = {
      ...aula,
      booked: [],
      blocked: [],
      free: [free('a', [DAY, '08:00', '12:00']), free('a', [DAY, '12:00', '17:00'])],
    }
    expect(unfit(rows, wish('11:00', '13:00'))).toBeNull()
  })

  it('is refused where all places are taken, and only there', () => {
    const rows: HallRows = {
      free: [free('velo', [DAY, '08:00', '20:00'], { places: 2 })],
      booked: [
        booked('velo', 'a', [DAY, '08:00', '12:00']),
        booked('velo', 'b', [DAY, '11:00', '14:00']),
      ],
      blocked: [],
      shared: [],
    }
    expect([unfit(rows, wish('11:30', '12:30')), unfit(rows, wish('12:00', '15:00'))]).toEqual([
      { code: 'full', of: 2, left: 0 },
      null,
    ])
  })

  it('is refused in pieces where only the whole can be booked', () => {
    const rows: HallRows = {
      free: [free('hut', [DAY, '08:00', '20:00'], { step: null })],
      booked: [],
      blocked: [],
      shared: [],
    }
    expect(unfit(rows, wish('09:00', '12:00'))).toEqual({
      code: 'whole',
      whole: wish('08:00', '20:00'),
    })
  })

  it('is refused where a hall that shares the space is taken', () => {
    const rows: HallRows = {
      ...aula,
      shared: [booked('gym', 'tournament', [DAY, '15:00', '17:00'])],
    }
    expect(unfit(rows, wish('16:00', '18:00'))).toEqual({
      code: 'taken',
      title: 'tournament',
      until: at(DAY, '17:00'),
    })
  })
})

describe('a drag', () => {
  it('covers whole steps, in either direction', () => {
    const spans = [
      snapped(aula, at(DAY, '15:10'), at(DAY, '16:40')),
      snapped(aula, at(DAY, '16:40'), at(DAY, '15:10')),
    ]
    expect(spans).toEqual([wish('15:00', '17:00'), wish('15:00', '17:00')])
  })

  it('takes the whole where only the whole can be booked', () => {
    const rows: HallRows = { ...aula, free: [free('hut', [DAY, '08:00', '20:00'], { step: null })] }
    expect(snapped(rows, at(DAY, '10:00'), at(DAY, '11:00'))).toEqual(wish('08:00', '20:00'))
  })

  it('counts real hours over the change of clocks', () => {
    const night = '2026-10-25'
    const rows: HallRows = { ...aula, free: [free('a', [night, '00:00', '24:00'])] }
    const { start, end } = snapped(rows, at(night, '01:00'), at(night, '03:00') - 1)
    expect((end - start) / 3_600_000).toBe(3)
  })
})

describe('a point in time', () => {
  it('is free until the next thing that takes it', () => {
    expect(stateAt(aula, at(DAY, '16:00'), day)).toEqual({
      kind: 'free',
      until: at(DAY, '19:00'),
      left: 1,
      of: 1,
    })
  })

  it('is taken by name', () => {
    expect(stateAt(aula, at(DAY, '20:00'), day)).toEqual({
      kind: 'booked',
      until: at(DAY, '22:00'),
      title: 'choir',
    })
  })

  it('is closed until the hall opens', () => {
    expect(stateAt(aula, at(DAY, '06:00'), day)).toEqual({
      kind: 'closed',
      until: at(DAY, '08:00'),
    })
  })
})

describe('a suggestion', () => {
  it('is the first two hours that are free', () => {
    expect(suggestion(aula, day, 0)).toEqual(wish('08:00', '10:00'))
  })

  it('is not in the past', () => {
    expect(suggestion(aula, day, at(DAY, '14:40'))).toEqual(wish('15:00', '17:00'))
  })

  it('is not given where nothing is left', () => {
    const rows: HallRows = { ...aula, booked: [booked('aula', 'all day', [DAY, '08:00', '23:00'])] }
    expect(suggestion(rows, day, 0)).toBeNull()
  })
})
