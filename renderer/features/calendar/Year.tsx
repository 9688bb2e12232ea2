/** Year: reads how full each day of the year is, of one hall or of all, and lays it out once for each change. */
import { useMemo, useRef } from 'react'
import type { Uuid } from '../../../core/domain/time.ts'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import type { YearDay } from '../../../core/queries/year-rows.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { Failed, NoTime } from './Empty.tsx'
import type { Hidden } from './layers.ts'
import { hallOf, type Place } from './place.ts'
import { usePaintedMark } from './usePaintedMark.ts'
import type { Words } from './words.ts'
import { YearGrid } from './YearGrid.tsx'
import { layoutYear } from './yearLayout.ts'

interface YearProps {
  place: Place
  resources: readonly ResourceRow[]
  today: string
  hidden: Hidden
  words: Words
  onPlace(place: Place): void
  onAvailability: ((hall: Uuid | null) => void) | undefined
  onRetry(): void
}

export function Year(props: YearProps) {
  const { place, resources, words, onPlace } = props
  const year = place.day.slice(0, 4)
  const { rows, stale, failed } = useQuery('calendar.year', yearArgs(place))
  // While the next year is on its way, the last one stays whole.
  const last = useRef<Readonly<{ year: string; rows: readonly YearDay[] }> | undefined>(undefined)
  if (rows && !stale && (last.current?.rows !== rows || last.current.year !== year)) {
    last.current = { year, rows }
  }
  const shown = last.current
  const layout = useMemo(() => shown && layoutYear(shown.year, shown.rows), [shown])
  usePaintedMark()
  const hall = resources.find((each) => each.id === hallOf(place)) ?? null
  if (!layout) {
    return failed === null ? null : <Failed words={words} detail={failed} onRetry={props.onRetry} />
  }
  return (
    <>
      <YearGrid
        layout={layout}
        day={place.day}
        today={props.today}
        hall={hall}
        hidden={props.hidden}
        words={words}
        onDay={(day) => onPlace({ ...place, view: 'day', day })}
        onMonth={(day) => onPlace({ ...place, view: 'month', day })}
        onMove={(day) => onPlace({ ...place, day })}
      />
      {!layout.anyOpen && (
        <NoTime words={words} hall={hall} onAvailability={props.onAvailability} />
      )}
    </>
  )
}

export function yearArgs({ day, halls }: Place) {
  const year = day.slice(0, 4)
  const resources = halls.length > 0 ? { resources: [...halls] } : {}
  return { from: `${year}-01-01`, until: `${year}-12-31`, ...resources }
}
