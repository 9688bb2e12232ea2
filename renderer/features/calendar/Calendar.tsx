/**
 * Calendar: the screen. Reads the rows of the range shown, lays them out once and hands the layout to the
 * timeline of all halls or to the calendar of one.
 *
 * Promises that a page is turned in one step: while the rows of the next week are on their way, the last one
 * stays whole. Holds view state only; booking and the inspector are the shell's.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Uuid } from '../../../core/domain/time.ts'
import type { BookedRow, CalendarRows, ResourceRow } from '../../../core/queries/rows.ts'
import { useView } from '../../desk/store.ts'
import { usePreferences } from '../../desk/usePreferences.ts'
import { again, prefetch, useQuery } from '../../desk/useQuery.ts'
import { useZone } from '../../desk/useStatus.ts'
import { formatIn } from '../../format/format.ts'
import { languageOf } from '../../locales/words.ts'
import { useDraft as useBookingDraft } from '../booking/draft.ts'
import { momentOf } from '../booking/moment.ts'
import { BeyondWindow } from './BeyondWindow.tsx'
import styles from './Calendar.module.css'
import { type CalendarContent, CalendarView, readHallCalendar } from './CalendarView.tsx'
import type { Density } from './density.ts'
import { Failed, NoHalls } from './Empty.tsx'
import './hues.css'
import { useNow, useToday } from '../../desk/useNow.ts'
import { holderOf } from '../../format/holder.ts'
import { withHolds } from './held.ts'
import { type Hidden, withoutPrivate } from './layers.ts'
import { MovePanel } from './MovePanel.tsx'
import type { Wish } from './marks.ts'
import { useMoving } from './moveStore.ts'
import type { Moving } from './moving.ts'
import type { Place } from './place.ts'
import { parsePlace, routeOf, spanOf, turned } from './place.ts'
import { type Opened, Toolbar } from './Toolbar.tsx'
import { useCalendarKeys } from './useCalendarKeys.ts'
import { axisOf, useMove } from './useMove.ts'
import { makeWords } from './words.ts'
import { Year, yearArgs } from './Year.tsx'

/** Once the first week stands and nobody waits for anything, it is read ahead. */
const READ_AHEAD_MS = 2_000
/** Longer than the kit takes to give the focus back. */
const FOCUS_RETURNS_MS = 50

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
  const { preferences } = usePreferences()
  const density: Density = preferences?.density ?? 'M'
  const hidden = preferences?.hidden ?? NOTHING_HIDDEN
  const route = useView((view) => view.route)
  const go = useView((view) => view.go)
  const draft = useDraft(zone)
  const quiet = useMoving((state) => state.quiet)
  const [opened, setOpened] = useState<Opened>(null)
  const [said, setSaid] = useState('')

  const place = useMemo(() => parsePlace(route, today), [route, today])
  const span = useMemo(() => spanOf(place, zone), [place, zone])
  const onPlace = useCallback((next: Place) => go(routeOf(next)), [go])

  const halls = useQuery('resource.all', {})
  const resources = halls.rows
  const { content, ...query } = useContent(place, zone)
  const isYear = place.view === 'year'
  const failed = halls.failed ?? query.failed
  const retry = () => {
    again('resource.all', {})
    if (isYear) again('calendar.year', yearArgs(place))
    else again('calendar.range', spanOf(place, zone))
  }
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
    onOpen: setOpened,
    ...(selected === null ? {} : { onMove: () => void move.begin() }),
  })
  useEffect(() => {
    const timer = setTimeout(readHallCalendar, READ_AHEAD_MS)
    return () => clearTimeout(timer)
  }, [])

  const screen = useRef<HTMLElement>(null)
  // Other halls may be drawn by another component: what had the focus before is gone with the last one.
  const wasOpened = useRef<Opened>(null)
  useEffect(() => {
    const isClosed = opened === null && wasOpened.current !== null
    wasOpened.current = opened
    if (!isClosed) return
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) {
        screen.current?.querySelector<HTMLElement>('[role="grid"]')?.focus({ preventScroll: true })
      }
    }, FOCUS_RETURNS_MS)
    return () => clearTimeout(timer)
  }, [opened])

  // What is shown changes under a reader's feet: say where it went.
  const title = words.title(place)
  useEffect(() => setSaid(title), [title])

  const isPublic = hidden.includes('private')
  const shown = useMemo(
    () =>
      content && isPublic
        ? { ...content, rows: withoutPrivate(content.rows, t('display.taken')) }
        : content,
    [content, isPublic, t],
  )
  const { moving } = move
  const times = moving && words.format.span(moving.to.start, moving.to.end)
  const ghost = moving && { at: moving.to, words: times ?? '', reason: move.reason }
  return (
    <section
      ref={screen}
      className={styles.calendar}
      aria-label={words.t('title')}
      data-plain={hidden.includes('free') || undefined}
    >
      <Toolbar
        place={place}
        today={today}
        resources={resources ?? []}
        density={density}
        hidden={hidden}
        words={words}
        opened={opened}
        onOpened={setOpened}
        onPlace={onPlace}
      />
      <BeyondWindow span={span} words={words} />
      <div className={styles.content}>
        {resources?.length === 0 ? (
          <NoHalls words={words} onAddHall={props.onAddHall} onSample={props.onSample} />
        ) : isYear && resources ? (
          <Year
            place={place}
            resources={resources}
            today={today}
            hidden={hidden}
            words={words}
            onPlace={onPlace}
            onAvailability={props.onAvailability}
            onRetry={retry}
          />
        ) : content && resources ? (
          <CalendarView
            resources={resources}
            content={shown ?? content}
            today={today}
            density={density}
            hidden={hidden}
            selected={selected}
            draft={draft}
            ghost={ghost}
            words={words}
            onBook={onBook}
            onSelect={onSelect}
            onPlace={onPlace}
            onDrop={drop}
            say={setSaid}
            onHalls={() => setOpened('halls')}
            onAvailability={props.onAvailability}
          />
        ) : (
          failed !== null && <Failed words={words} detail={failed} onRetry={retry} />
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
const NOTHING_HIDDEN: Hidden = []

function drop(moving: Moving): void {
  void useMoving.getState().drop(moving)
}

/** Rows with the place they belong to: during a turn of the page the last pair that was whole. */
function useContent(place: Place, zone: string) {
  const span = useMemo(() => spanOf(place, zone), [place, zone])
  // How full a year is stands in a question of its own.
  const isYear = place.view === 'year'
  const { rows: read, stale, failed } = useQuery('calendar.range', isYear ? null : span)
  const rows = useHeld(read, zone)
  const last = useRef<CalendarContent | undefined>(undefined)
  if (rows && !stale && (last.current?.rows !== rows || last.current.place !== place)) {
    last.current = { place, rows }
  }
  // The pages left and right are asked once this one is there, so that turning never waits.
  useEffect(() => {
    if (stale || !rows || isYear) return
    const timer = setTimeout(() => {
      prefetch('calendar.range', spanOf(turned(place, 1), zone))
      prefetch('calendar.range', spanOf(turned(place, -1), zone))
    }, 60)
    return () => clearTimeout(timer)
  }, [place, zone, stale, rows, isYear])
  return { content: last.current, failed }
}

/** With what colleagues hold for callers, as long as they hold it. */
function useHeld(rows: CalendarRows | undefined, zone: string): CalendarRows | undefined {
  const { t, i18n } = useTranslation('calendar')
  const now = useNow()
  return useMemo(() => {
    const format = formatIn(languageOf(i18n.language), zone)
    const say = ({ held }: BookedRow) =>
      held ? t(holderOf(held.by), { who: held.by, time: format.time(held.until) }) : ''
    return rows && withHolds(rows, now, say)
  }, [rows, now, t, i18n.language, zone])
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
