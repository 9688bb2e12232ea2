/** useWhen: a moment of the past as short as it can be said: the time today, else the day and the time. */

import { dayOf, type Instant } from '../../../core/domain/time.ts'
import { useToday } from '../../desk/useNow.ts'
import { useFormat } from '../../format/useFormat.ts'

export function useWhen(): (at: Instant) => string {
  const format = useFormat()
  const today = useToday(format.zone)
  return (at) => {
    const day = dayOf(at, format.zone)
    const time = format.time(at)
    return day === today ? time : `${format.dayShort(day)} ${time}`
  }
}
