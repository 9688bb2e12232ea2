/** useHallDay: what is open, taken and kept by others in the hall that day, and in the night after it. */
import { useMemo } from 'react'
import { sharingOf } from '../../../core/domain/resource.ts'
import { type Day, HOUR_MS, spanOfDay } from '../../../core/domain/time.ts'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import { useNow } from '../../desk/useNow.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { type HallDay, hallDay } from './day.ts'

/** How far into the night a booking of that day may reach. */
const NIGHT_MS = 6 * HOUR_MS

export function useHallDay(
  hall: ResourceRow | undefined,
  halls: readonly ResourceRow[],
  day: Day | null,
  zone: string,
  call: string,
): HallDay | null {
  const sharing = useMemo(() => (hall ? sharingOf(hall, halls) : []), [hall, halls])
  const span = day ? spanOfDay(day, zone) : null
  const { rows } = useQuery(
    'calendar.range',
    hall && span
      ? { start: span.start, end: span.end + NIGHT_MS, resources: [hall.id, ...sharing] }
      : null,
  )
  const now = useNow()
  return useMemo(
    () => (hall && rows ? hallDay(rows, hall.id, sharing, call, now) : null),
    [hall, rows, sharing, call, now],
  )
}
