// biome-ignore-all lint/a11y/useSemanticElements: one moving cell for the keyboard, not a table
/**
 * HallCalendar: the week or day of one hall, or a day of several beside each other, in react-big-calendar and wall
 * time.
 *
 * Promises what the component itself does not: right on the Sundays when clocks change, a keyboard that walks
 * the steps, draws and books, and a name for every event. The grid above it is one stop of `Tab`; then follow
 * the bookings.
 */
import {
  type PointerEvent,
  type KeyboardEvent as ReactKeyboardEvent,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { Calendar as BigCalendar } from 'react-big-calendar'
import 'react-big-calendar/lib/css/react-big-calendar.css'
import type { Day, Span, Uuid } from '../../../core/domain/time.ts'
import { dayOf } from '../../../core/domain/time.ts'
import type { CalendarRows, ResourceRow } from '../../../core/queries/rows.ts'
import type { Density } from './density.ts'
import { NoTime } from './Empty.tsx'
import { unfit } from './fit.ts'
import styles from './HallCalendar.module.css'
import { HallContext, hallParts } from './HallEvent.tsx'
import { HoverCard, type HoverHandle } from './HoverCard.tsx'
import { type HallColumn, onGround, type WallEvent } from './hallEvents.ts'
import { layoutHalls } from './hallLayout.ts'
import { lineTarget } from './hoverTarget.ts'
import type { Hidden } from './layers.ts'
import type { Wish } from './marks.ts'
import type { Moving } from './moving.ts'
import { openSpans } from './openings.ts'
import type { Place } from './place.ts'
import { useHallCursor } from './useHallCursor.ts'
import { useHolidays } from './useHolidays.ts'
import { edgeAt, useWallMouse } from './useWallMouse.ts'
import { axisWindow, hourOf, toWall, wallAt } from './wall.ts'
import { wallLocalizer } from './wallLocalizer.ts'
import type { Words } from './words.ts'

export interface HallCalendarProps {
  /** One, or for a day several beside each other. */
  halls: readonly [ResourceRow, ...ResourceRow[]]
  /** Halls that are left out because there is no room for more. */
  left: number
  resources: readonly ResourceRow[]
  rows: CalendarRows
  place: Place
  density: Density
  hidden: Hidden
  selected: Uuid | null
  draft: Wish | null
  /** Where the keyboard has moved a booking. */
  ghost: Readonly<{ at: Wish; words: string; reason: string }> | null
  words: Words
  onBook(wish: Wish): void
  onSelect(token: Uuid | null): void
  onPlace(place: Place): void
  onDrop(moving: Moving): void
  say(text: string): void
  /** Other halls are to be chosen. */
  onHalls(): void
  onAvailability: ((hall: Uuid | null) => void) | undefined
}

const localizer = wallLocalizer()
/** The component takes the hours it shows from a date of any day. */
const A_DAY = '2000-01-01'
const accessors = {
  resourceAccessor: (event: WallEvent) => event.hall,
  resourceIdAccessor: (hall: object) => (hall as ResourceRow).id,
  resourceTitleAccessor: (hall: object) => (hall as ResourceRow).name,
}
const nothing = () => undefined
/** Pixels of an hour by density; an hour of an evening must hold a title and a time. */
const hourHeights: Readonly<Record<Density, number>> = { S: 34, M: 44, L: 56 }

export default function HallCalendar(props: HallCalendarProps) {
  const { halls, place, words, density, draft, ghost, onSelect, say } = props
  const { zone, format } = words
  const outer = useRef<HTMLDivElement>(null)
  const hover = useRef<HoverHandle>(null)
  const [focused, setFocused] = useState(false)
  const [side, setSide] = useState(0)
  const hall = halls[Math.min(side, halls.length - 1)] as ResourceRow

  const layout = useMemo(
    () => layoutHalls(halls, props.resources, props.rows, place, words, props.hidden),
    [halls, props.resources, props.rows, place, words, props.hidden],
  )
  const { within, axis, step, events, ground } = layout
  const rows = layout.rowsOf(hall.id)
  const open = useMemo(() => openSpans(rows, within), [rows, within])
  const shown = axisWindow(axis, layout.hours)

  const book = (at: HallColumn, span: Span) => {
    const why = unfit(at.rows, span)
    if (why) say(words.t('live.cannot', { reason: words.unfit(why, words.frameOf(span.start)) }))
    else props.onBook({ resource: at.hall.id, start: span.start, end: span.end })
  }
  /** What stands where the keyboard is; requests stand beside free time. */
  const under = (instant: number) =>
    events.find(
      ({ hall: of, line }) =>
        of === hall.id && line && line.start <= instant && instant < line.end && line.token,
    )
  const cursor = useHallCursor({
    rows,
    open,
    within,
    place,
    zone,
    onPlace: props.onPlace,
    onEnter: (span) => {
      const taken = under(span.start)
      if (taken?.kind === 'booked') onSelect(taken.line?.token ?? null)
      else book({ hall, rows, frame: words.frameOf(span.start) }, span)
    },
    onSide:
      halls.length > 1
        ? (by) => setSide(Math.min(halls.length - 1, Math.max(0, side + by)))
        : undefined,
    onNotable: (found) => say(found ? words.notable(hall.name, found) : words.t('notable.none')),
    onLeave: () => onSelect(null),
  })
  const { at, covered } = cursor
  const mouse = useWallMouse({
    outer,
    columns: layout.columns,
    hours: layout.hours,
    axis,
    words,
    onDrawn: (column, span) => {
      setSide(halls.indexOf(column.hall))
      cursor.put(span.start)
      book(column, span)
    },
    onDrop: props.onDrop,
    onNowhere: () => say(words.t('live.cannot', { reason: words.t('unfit.closed') })),
  })

  const behind = useMemo(() => {
    const list = [...ground]
    const isHere = ({ resource }: Wish) => halls.some((each) => each.id === resource)
    if (draft && isHere(draft)) list.push(onGround('draft', draft.resource, draft, axis))
    if (ghost && isHere(ghost.at)) {
      const { at, words, reason } = ghost
      list.push({ ...onGround('drawing', at.resource, at, axis), times: words, reason })
    }
    if (mouse.drawing) list.push(mouse.drawing)
    else if (focused) list.push(onGround('cursor', hall.id, covered, axis))
    return list
  }, [ground, draft, ghost, halls, hall.id, axis, mouse.drawing, focused, covered])

  useEffect(() => {
    if (!focused || !covered) return
    outer.current?.querySelector('[data-kind="cursor"]')?.scrollIntoView({ block: 'nearest' })
  }, [focused, covered])

  const onKeyDown = (event: ReactKeyboardEvent) => {
    hover.current?.hide()
    const found = event.key === ' ' ? under(at) : undefined
    const box = found && outer.current?.querySelector(`[data-event="${CSS.escape(found.id)}"]`)
    if (found?.line && box) {
      const day = dayOf(found.line.start, zone)
      hover.current?.show(lineTarget(found.line, hall, day, box, words))
    }
    if (event.key === ' ') event.preventDefault()
    else cursor.onKeyDown(event)
  }
  const pointed = (event: PointerEvent) => {
    const box = (event.target as HTMLElement).closest<HTMLElement>('[data-event]')
    const found = box && events.find((each) => each.id === box.dataset.event)
    return box && found?.line ? { box, line: found.line, hall: found.hall } : null
  }
  const onPointerOver = (event: PointerEvent) => {
    const found = pointed(event)
    const of = found && halls.find((each) => each.id === found.hall)
    if (!found || !of || event.buttons !== 0) hover.current?.hide()
    else {
      const day = dayOf(found.line.start, zone)
      hover.current?.rest(lineTarget(found.line, of, day, found.box, words))
    }
  }
  const onPointerMove = (event: PointerEvent) => {
    mouse.onPointerMove(event)
    const found = event.buttons === 0 ? pointed(event) : null
    if (found) found.box.dataset.edge = edgeAt(found.box, event.clientY) ?? ''
  }

  const openEvent = (event: WallEvent) => {
    if (event.line?.token) onSelect(event.line.token)
  }
  // The one day of halls beside each other has its name in the bar.
  const isWeek = halls.length === 1
  const holidays = useHolidays(isWeek ? layout.days[0]?.day : undefined, layout.days.at(-1)?.day)
  const shared = useMemo(
    () => ({ selected: props.selected, onSelect, of: words.said.of, holidays }),
    [props.selected, onSelect, words, holidays],
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
      data-halls={halls.length > 1 || undefined}
      style={{ ['--hour' as string]: `${hourHeights[density]}px` }}
      onPointerDown={(event) => {
        hover.current?.hide()
        mouse.onPointerDown(event, pointed(event))
      }}
      onPointerMove={onPointerMove}
      onPointerUp={mouse.onPointerUp}
      onPointerOver={onPointerOver}
      onPointerLeave={() => hover.current?.hide()}
    >
      {halls.length === 1 ? (
        <button
          type="button"
          className={styles.back}
          title={words.t('backToAll')}
          onClick={() => props.onPlace({ ...place, halls: [] })}
        >
          <span aria-hidden="true">‹ {words.t('back')}</span>
          <span className="visually-hidden">{words.t('backToAll')}</span>
        </button>
      ) : (
        props.left > 0 && (
          <button
            type="button"
            className={styles.some}
            title={words.t('columns.left', { count: props.left })}
            onClick={props.onHalls}
          >
            <span aria-hidden="true">+{props.left}</span>
            <span className="visually-hidden">
              {words.t('columns.left', { count: props.left })}
            </span>
          </button>
        )
      )}
      <div
        role="grid"
        tabIndex={0}
        className={styles.keys}
        aria-label={words.t('grid.hall', { hall: format.list(halls.map((each) => each.name)) })}
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
      <HallContext value={shared}>
        <BigCalendar<WallEvent>
          localizer={localizer}
          culture={format.language}
          components={hallParts}
          toolbar={false}
          view={place.view === 'week' ? 'week' : 'day'}
          views={['week', 'day']}
          date={new Date(`${place.day}T12:00:00Z`)}
          onView={nothing}
          onNavigate={nothing}
          getNow={() => toWall(Date.now(), axis)}
          events={events}
          backgroundEvents={behind}
          titleAccessor={(event) => event.line?.title ?? ''}
          tooltipAccessor={null as never}
          {...(halls.length > 1 ? { resources: [...halls], ...accessors } : {})}
          step={step * axis.scale}
          timeslots={60 / step}
          min={wallAt(A_DAY, shown.from, axis)}
          max={wallAt(A_DAY, Math.min(shown.to, (24 * 60) / axis.scale - 1 / 60), axis)}
          showMultiDayTimes
          dayLayoutAlgorithm="no-overlap"
          selected={chosen}
          onSelectEvent={openEvent}
          onKeyPressEvent={(event, pressed) => {
            const { key } = pressed as unknown as ReactKeyboardEvent
            if (key === 'Enter' || key === ' ') openEvent(event)
          }}
          onDrillDown={(date) => props.onPlace({ ...place, view: 'day', day: wallDay(date) })}
          formats={{
            timeGutterFormat: (date) => String(hourOf(date, axis)),
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
      {!layout.anyOpen && (
        <NoTime
          words={words}
          hall={halls.length > 1 ? null : hall}
          onAvailability={props.onAvailability}
        />
      )}
    </div>
  )
}

function wallDay(wall: Date): Day {
  return wall.toISOString().slice(0, 10)
}
