// biome-ignore-all lint/a11y/useSemanticElements: one moving cell for the keyboard, not a table
/**
 * HallCalendar: the week or day of one hall in react-big-calendar, in wall time.
 *
 * Promises what the component itself does not: right on the Sundays when clocks change, a keyboard that walks
 * the steps, draws and books, and a name for every event. The grid above it is one stop of `Tab`; then follow
 * the bookings.
 */
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react'
import { Calendar as BigCalendar } from 'react-big-calendar'
import 'react-big-calendar/lib/css/react-big-calendar.css'
import type { Day, Span, Uuid } from '../../../core/domain/time.ts'
import { dayOf, MINUTE_MS } from '../../../core/domain/time.ts'
import type { CalendarRows, ResourceRow } from '../../../core/queries/rows.ts'
import { framesFrom, windowFor } from './days.ts'
import type { Density } from './density.ts'
import { NoTime } from './Empty.tsx'
import { unfit } from './fit.ts'
import styles from './HallCalendar.module.css'
import { HallContext, hallParts } from './HallEvent.tsx'
import { HoverCard, type HoverHandle } from './HoverCard.tsx'
import { bookingEvents, groundEvents, onGround, type WallEvent } from './hallEvents.ts'
import { byHall, NO_ROWS } from './hallRows.ts'
import { orderHalls } from './halls.ts'
import type { Wish } from './marks.ts'
import type { Moving } from './moving.ts'
import { openSpans } from './openings.ts'
import { dayCountOf, firstDayOf, type Place } from './place.ts'
import { useHallCursor } from './useHallCursor.ts'
import { useWallDrag } from './useWallDrag.ts'
import { toWall } from './wall.ts'
import { wallLocalizer } from './wallLocalizer.ts'
import type { Words } from './words.ts'

export interface HallCalendarProps {
  hall: ResourceRow
  resources: readonly ResourceRow[]
  rows: CalendarRows
  place: Place
  density: Density
  selected: Uuid | null
  draft: Wish | null
  /** Where the keyboard has moved a booking. */
  ghost: Readonly<{ at: Wish; words: string; reason: string }> | null
  onDrop(moving: Moving): void
  words: Words
  onBook(wish: Wish): void
  onSelect(token: Uuid | null): void
  onPlace(place: Place): void
  say(text: string): void
  onAvailability: ((hall: Uuid | null) => void) | undefined
}

const localizer = wallLocalizer()
const nothing = () => undefined
/** Pixels of an hour by density; an hour of an evening must hold a title and a time. */
const hourHeights: Readonly<Record<Density, number>> = { S: 34, M: 44, L: 56 }
/** Finer slots than this cannot be hit with a mouse. */
const LEAST_STEP = 15
const USUAL_STEP = 30

export default function HallCalendar(props: HallCalendarProps) {
  const { hall, place, words, density, draft, ghost, onSelect, say } = props
  const { zone, format } = words
  const outer = useRef<HTMLDivElement>(null)
  const hover = useRef<HoverHandle>(null)
  const [focused, setFocused] = useState(false)

  const days = useMemo(() => framesFrom(firstDayOf(place), dayCountOf(place), zone), [place, zone])
  const within = useMemo(() => ({ start: days[0]?.start ?? 0, end: days.at(-1)?.end ?? 0 }), [days])
  const rows = useMemo(
    () => byHall(props.rows, orderHalls(props.resources)).get(hall.id) ?? NO_ROWS,
    [props.rows, props.resources, hall.id],
  )
  const open = useMemo(() => openSpans(rows, within), [rows, within])
  const hours = useMemo(
    () => windowFor(days, [...open, ...rows.booked, ...rows.blocked]),
    [days, open, rows],
  )
  const steps = rows.free.map((free) => Math.max(LEAST_STEP, free.step ?? USUAL_STEP))
  const step = Math.min(USUAL_STEP, ...steps)

  const book = (span: Span) => {
    const why = unfit(rows, span)
    if (why) say(words.t('live.cannot', { reason: words.unfit(why, words.frameOf(span.start)) }))
    else props.onBook({ resource: hall.id, start: span.start, end: span.end })
  }
  const cursor = useHallCursor({
    rows,
    open,
    within,
    place,
    zone,
    onPlace: props.onPlace,
    onEnter: book,
    onLeave: () => onSelect(null),
  })
  const { at, covered } = cursor
  const drag = useWallDrag({
    outer,
    rows,
    days,
    hours,
    step,
    words,
    onDrawn: (span) => {
      cursor.put(span.start)
      book(span)
    },
    onNowhere: () => say(words.t('live.cannot', { reason: words.t('unfit.closed') })),
  })

  const events = useMemo(() => {
    const nameOf = (id: Uuid) => props.resources.find((each) => each.id === id)?.name ?? ''
    return bookingEvents(rows, days, zone, nameOf, format.times)
  }, [rows, days, zone, format, props.resources])
  const ground = useMemo(() => groundEvents(rows, open, days, zone), [rows, open, days, zone])
  const under = useMemo(() => {
    const list = [...ground]
    if (draft?.resource === hall.id) list.push(onGround('draft', draft, zone))
    if (ghost?.at.resource === hall.id) {
      const { at, words, reason } = ghost
      list.push({ ...onGround('drawing', at, zone), times: words, reason })
    }
    if (drag.drawing) list.push(drag.drawing)
    else if (focused) list.push(onGround('cursor', covered, zone))
    return list
  }, [ground, draft, ghost, hall.id, zone, drag.drawing, focused, covered])

  useEffect(() => {
    if (!focused || !covered) return
    outer.current?.querySelector('[data-kind="cursor"]')?.scrollIntoView({ block: 'nearest' })
  }, [focused, covered])

  const onPointerOver = (event: PointerEvent) => {
    const box = (event.target as HTMLElement).closest<HTMLElement>('[data-event]')
    const line = box && events.find((each) => each.id === box.dataset.event)?.line
    if (!box || !line || event.buttons !== 0) {
      hover.current?.hide()
      return
    }
    const when = `${words.day(dayOf(line.start, zone))}, ${format.times(line.start, line.end)}`
    const around = box.getBoundingClientRect()
    hover.current?.rest({ line, hall: hall.name, hue: hall.color, when, around })
  }

  const openEvent = (event: WallEvent) => {
    if (event.line?.token) onSelect(event.line.token)
  }
  const shared = useMemo(
    () => ({ selected: props.selected, onSelect, of: words.said.of }),
    [props.selected, onSelect, words],
  )
  const chosen =
    props.selected === null ? undefined : events.find((each) => each.line?.token === props.selected)
  const label = cursor.extended
    ? `${hall.name}, ${words.day(dayOf(at, zone))}, ${words.span(words.frameOf(at), covered)}`
    : words.at(hall.name, rows, words.frameOf(at), covered.start)

  return (
    <div
      ref={outer}
      className={styles.outer}
      data-hue={hall.color}
      style={{ ['--hour' as string]: `${hourHeights[density]}px` }}
      onPointerDownCapture={(event) => {
        hover.current?.hide()
        drag.onPointerDown(event)
      }}
      onPointerOver={onPointerOver}
      onPointerLeave={() => hover.current?.hide()}
    >
      <button
        type="button"
        className={styles.back}
        title={words.t('backToAll')}
        onClick={() => props.onPlace({ ...place, halls: [] })}
      >
        <span aria-hidden="true">‹ {words.t('back')}</span>
        <span className="visually-hidden">{words.t('backToAll')}</span>
      </button>
      <div
        role="grid"
        tabIndex={0}
        className={styles.keys}
        aria-label={words.t('grid.hall', { hall: hall.name })}
        aria-description={words.t('grid.hint')}
        aria-activedescendant="cal-hall-cursor"
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onKeyDown={cursor.onKeyDown}
      >
        <div role="row" tabIndex={-1}>
          <div role="gridcell" tabIndex={-1} id="cal-hall-cursor" aria-label={label} />
        </div>
      </div>
      <HallContext value={shared}>
        <BigCalendar<WallEvent>
          localizer={localizer}
          culture={format.language}
          components={hallParts}
          toolbar={false}
          view={place.view === 'day' ? 'day' : 'week'}
          views={['week', 'day']}
          date={new Date(`${place.day}T12:00:00Z`)}
          onView={nothing}
          onNavigate={nothing}
          getNow={() => toWall(Date.now(), zone)}
          events={events}
          backgroundEvents={under}
          titleAccessor={(event) => event.line?.title ?? ''}
          tooltipAccessor={null as never}
          step={step}
          timeslots={60 / step}
          min={wallHour(hours.from)}
          max={wallHour(hours.to)}
          showMultiDayTimes
          dayLayoutAlgorithm="no-overlap"
          selectable
          selected={chosen}
          onSelecting={drag.onSelecting}
          onSelectSlot={drag.onSelectSlot}
          onSelectEvent={openEvent}
          onKeyPressEvent={(event, pressed) => {
            const { key } = pressed as unknown as KeyboardEvent
            if (key === 'Enter' || key === ' ') openEvent(event)
          }}
          onDrillDown={(date) => props.onPlace({ ...place, view: 'day', day: wallDay(date) })}
          formats={{
            timeGutterFormat: (date) => String(date.getUTCHours()),
            dayFormat: (date) => words.dayHead(wallDay(date)),
            selectRangeFormat: () => '',
            eventTimeRangeFormat: () => '',
            eventTimeRangeStartFormat: () => '',
            eventTimeRangeEndFormat: () => '',
          }}
          eventPropGetter={(event) => ({ className: styles[event.kind] ?? '' })}
        />
      </HallContext>
      <HoverCard ref={hover} words={words} />
      {open.length === 0 && (
        <NoTime words={words} hall={hall} onAvailability={props.onAvailability} />
      )}
    </div>
  )
}

/** The component takes the hours of the day from a date of any day; it knows no 24:00. */
function wallHour(hour: number): Date {
  return new Date(Date.UTC(2000, 0, 1) + hour * 60 * MINUTE_MS - (hour === 24 ? 1 : 0))
}

function wallDay(wall: Date): Day {
  return wall.toISOString().slice(0, 10)
}
