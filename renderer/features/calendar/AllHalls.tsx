/** AllHalls: lays out the day, the week or two of the halls, once for each change, for the timeline to draw. */
import { useMemo, useRef } from 'react'
import { addDays } from '../../../core/domain/time.ts'
import type { ViewProps } from './CalendarView.tsx'
import { layoutDay } from './dayLayout.ts'
import { NoTime } from './Empty.tsx'
import type { Shown } from './marks.ts'
import { dayCountOf, firstDayOf, turned } from './place.ts'
import { reusing } from './reuse.ts'
import { Timeline } from './Timeline.tsx'
import { layoutWeek } from './weekLayout.ts'

export function AllHalls(props: ViewProps) {
  const { resources, density, hidden, words, onPlace } = props
  const { place, rows } = props.content
  const { zone } = words
  const last = useRef<Shown | null>(null)
  const shown = useMemo((): Shown => {
    const before = last.current
    const first = firstDayOf(place)
    const next: Shown =
      place.view === 'day'
        ? {
            view: 'day',
            layout: reusing(
              before?.view === 'day' ? before.layout : null,
              layoutDay(resources, rows, first, zone, density, { halls: place.halls, hidden }),
            ),
          }
        : {
            view: 'week',
            layout: reusing(
              before?.view === 'week' ? before.layout : null,
              layoutWeek(resources, rows, first, zone, density, {
                days: dayCountOf(place),
                halls: place.halls,
                hidden,
              }),
            ),
          }
    last.current = next
    return next
  }, [resources, rows, place, zone, density, hidden])
  return (
    <>
      <Timeline
        {...props}
        shown={shown}
        onHall={(hall) => onPlace({ view: 'week', day: place.day, halls: [hall] })}
        onDay={(day) => onPlace({ ...place, view: 'day', day })}
        onTurn={(pages) =>
          onPlace(
            place.view === 'day'
              ? { ...place, day: addDays(place.day, pages * 7) }
              : turned(place, pages),
          )
        }
      />
      {!shown.layout.anyOpen && (
        <NoTime words={words} hall={null} onAvailability={props.onAvailability} />
      )}
    </>
  )
}
