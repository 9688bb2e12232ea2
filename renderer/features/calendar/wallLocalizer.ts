/**
 * The luxon localizer of react-big-calendar, reading wall dates (see `wall.ts`): Monday first, and no zone but UTC,
 * which is what wall dates are written in.
 */
import { DateTime } from 'luxon'
import { luxonLocalizer } from 'react-big-calendar'

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
  // Both compare the zone of the operating system, which wall dates have nothing to do with.
  return Object.assign(localizer, { getDstOffset: () => 0, segmentOffset: 0 })
}
