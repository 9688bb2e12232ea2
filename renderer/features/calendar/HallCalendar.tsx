// biome-ignore-all lint/a11y/useSemanticElements: one moving cell for the keyboard, not a table
/**
 * HallCalendar: the week or day of one hall in react-big-calendar, in wall time.
 *
 * Promises what the component itself does not: right on the Sundays when clocks change, a keyboard that walks
 * the steps, draws and books, and a name for every event. The grid above it is one stop of `Tab`; then follow
 * the bookings.
 */
import {
  cloneElement,
  createContext,
  type KeyboardEvent,
  type PointerEvent,
  type ReactElement,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { Calendar as BigCalendar, type EventWrapperProps, type SlotInfo } from 'react-big-calendar'
import 'react-big-calendar/lib/css/react-big-calendar.css'
import type { Day, Instant, Span, Uuid } from '../../../core/domain/time.ts'
import { addDays, dayOf, MINUTE_MS, overlaps } from '../../../core/domain/time.ts'
import type { CalendarRows, ResourceRow } from '../../../core/queries/rows.ts'
import { sharedLines } from './dayLayout.ts'
import { dayFrame, framesFrom, windowFor } from './days.ts'
import type { Density } from './density.ts'
import { NoTime } from './Empty.tsx'
import { snapped, stepAt, stepStart, unfit } from './fit.ts'
import styles from './HallCalendar.module.css'
import { HoverCard, type HoverHandle } from './HoverCard.tsx'
import { byHall, NO_ROWS } from './hallRows.ts'
import { orderHalls } from './halls.ts'
import { clipped, openSpans, pieces } from './openings.ts'
import { dayCountOf, firstDayOf, type Place } from './place.ts'
import type { Wish } from './Timeline.tsx'
import { fromWall, missingHour, toWall, wallSpan } from './wall.ts'
import { wallLocalizer } from './wallLocalizer.ts'
import { type Line, lineOf } from './weekLayout.ts'
import type { Words } from './words.ts'

export interface HallCalendarProps {
  hall: ResourceRow
  resources: readonly ResourceRow[]
  rows: CalendarRows
  place: Place
  today: Day
  density: Density
  selected: Uuid | null
  draft: Wish | null
  words: Words
  onBook(wish: Wish): void
  onSelect(token: Uuid | null): void
  onPlace(place: Place): void
  say(text: string): void
  onAvailability: ((hall: Uuid | null) => void) | undefined
}

type EventKind = Line['kind'] | 'closed' | 'missing' | 'cursor' | 'draft' | 'drawing' | 'level'
interface WallEvent {
  id: string
  kind: EventKind
  start: Date
  end: Date
  line?: Line
  /** Of a hall with many places: how many are taken then, and by whom. */
  level?: Readonly<{ taken: number; of: string; lines: readonly Line[] }>
  /** What stands beside the box that is being drawn. */
  said?: Readonly<{ times: string; reason: string }>
}

/** Bookings of one hall side by side, in a day of a week. */
const MOST_COLUMNS = 3

const localizer = wallLocalizer()
const nothing = () => undefined
/** Pixels of an hour by density; an hour of an evening must hold a title and a time. */
const hourHeights: Readonly<Record<Density, number>> = { S: 34, M: 44, L: 56 }

export default function HallCalendar(props: HallCalendarProps) {
  const { hall, place, words, density, onSelect, say } = props
  const { zone } = words
  const outer = useRef<HTMLDivElement>(null)
  const grid = useRef<HTMLDivElement>(null)
  const hover = useRef<HoverHandle>(null)

  const days = useMemo(() => framesFrom(firstDayOf(place), dayCountOf(place), zone), [place, zone])
  const rows = useMemo(
    () => byHall(props.rows, orderHalls(props.resources)).get(hall.id) ?? NO_ROWS,
    [props.rows, props.resources, hall.id],
  )
  const within = useMemo(() => ({ start: days[0]?.start ?? 0, end: days.at(-1)?.end ?? 0 }), [days])
  const open = useMemo(() => openSpans(rows, within), [rows, within])
  const hours = useMemo(
    () => windowFor(days, [...open, ...rows.booked, ...rows.blocked]),
    [days, open, rows],
  )
  const step = Math.min(30, ...rows.free.map((free) => Math.max(15, free.step ?? 30)))

  const crowded = rows.free.some((free) => free.places > MOST_COLUMNS)

  const events = useMemo((): WallEvent[] => {
    const event = (line: Line): WallEvent => ({
      id: `${line.kind} ${line.key}`,
      kind: line.kind,
      line,
      ...wallSpan(line, zone),
    })
    const frame = (at: Instant) => dayFrame(dayOf(at, zone), zone)
    const nameOf = (id: string) => props.resources.find((each) => each.id === id)?.name ?? ''
    // More columns than this beside each other cannot be read: then a block counts and lists.
    const single = crowded ? rows.booked.filter((row) => row.state === 'request') : rows.booked
    return [
      ...single.map((row) => event(lineOf(row, frame(row.start)))),
      ...days.flatMap((each) => sharedLines(rows, each, nameOf).map(event)),
      ...rows.blocked.map((row) =>
        event({
          ...lineOf(
            {
              ...row,
              token: '',
              places: 0,
              state: 'booked',
              title: row.reason,
              who: '',
              number: 0,
              persons: null,
            },
            frame(row.start),
          ),
          token: null,
          kind: 'blocked',
        }),
      ),
    ]
  }, [rows, zone, days, props.resources, crowded])

  const [drawing, setDrawing] = useState<WallEvent | null>(null)
  const [focused, setFocused] = useState(false)
  const [cursor, setCursor] = useState<Readonly<{ at: Instant; to: Instant | null }>>({
    at: 0,
    to: null,
  })
  const at = inside(cursor.at, within, open)
  const { start: coveredFrom, end: coveredTo } = snapped(rows, at, cursor.to ?? at)
  const covered = useMemo(() => ({ start: coveredFrom, end: coveredTo }), [coveredFrom, coveredTo])

  const ground = useMemo((): WallEvent[] => {
    const list: WallEvent[] = []
    const add = (kind: EventKind, span: Span) => {
      for (const frame of days) {
        if (!overlaps(frame, span)) continue
        const part = {
          start: Math.max(span.start, frame.start),
          end: Math.min(span.end, frame.end),
        }
        const wall = wallSpan(part, zone)
        // The midnight that ends a day belongs to the next one for the component.
        const end =
          part.end === frame.end ? new Date(Date.parse(`${frame.day}T23:59:59Z`)) : wall.end
        list.push({ id: `${kind} ${part.start}`, kind, start: wall.start, end })
      }
    }
    for (const frame of days) {
      for (const span of closedOn(frame, open)) add('closed', span)
    }
    for (const frame of days) {
      const missing = missingHour(frame)
      if (missing) list.push({ id: `missing ${frame.day}`, kind: 'missing', ...missing })
    }
    for (const frame of crowded ? days : []) {
      for (const piece of pieces(rows, frame)) {
        const by = rows.booked.filter((row) => row.state === 'booked' && overlaps(row, piece))
        if (by.length === 0) continue
        list.push({
          id: `level ${piece.start}`,
          kind: 'level',
          ...wallSpan(piece, zone),
          level: {
            taken: piece.taken,
            of: words.said.of(piece),
            lines: by.map((row) => lineOf(row, frame)),
          },
        })
      }
    }
    if (props.draft?.resource === hall.id) add('draft', props.draft)
    if (focused && !drawing) add('cursor', covered)
    if (drawing) list.push(drawing)
    return list
  }, [days, open, zone, focused, covered, drawing, props.draft, hall.id, crowded, rows, words])

  useEffect(() => {
    if (!focused || !covered) return
    outer.current?.querySelector('[data-kind="cursor"]')?.scrollIntoView({ block: 'nearest' })
  }, [focused, covered])

  // The component forgets where a drag began when its first move is a large one: it is kept here.
  const anchor = useRef<Date | null>(null)
  const onPointerDownCapture = (event: PointerEvent) => {
    hover.current?.hide()
    anchor.current = null
    const column = (event.target as HTMLElement).closest('.rbc-day-slot')
    const columns = [...(outer.current?.querySelectorAll('.rbc-day-slot') ?? [])]
    const frame = column ? days[columns.indexOf(column)] : undefined
    if (!column || !frame) return
    const { top, height } = column.getBoundingClientRect()
    const share = Math.min(0.9999, Math.max(0, (event.clientY - top) / height))
    const minutes = (hours.from + share * (hours.to - hours.from)) * 60
    const midnight = Date.parse(`${frame.day}T00:00:00Z`)
    anchor.current = new Date(midnight + Math.floor(minutes / step) * step * MINUTE_MS)
  }

  const book = (span: Span) => {
    const why = unfit(rows, span)
    const frame = words.frameOf(span.start)
    if (why) say(words.t('live.cannot', { reason: words.unfit(why, frame) }))
    else props.onBook({ resource: hall.id, start: span.start, end: span.end })
  }
  /** The span drawn by the mouse; null where it touches an hour that does not exist. */
  const drawn = (start: Date, end: Date): Span | null => {
    const from = fromWall(start, zone)
    const to = fromWall(end, zone)
    return from === null || to === null || to <= from ? null : snapped(rows, from, to - 1)
  }
  const onSelecting = (range: { start: Date; end: Date }) => {
    const { start, end } = withAnchor(range, anchor.current, step)
    const span = drawn(start, end)
    const why = span ? unfit(rows, span) : ({ code: 'closed' } as const)
    const shown = span ? wallSpan(span, zone) : { start, end }
    setDrawing({
      id: 'drawing',
      kind: 'drawing',
      ...shown,
      said: {
        times: `${hourAndMinute(shown.start)}–${endOf(shown.end)}`,
        reason: why ? words.unfit(why, words.frameOf(span?.start ?? within.start)) : '',
      },
    })
    return true
  }
  const onSelectSlot = ({ action, ...range }: SlotInfo) => {
    setDrawing(null)
    if (action === 'doubleClick') return
    const { start, end } = withAnchor(range, anchor.current, step)
    const span = drawn(start, action === 'click' ? new Date(start.getTime() + 60 * MINUTE_MS) : end)
    if (!span) {
      say(words.t('live.cannot', { reason: words.t('unfit.closed') }))
      return
    }
    setCursor({ at: span.start, to: null })
    // A click means an hour, or the step where an hour has no room.
    if (action === 'click' && unfit(rows, span)) book(snapped(rows, span.start, span.start))
    else book(span)
  }

  const onPointerOver = (event: PointerEvent) => {
    const box = (event.target as HTMLElement).closest<HTMLElement>('[data-event]')
    const found = box && events.find((each) => each.id === box.dataset.event)
    if (!box || !found?.line || event.buttons !== 0) {
      hover.current?.hide()
      return
    }
    hover.current?.rest({
      line: found.line,
      hall: hall.name,
      hue: hall.color,
      when: `${words.day(dayOf(found.line.start, zone))}, ${words.format.times(found.line.start, found.line.end)}`,
      around: box.getBoundingClientRect(),
    })
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey || event.ctrlKey) return
    const { key, shiftKey } = event
    const go = (to: Instant) => {
      if (to < within.start) turn(-1)
      else if (to >= within.end) turn(1)
      setCursor({ at: to, to: null })
    }
    const turn = (pages: 1 | -1) =>
      props.onPlace({ ...place, day: addDays(place.day, pages * dayCountOf(place)) })
    const onOtherDay = (count: number) => {
      const day = addDays(dayOf(at, zone), count)
      const wall = new Date(toWall(at, zone).getTime() + count * 24 * 60 * MINUTE_MS)
      return fromWall(wall, zone) ?? dayFrame(day, zone).start
    }
    const reach = cursor.to ?? at
    switch (key) {
      case 'ArrowDown':
        if (shiftKey) setCursor({ at, to: Math.min(reach + stepAt(rows, reach), within.end - 1) })
        else go(stepStart(rows, at + stepAt(rows, at)))
        break
      case 'ArrowUp':
        if (shiftKey) setCursor({ at, to: Math.max(stepStart(rows, reach - 1), within.start) })
        else go(stepStart(rows, at - 1))
        break
      case 'ArrowRight':
        go(onOtherDay(1))
        break
      case 'ArrowLeft':
        go(onOtherDay(-1))
        break
      case 'Home':
        go(openOn(open, at, zone)?.start ?? at)
        break
      case 'End': {
        const end = openOn(open, at, zone)?.end
        if (end !== undefined) go(stepStart(rows, end - 1))
        break
      }
      case 'PageDown':
        setCursor({ at: onOtherDay(7), to: null })
        props.onPlace({ ...place, day: addDays(place.day, 7) })
        break
      case 'PageUp':
        setCursor({ at: onOtherDay(-7), to: null })
        props.onPlace({ ...place, day: addDays(place.day, -7) })
        break
      case 'Enter':
        book(covered)
        break
      case 'Escape':
        if (cursor.to !== null) setCursor({ at, to: null })
        else onSelect(null)
        break
      default:
        return
    }
    event.preventDefault()
  }

  const label =
    cursor.to === null
      ? words.at(hall.name, rows, words.frameOf(at), covered.start)
      : `${hall.name}, ${words.day(dayOf(at, zone))}, ${words.span(words.frameOf(at), covered)}`

  const selecting = useMemo(
    () => ({ selected: props.selected, onSelect }),
    [props.selected, onSelect],
  )
  const chosen =
    props.selected === null
      ? null
      : (events.find((event) => event.line?.token === props.selected) ?? null)
  const midnight = Date.UTC(2000, 0, 1)
  return (
    <div
      ref={outer}
      className={styles.outer}
      data-view={place.view}
      data-hue={hall.color}
      data-density={density}
      style={{ ['--hour' as string]: `${hourHeights[density]}px` }}
      onPointerDownCapture={onPointerDownCapture}
      onPointerOver={onPointerOver}
      onPointerLeave={() => hover.current?.hide()}
    >
      <button
        type="button"
        className={styles.back}
        title={words.t('backToAll')}
        onClick={() => props.onPlace({ ...place, hall: null })}
      >
        <span aria-hidden="true">‹ {words.t('back')}</span>
        <span className="visually-hidden">{words.t('backToAll')}</span>
      </button>
      <div
        ref={grid}
        role="grid"
        tabIndex={0}
        className={styles.keys}
        aria-label={words.t('grid.hall', { hall: hall.name })}
        aria-description={words.t('grid.hint')}
        aria-activedescendant="cal-hall-cursor"
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onKeyDown={onKeyDown}
      >
        <div role="row" tabIndex={-1}>
          <div role="gridcell" tabIndex={-1} id="cal-hall-cursor" aria-label={label} />
        </div>
      </div>
      <Selecting value={selecting}>
        <BigCalendar<WallEvent>
          localizer={localizer}
          culture={words.format.language}
          toolbar={false}
          view={place.view}
          views={['week', 'day']}
          date={new Date(`${place.day}T12:00:00Z`)}
          onView={nothing}
          onNavigate={nothing}
          getNow={() => toWall(Date.now(), zone)}
          events={events}
          backgroundEvents={ground}
          titleAccessor={(event) => event.line?.title ?? ''}
          tooltipAccessor={null as never}
          step={step}
          timeslots={60 / step}
          min={new Date(midnight + hours.from * 60 * MINUTE_MS)}
          max={new Date(midnight + hours.to * 60 * MINUTE_MS - (hours.to === 24 ? 1 : 0))}
          showMultiDayTimes
          dayLayoutAlgorithm="no-overlap"
          selectable
          selected={chosen}
          onSelecting={onSelecting}
          onSelectSlot={onSelectSlot}
          onSelectEvent={(event) => {
            if (event.line?.token) onSelect(event.line.token)
          }}
          onKeyPressEvent={(event, pressed) => {
            const { key } = pressed as unknown as KeyboardEvent
            if ((key === 'Enter' || key === ' ') && event.line?.token) onSelect(event.line.token)
          }}
          onDrillDown={(date) =>
            props.onPlace({ view: 'day', day: date.toISOString().slice(0, 10), hall: hall.id })
          }
          formats={{
            timeGutterFormat: (date) => String(date.getUTCHours()),
            dayFormat: (date) => words.dayHead(date.toISOString().slice(0, 10)),
            selectRangeFormat: () => '',
            eventTimeRangeFormat: () => '',
            eventTimeRangeStartFormat: () => '',
            eventTimeRangeEndFormat: () => '',
          }}
          components={parts}
          eventPropGetter={(event) => ({
            className: styles[event.kind] ?? '',
            ['data-kind' as string]: event.kind,
          })}
          dayPropGetter={(date) => {
            const day = date.toISOString().slice(0, 10)
            return { className: day === props.today ? (styles.today ?? '') : '' }
          }}
        />
      </Selecting>
      <HoverCard ref={hover} words={words} />
      {open.length === 0 && (
        <NoTime words={words} hall={hall} onAvailability={props.onAvailability} />
      )}
    </div>
  )
}

function hourAndMinute(wall: Date): string {
  return wall.toISOString().slice(11, 16)
}

/** Midnight that ends an evening is 24:00. */
function endOf(wall: Date): string {
  const time = hourAndMinute(wall)
  return time === '00:00' ? '24:00' : time
}

/** An instant on screen: the one wanted, or the first open time. */
function inside(at: Instant, within: Span, open: readonly Span[]): Instant {
  if (within.start <= at && at < within.end) return at
  const now = Date.now()
  if (within.start <= now && now < within.end)
    return Math.floor(now / (30 * MINUTE_MS)) * 30 * MINUTE_MS
  return open[0]?.start ?? within.start
}

/** The range of the mouse with the slot in which it began. */
function withAnchor(
  { start, end }: Readonly<{ start: Date; end: Date }>,
  anchor: Date | null,
  step: number,
): Readonly<{ start: Date; end: Date }> {
  if (!anchor || anchor.toISOString().slice(0, 10) !== start.toISOString().slice(0, 10)) {
    return { start, end }
  }
  return {
    start: new Date(Math.min(anchor.getTime(), start.getTime())),
    end: new Date(Math.max(anchor.getTime() + step * MINUTE_MS, end.getTime())),
  }
}

/** What is not open of a day. */
function closedOn(frame: Span, open: readonly Span[]): readonly Span[] {
  const closed: Span[] = []
  let from = frame.start
  for (const span of clipped(open, frame)) {
    if (span.start > from) closed.push({ start: from, end: span.start })
    from = span.end
  }
  return from < frame.end ? [...closed, { start: from, end: frame.end }] : closed
}

function openOn(open: readonly Span[], at: Instant, zone: string): Span | undefined {
  const frame = dayFrame(dayOf(at, zone), zone)
  return open.find((span) => overlaps(span, frame))
}

const Selecting = createContext<{ selected: Uuid | null; onSelect(token: Uuid | null): void }>({
  selected: null,
  onSelect: nothing,
})

function EventText({ event }: Readonly<{ event: WallEvent }>) {
  const { line, said, level } = event
  const select = useContext(Selecting)
  if (level) {
    return (
      <div className={styles.taken}>
        <div>
          <strong>{level.taken}</strong> {level.of}
        </div>
        {level.lines.map((each) => (
          <button
            type="button"
            key={each.key}
            data-selected={each.token === select.selected || undefined}
            // The press must not reach the component, which would begin to draw a booking.
            onMouseDown={(press) => press.stopPropagation()}
            onClick={() => select.onSelect(each.token)}
          >
            {each.title}
          </button>
        ))}
      </div>
    )
  }
  if (said) {
    return (
      <div className={styles.said} data-refused={said.reason !== ''}>
        <span className={styles.times}>{said.times}</span> {said.reason}
      </div>
    )
  }
  if (!line) return null
  return (
    <>
      <b>{line.title}</b>
      <span>
        {hourAndMinute(event.start)}–{endOf(event.end)}
        {line.persons === null ? '' : ` · ${line.persons}`}
      </span>
    </>
  )
}

/** Names the events for readers, and takes open time out of the way of `Tab`. */
function EventFrame(props: EventWrapperProps<WallEvent> & { children?: ReactElement }) {
  const { event, children } = props
  if (!children) return null
  const line = event.line
  const extra: Record<string, unknown> = { 'data-kind': event.kind }
  if (line) {
    extra['data-event'] = event.id
    // A blocker leads nowhere.
    if (line.token === null) Object.assign(extra, { role: undefined, tabIndex: undefined })
  } else {
    extra.role = undefined
    extra.tabIndex = undefined
    // Names in a level are pressed and read; open and closed time is said by the grid.
    if (!event.level) extra['aria-hidden'] = true
  }
  return cloneElement(children, extra)
}

/** The component's own heading claims to be one of a table that is not there. */
function Heading({ label }: Readonly<{ label: string }>) {
  return <span>{label}</span>
}

const parts = { event: EventText, eventWrapper: EventFrame, header: Heading } as never
