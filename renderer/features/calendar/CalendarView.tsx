/** CalendarView: the one component that draws the place, chosen by its view and its halls. */

import { useViewportSize } from '@mantine/hooks'
import { lazy, Suspense, useMemo } from 'react'
import type { Day, Uuid } from '../../../core/domain/time.ts'
import type { CalendarRows, ResourceRow } from '../../../core/queries/rows.ts'
import { Agenda } from './Agenda.tsx'
import { AllHalls } from './AllHalls.tsx'
import type { Density } from './density.ts'
import type { HallCalendarProps } from './HallCalendar.tsx'
import { shownHalls } from './halls.ts'
import type { Hidden } from './layers.ts'
import { Month } from './Month.tsx'
import type { Wish } from './marks.ts'
import type { Moving } from './moving.ts'
import { hallOf, type Place } from './place.ts'
import { usePaintedMark } from './usePaintedMark.ts'
import type { Words } from './words.ts'

/** The component of one hall is as large as all the rest: it is read when a hall is first opened. */
export const readHallCalendar = () => import('./HallCalendar.tsx')
const HallCalendar = lazy(readHallCalendar)

/** Rows with the place they belong to. */
export type CalendarContent = Readonly<{ place: Place; rows: CalendarRows }>

export interface ViewProps {
  resources: readonly ResourceRow[]
  content: CalendarContent
  today: Day
  density: Density
  /** Layers that are not shown. */
  hidden: Hidden
  selected: Uuid | null
  /** What the open booking panel is about. */
  draft: Wish | null
  /** Where the keyboard has moved a booking. */
  ghost: Readonly<{ at: Wish; words: string; reason: string }> | null
  words: Words
  onBook(wish: Wish): void
  onSelect(token: Uuid | null): void
  onPlace(place: Place): void
  onDrop(moving: Moving): void
  /** Said in the live region. */
  say(text: string): void
  /** Other halls are to be chosen. */
  onHalls(): void
  onAvailability: ((hall: Uuid | null) => void) | undefined
}

export function CalendarView(props: ViewProps) {
  const { content, resources } = props
  const { place, rows } = content
  usePaintedMark()
  switch (place.view) {
    case 'month':
      return <Month {...props} />
    case 'agenda':
      return <Agenda {...props} rows={rows} day={place.day} halls={place.halls} />
    case 'day':
    case 'week': {
      // Of one hall they are drawn by react-big-calendar.
      const hall = resources.find((each) => each.id === hallOf(place))
      return hall ? <Classic {...props} halls={[hall]} left={0} /> : <AllHalls {...props} />
    }
    case 'columns':
      return <Columns {...props} />
    case 'fortnight':
    case 'year':
      return <AllHalls {...props} />
  }
}

/** More are a wall of columns, and narrower ones cannot be read. */
const MOST_COLUMNS = 8
const NARROWEST_PX = 110

/** As many halls side by side as the window has room for. */
function Columns(props: ViewProps) {
  const { content, resources } = props
  const { width } = useViewportSize()
  const fit = Math.min(MOST_COLUMNS, Math.max(2, Math.floor(width / NARROWEST_PX)))
  // The width is known a moment later.
  const most = width === 0 ? MOST_COLUMNS : fit
  const entries = shownHalls(resources, content.place.halls)
  const all = entries.flatMap((entry) => (entry.kind === 'hall' ? [entry.hall] : []))
  const [first, ...others] = all.slice(0, most)
  if (!first) return <AllHalls {...props} />
  const left = all.length - 1 - others.length
  return <Classic {...props} halls={[first, ...others]} left={left} />
}

type ClassicProps = ViewProps & Pick<HallCalendarProps, 'halls' | 'left'>

function Classic({ halls, left, ...props }: ClassicProps) {
  const { rows, place } = props.content
  // The component keeps its columns for as long as they are the same halls.
  const key = halls.map((hall) => hall.id).join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the halls
  const same = useMemo(() => halls, [key, props.resources])
  return (
    <Suspense fallback={null}>
      <HallCalendar {...props} halls={same} left={left} rows={rows} place={place} />
    </Suspense>
  )
}
