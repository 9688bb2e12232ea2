/**
 * Calendar: the screen. Reads the rows of the range shown, lays them out once and hands the layout to the
 * timeline of all halls or to the calendar of one.
 *
 * Promises that a page is turned in one step: while the rows of the next week are on their way, the last one
 * stays whole. Holds view state only; booking and the inspector are the shell's.
 */
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Day, Uuid } from '../../../core/domain/time.ts'
import { addDays } from '../../../core/domain/time.ts'
import type { CalendarRows, ResourceRow } from '../../../core/queries/rows.ts'
import { useView } from '../../desk/store.ts'
import { changePreferences, usePreferences } from '../../desk/usePreferences.ts'
import { prefetch, useQuery } from '../../desk/useQuery.ts'
import { useZone } from '../../desk/useStatus.ts'
import { momentOf } from '../booking/check.ts'
import { useDraft as useBookingDraft } from '../booking/draft.ts'
import styles from './Calendar.module.css'
import { layoutDay } from './dayLayout.ts'
import type { Density } from './density.ts'
import { NoHalls, NoTime } from './Empty.tsx'
import './hues.css'
import { MovePanel } from './MovePanel.tsx'
import type { Shown, Wish } from './marks.ts'
import { useMoving } from './moveStore.ts'
import type { Moving } from './moving.ts'
import type { Place } from './place.ts'
import { dayCountOf, firstDayOf, hallOf, parsePlace, routeOf, spanOf, turned } from './place.ts'
import { reusing } from './reuse.ts'
import { Timeline } from './Timeline.tsx'
import { Toolbar } from './Toolbar.tsx'
import { useCalendarKeys } from './useCalendarKeys.ts'
import { axisOf, useMove } from './useMove.ts'
import { useToday } from './useNow.ts'
import { usePaintedMark } from './usePaintedMark.ts'
import { layoutWeek } from './weekLayout.ts'
import { makeWords } from './words.ts'

/** The component of one hall is as large as all the rest: it is read when a hall is first opened. */
const readHallCalendar = () => import('./HallCalendar.tsx')
const HallCalendar = lazy(readHallCalendar)
/** Once the first week stands and nobody waits for anything, it is read ahead. */
const READ_AHEAD_MS = 2_000

export interface CalendarProps {
  /** Free time was drawn, clicked or entered: the booking panel opens with it. */
  onBook(wish: Wish): void
  /** A booking was clicked or entered: the inspector shows it. */
  onSelect(token: Uuid | null): void
  selected: Uuid | null
  onAddHall?(): void
  onSample?(): void
  /** Null: for any hall. */
  onAvailability?(hall: Uuid | null): void
}

export function Calendar(props: CalendarProps) {
  const { onBook, onSelect, selected } = props
  const zone = useZone()
  const today = useToday(zone)
  const { t, i18n } = useTranslation('calendar')
  const words = useMemo(() => makeWords(t, i18n.language, zone), [t, i18n.language, zone])
  const density: Density = usePreferences().preferences?.density ?? 'M'
  const route = useView((view) => view.route)
  const go = useView((view) => view.go)
  const draft = useDraft(zone)
  const quiet = useMoving((state) => state.quiet)
  const [jumping, setJumping] = useState(false)
  const [said, setSaid] = useState('')

  const place = useMemo(() => parsePlace(route, today), [route, today])
  const onPlace = useCallback((next: Place) => go(routeOf(next)), [go])

  const resources = useQuery('resource.all', {}).rows
  const content = useContent(place, zone)
  const wanted = hallOf(place)
  const move = useMove({
    place,
    rows: content?.rows,
    resources: resources ?? NO_RESOURCES,
    words,
    onPlace,
    say: setSaid,
  })

  useCalendarKeys({
    place,
    today,
    onPlace,
    onJump: () => setJumping(true),
    ...(selected === null ? {} : { onMove: () => void move.begin() }),
  })
  useEffect(() => {
    const timer = setTimeout(readHallCalendar, READ_AHEAD_MS)
    return () => clearTimeout(timer)
  }, [])

  // What is shown changes under a reader's feet: say where it went.
  const title = words.title(place)
  useEffect(() => setSaid(title), [title])

  const hall = resources?.find((each) => each.id === wanted)
  const { moving } = move
  const times = moving && words.format.span(moving.to.start, moving.to.end)
  const ghost = moving && { at: moving.to, words: times ?? '', reason: move.reason }
  return (
    <section className={styles.calendar} aria-label={words.t('title')}>
      <Toolbar
        place={place}
        today={today}
        resources={resources ?? []}
        density={density}
        words={words}
        jumping={jumping}
        onJumping={setJumping}
        onPlace={onPlace}
        onDensity={changeDensity}
      />
      <div className={styles.content}>
        {resources?.length === 0 ? (
          <NoHalls words={words} onAddHall={props.onAddHall} onSample={props.onSample} />
        ) : hall && content && isClassic(content.place) ? (
          <Suspense fallback={null}>
            <HallCalendar
              hall={hall}
              resources={resources as readonly ResourceRow[]}
              rows={content.rows}
              place={content.place}
              density={density}
              selected={selected}
              draft={draft}
              ghost={ghost}
              onDrop={drop}
              words={words}
              onBook={onBook}
              onSelect={onSelect}
              onPlace={onPlace}
              say={setSaid}
              onAvailability={props.onAvailability}
            />
          </Suspense>
        ) : (
          resources &&
          content && (
            <AllHalls
              resources={resources}
              content={content}
              zone={zone}
              today={today}
              density={density}
              selected={selected}
              draft={draft}
              ghost={ghost}
              onDrop={drop}
              words={words}
              onBook={onBook}
              onSelect={onSelect}
              onPlace={onPlace}
              say={setSaid}
              onAvailability={props.onAvailability}
            />
          )
        )}
      </div>
      {moving && !quiet && (
        <MovePanel
          moving={moving}
          reason={move.reason}
          keys={words.t(`move.keys.${axisOf(place.view)}`)}
          resources={resources ?? NO_RESOURCES}
          words={words}
        />
      )}
      <div role="status" className="visually-hidden">
        {said}
      </div>
    </section>
  )
}

const NO_RESOURCES: readonly ResourceRow[] = []

/** Day and week of one hall are drawn by react-big-calendar. */
function isClassic(place: Place): boolean {
  return hallOf(place) !== null && (place.view === 'day' || place.view === 'week')
}

function drop(moving: Moving): void {
  void useMoving.getState().drop(moving)
}

function changeDensity(density: Density): void {
  changePreferences({ density })
}

interface Content {
  place: Place
  rows: CalendarRows
}

/** Rows with the place they belong to: during a turn of the page the last pair that was whole. */
function useContent(place: Place, zone: string): Content | undefined {
  const span = useMemo(() => spanOf(place, zone), [place, zone])
  const { rows, stale } = useQuery('calendar.range', span)
  const last = useRef<Content | undefined>(undefined)
  if (rows && !stale && (last.current?.rows !== rows || last.current.place !== place)) {
    last.current = { place, rows }
  }
  // The pages left and right are asked once this one is there, so that turning never waits.
  useEffect(() => {
    if (stale || !rows) return
    const timer = setTimeout(() => {
      prefetch('calendar.range', spanOf(turned(place, 1), zone))
      prefetch('calendar.range', spanOf(turned(place, -1), zone))
    }, 60)
    return () => clearTimeout(timer)
  }, [place, zone, stale, rows])
  return last.current
}

interface AllHallsProps {
  resources: readonly ResourceRow[]
  content: Content
  zone: string
  today: Day
  density: Density
  selected: Uuid | null
  draft: Wish | null
  ghost: Readonly<{ at: Wish; words: string; reason: string }> | null
  onDrop(moving: Moving): void
  words: ReturnType<typeof makeWords>
  onBook(wish: Wish): void
  onSelect(token: Uuid | null): void
  onPlace(place: Place): void
  say(text: string): void
  onAvailability: ((hall: Uuid | null) => void) | undefined
}

function AllHalls(props: AllHallsProps) {
  const { resources, zone, density, onPlace } = props
  const { place, rows } = props.content
  usePaintedMark()
  const first = firstDayOf(place)
  const last = useRef<Shown | null>(null)
  const shown = useMemo((): Shown => {
    const before = last.current
    const next: Shown =
      place.view !== 'day'
        ? {
            view: 'week',
            layout: reusing(
              before?.view === 'week' ? before.layout : null,
              layoutWeek(resources, rows, first, zone, density, {
                days: dayCountOf(place),
                halls: place.halls,
              }),
            ),
          }
        : {
            view: 'day',
            layout: reusing(
              before?.view === 'day' ? before.layout : null,
              layoutDay(resources, rows, first, zone, density, place.halls),
            ),
          }
    last.current = next
    return next
  }, [resources, rows, first, zone, density, place])
  return (
    <>
      <Timeline
        shown={shown}
        today={props.today}
        density={density}
        selected={props.selected}
        draft={props.draft}
        ghost={props.ghost}
        onDrop={props.onDrop}
        words={props.words}
        onBook={props.onBook}
        onSelect={props.onSelect}
        onHall={(hall) => onPlace({ view: 'week', day: place.day, halls: [hall] })}
        onDay={(day) => onPlace({ ...place, view: 'day', day })}
        onTurn={(pages) =>
          onPlace(
            place.view === 'day'
              ? { ...place, day: addDays(place.day, pages * 7) }
              : turned(place, pages),
          )
        }
        say={props.say}
      />
      {!shown.layout.anyOpen && (
        <NoTime words={props.words} hall={null} onAvailability={props.onAvailability} />
      )}
    </>
  )
}

/** What is typed in the open booking panel, as far as it names a hall and a time: its ghost follows the typing. */
function useDraft(zone: string): Wish | null {
  const isOpen = useView((view) => view.booking.open)
  const resource = useBookingDraft((draft) => draft.resource)
  const date = useBookingDraft((draft) => draft.date)
  const from = useBookingDraft((draft) => draft.from)
  const to = useBookingDraft((draft) => draft.to)
  return useMemo(() => {
    if (!isOpen || resource === '') return null
    const { during } = momentOf({ date, from, to }, zone, Date.now())
    return during && { resource, ...during }
  }, [isOpen, resource, date, from, to, zone])
}
