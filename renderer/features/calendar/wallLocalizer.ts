/**
 * The luxon localizer of react-big-calendar, reading wall dates (see `wall.ts`): Monday first, and no zone but UTC,
 * which is what wall dates are written in.
 */
import { DateTime } from 'luxon'
import { luxonLocalizer } from 'react-big-calendar'
import { HOUR_MS, MINUTE_MS } from '../../../core/domain/time.ts'

/** Of wall dates, which know no change of clocks. */
const DAY_MS = 24 * HOUR_MS

/** What the localizer needs of luxon, always reading UTC. */
const utc = {
  fromJSDate: (date: Date) => DateTime.fromJSDate(date, { zone: 'utc' }),
  min: DateTime.min,
  max: DateTime.max,
  local: () => DateTime.utc(),
}

/** The component's own luxon localizer, Monday first, on wall dates. */
export function wallLocalizer() {
  const localizer = luxonLocalizer(utc, { firstDayOfWeek: 1 })
  return Object.assign(localizer, {
    // Both compare the zone of the operating system, which wall dates have nothing to do with.
    getDstOffset: () => 0,
    segmentOffset: 0,
    // A slot need not be a whole number of minutes long: see `wall.ts`.
    getSlotDate: (date: Date, minutesFromMidnight: number, offset: number) =>
      new Date(
        Math.floor(date.getTime() / DAY_MS) * DAY_MS + (minutesFromMidnight + offset) * MINUTE_MS,
      ),
  })
}
