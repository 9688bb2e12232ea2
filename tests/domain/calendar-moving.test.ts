/** A booking on its way: what the ghost snaps to, where the keys lead, and why it would not fit. */
import { describe, expect, it } from 'vitest'
import type { HallRows } from '../../renderer/features/calendar/hallRows.ts'
import {
  dateToMove,
  isMoved,
  type Moving,
  movingOf,
  type Nudge,
  nudged,
  onOtherDay,
  placedAt,
  stretched,
  unfitMoving,
} from '../../renderer/features/calendar/moving.ts'
import { at, booked, free, ZONE } from './calendar-rows.ts'

const DAY = '2027-06-12'
const span = (start: string, end: string, day = DAY) => ({
  start: at(day, start),
  end: at(day, end),
})
const choir = booked('aula', 'choir', [DAY, '19:00', '21:00'])
const aula: HallRows = {
  free: [free('aula', [DAY, '08:00', '23:00'])],
  booked: [booked('aula', 'reading', [DAY, '16:00', '18:00']), choir],
  blocked: [],
  shared: [],
}
const room: HallRows = {
  ...aula,
  free: [free('room', [DAY, '08:00', '18:00'], { step: 15 })],
  booked: [],
}
const kita: HallRows = {
  ...aula,
  free: [free('kita', [DAY, '07:00', '18:00'], { step: null })],
  booked: [],
}
const all: Readonly<Record<string, HallRows>> = { aula, room, kita }
const go = (moving: Moving, ...nudges: readonly Nudge[]) =>
  nudges.reduce(
    (one, nudge) => nudged(one, nudge, ['aula', 'room', 'kita'], (id) => all[id] as HallRows, ZONE),
    moving,
  )
const to = (moving: Moving, resource: string, start: string, end: string): Moving => ({
  ...moving,
  to: { resource, ...span(start, end) },
})

describe('the ghost', () => {
  it('stands at the nearest step, and on the whole where only the whole is given', () => {
    const near = at(DAY, '10:00') + 16 * 60_000
    const hour = 3_600_000
    expect([
      placedAt(aula, near, hour),
      placedAt(room, near, hour),
      placedAt(kita, near, hour),
    ]).toEqual([span('10:30', '11:30'), span('10:15', '11:15'), span('07:00', '18:00')])
  })

  it('is drawn longer or shorter by either edge, and never to nothing', () => {
    const now = span('19:00', '21:00')
    expect([
      stretched(aula, now, 'end', at(DAY, '22:10')),
      stretched(aula, now, 'start', at(DAY, '18:20')),
      stretched(aula, now, 'end', at(DAY, '12:00')),
      stretched(aula, now, 'start', at(DAY, '23:00')),
    ]).toEqual([
      span('19:00', '22:00'),
      span('18:30', '21:00'),
      span('19:00', '19:30'),
      span('20:30', '21:00'),
    ])
  })

  it('says the same by the clock on another day, also when clocks change', () => {
    const saturday = { start: at('2027-03-27', '19:00'), end: at('2027-03-27', '24:00') }
    const night = { start: at('2027-10-30', '01:00'), end: at('2027-10-30', '04:00') }
    const gone = { start: at('2027-03-27', '02:00'), end: at('2027-03-27', '03:00') }
    expect([
      onOtherDay(saturday, 1, ZONE),
      onOtherDay(night, 1, ZONE),
      onOtherDay(gone, 1, ZONE),
    ]).toEqual([
      { start: at('2027-03-28', '19:00'), end: at('2027-03-28', '24:00') },
      { start: at('2027-10-31', '01:00'), end: at('2027-10-31', '04:00') },
      { start: at('2027-03-28', '03:00'), end: at('2027-03-28', '04:00') },
    ])
  })
})

describe('it fits', () => {
  const moving = movingOf(choir)
  it('over its own old time, and says who is in the way elsewhere', () => {
    expect([
      unfitMoving(aula, to(moving, 'aula', '19:30', '22:00')),
      unfitMoving(aula, to(moving, 'aula', '17:00', '19:00')),
      unfitMoving(aula, to(moving, 'aula', '21:30', '23:30')),
      unfitMoving(kita, to(moving, 'kita', '09:00', '11:00')),
    ]).toEqual([
      null,
      { code: 'taken', title: 'reading', until: at(DAY, '18:00') },
      { code: 'closed' },
      { code: 'whole', whole: span('07:00', '18:00') },
    ])
  })

  it('only with all its places', () => {
    const nursery: HallRows = {
      ...aula,
      free: [free('kita', [DAY, '08:00', '18:00'], { places: 3 })],
      booked: [booked('kita', 'Anna', [DAY, '08:00', '12:00'], { places: 2 })],
    }
    const one = to(moving, 'kita', '09:00', '11:00')
    expect([unfitMoving(nursery, one), unfitMoving(nursery, { ...one, places: 2 })]).toEqual([
      null,
      { code: 'full', of: 3, left: 1 },
    ])
  })

  it('beside others while it is a request and staff decides', () => {
    const byStaff = { ...aula, free: [free('aula', [DAY, '08:00', '23:00'], { byStaff: true })] }
    const request = { ...to(moving, 'aula', '16:00', '18:00'), isRequest: true }
    expect([unfitMoving(byStaff, request), unfitMoving(aula, request)?.code]).toEqual([
      null,
      'taken',
    ])
  })
})

describe('the keys', () => {
  const moving = movingOf(choir)
  it('lead by step, by day, by length and into the next hall', () => {
    const step = go(moving, { by: 'step', count: 1 })
    expect([
      step.to,
      go(step, { by: 'step', count: -1 }).to,
      go(moving, { by: 'day', count: 7 }).to,
      go(moving, { by: 'length', count: -1 }, { by: 'step', count: -1 }).to,
      go(moving, { by: 'hall', count: 1 }).to.resource,
      go(moving, { by: 'hall', count: -1 }).to.resource,
    ]).toEqual([
      { resource: 'aula', ...span('19:30', '21:30') },
      moving.to,
      { resource: 'aula', ...span('19:00', '21:00', '2027-06-19') },
      { resource: 'aula', ...span('18:30', '20:00') },
      'room',
      'aula',
    ])
    expect([isMoved(step), isMoved(moving)]).toEqual([true, false])
  })

  it('lead through a hall that is given whole and back to the length it had', () => {
    const early = to(moving, 'room', '10:00', '12:00')
    const whole = go(early, { by: 'hall', count: 1 })
    const back = go(whole, { by: 'hall', count: -1 })
    expect([whole.to, back.to, go(whole, { by: 'step', count: 1 }).to.start]).toEqual([
      { resource: 'kita', ...span('07:00', '18:00') },
      { resource: 'room', ...span('07:00', '09:00') },
      at(DAY, '18:00'),
    ])
  })
})

it('the date that is meant is the one on screen', () => {
  const later = { ...choir, ...span('19:00', '21:00', '2027-06-19') }
  const week = { start: at('2027-06-14', '00:00'), end: at('2027-06-21', '00:00') }
  expect([
    dateToMove([choir, later], choir.token, week),
    dateToMove([choir], choir.token, week),
    dateToMove([choir], 'another', week),
  ]).toEqual([later, choir, null])
})
