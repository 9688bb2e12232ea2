/** Month: lays out a month of all halls or of one, once for each change, for the month grid to draw. */
import { useMemo } from 'react'
import type { ViewProps } from './CalendarView.tsx'
import { NoTime } from './Empty.tsx'
import { MonthGrid } from './MonthGrid.tsx'
import { layoutMonth } from './monthLayout.ts'
import { dayCountOf, firstDayOf, hallOf } from './place.ts'
import { layoutWeek } from './weekLayout.ts'

export function Month(props: ViewProps) {
  const { resources, density, hidden, words, onPlace } = props
  const { place, rows } = props.content
  const { zone } = words
  // A step of the keyboard stays in the month and needs no new layout.
  const first = firstDayOf(place)
  const days = dayCountOf(place)
  const month = place.day.slice(0, 7)
  const { halls } = place
  const layout = useMemo(
    () =>
      layoutMonth(
        layoutWeek(resources, rows, first, zone, density, { days, halls, hidden }),
        month,
      ),
    [resources, rows, first, days, month, halls, hidden, zone, density],
  )
  const hall = resources.find((each) => each.id === hallOf(place)) ?? null
  return (
    <>
      <MonthGrid
        {...props}
        layout={layout}
        day={place.day}
        onDay={(day) => onPlace({ ...place, view: 'day', day })}
        onMonth={(day) => onPlace({ ...place, day })}
      />
      {!layout.anyOpen && (
        <NoTime words={words} hall={hall} onAvailability={props.onAvailability} />
      )}
    </>
  )
}
