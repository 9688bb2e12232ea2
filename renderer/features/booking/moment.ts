/** Moment: a date and two times as typed, as a span; or what is wrong with them, field by field. Pure. */
import type { Draft } from '../../../core/contract.ts'
import {
  addDays,
  type ClockTime,
  clockTimeAt,
  type Day,
  dayOf,
  instantAt,
  minutesOf,
  type Span,
} from '../../../core/domain/time.ts'
import { parseClock } from '../../format/clockInput.ts'
import { parseDay } from '../../format/dayInput.ts'

export type Field =
  | 'resource'
  | 'date'
  | 'from'
  | 'to'
  | 'places'
  | 'name'
  | 'phone'
  | 'email'
  | 'title'
  | 'persons'
  | 'organisation'
  | 'note'
export type Missing =
  | 'resource'
  | 'date'
  | 'time'
  | 'order'
  | 'gap'
  | 'name'
  | 'title'
  | 'phone'
  | 'email'
  | 'persons'
  | 'places'
  | 'long'
export type Errors = Readonly<Partial<Record<Field, Missing>>>

export type Moment = Readonly<{
  day: Day | null
  from: ClockTime | null
  to: ClockTime | null
  /** The day it ends on; the next one where the end is earlier than the start (`19–02`). */
  endDay: Day | null
  during: Span | null
  errors: Errors
}>

/** Reads date and times as typed. `now` decides which year `14.6` is in. */
export function momentOf(
  draft: Pick<Draft, 'date' | 'from' | 'to'>,
  zone: string,
  now: number,
): Moment {
  const day = parseDay(draft.date, dayOf(now, zone))
  const from = parseClock(draft.from)
  const to = parseClock(draft.to)
  const errors: Partial<Record<Field, Missing>> = {}
  if (!day) errors.date = 'date'
  if (!from || from === '24:00') errors.from = 'time'
  if (!to) errors.to = 'time'
  const overnight = from && to && minutesOf(to) < minutesOf(from)
  const endDay = day && (overnight ? addDays(day, 1) : day)
  if (from && to && from === to) errors.to = 'order'
  if (!day || !endDay || !from || !to || Object.keys(errors).length > 0) {
    return { day, from, to, endDay, during: null, errors }
  }
  const start = instantAt(day, from, zone)
  const end = instantAt(endDay, to, zone)
  // Between 02:00 and 03:00 on the March Sunday there is no such time.
  if (clockTimeAt(start, zone) !== from) errors.from = 'gap'
  if (to !== '24:00' && clockTimeAt(end, zone) !== to) errors.to = 'gap'
  const fits = Object.keys(errors).length === 0
  return { day, from, to, endDay, during: fits ? { start, end } : null, errors }
}
