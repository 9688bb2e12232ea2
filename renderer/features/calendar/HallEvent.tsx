/**
 * The parts that react-big-calendar draws for us: the words in an event, and the frame that names it for readers
 * and takes the ground out of the way of `Tab`.
 */
import { cloneElement, createContext, type ReactElement, useContext } from 'react'
import type { EventWrapperProps } from 'react-big-calendar'
import type { Uuid } from '../../../core/domain/time.ts'
import styles from './HallCalendar.module.css'
import { HolidayName } from './HolidayName.tsx'
import type { WallEvent } from './hallEvents.ts'
import type { HolidayNames } from './useHolidays.ts'
import { WaitsMark } from './WaitsMark.tsx'

export interface Hall {
  selected: Uuid | null
  onSelect(token: Uuid | null): void
  /** "von 12" */
  of(level: Readonly<{ of: number }>): string
  holidays: HolidayNames
}

/** The component hands its parts nothing but the event. */
export const HallContext = createContext<Hall>({
  selected: null,
  onSelect: () => undefined,
  of: ({ of }) => String(of),
  holidays: new Map(),
})

function Words({ event }: Readonly<{ event: WallEvent }>) {
  const { line, times, reason } = event
  if (event.level) return <Level level={event.level} />
  if (reason !== undefined) {
    return (
      <div className={styles.said} data-refused={reason !== ''}>
        <span className={styles.times}>{times}</span> {reason}
      </div>
    )
  }
  if (!line) return null
  return (
    <>
      <b>
        <WaitsMark waits={line.waits} />
        <span className="waits-title">{line.title}</span>
      </b>
      <span>
        {times}
        {line.persons === null ? '' : ` · ${line.persons}`}
      </span>
    </>
  )
}

function Level({ level }: Readonly<{ level: NonNullable<WallEvent['level']> }>) {
  const { selected, onSelect, of } = useContext(HallContext)
  return (
    <div className={styles.taken}>
      <div>
        <strong>{level.taken}</strong> {of(level)}
      </div>
      {level.lines.map((line) => (
        <button
          type="button"
          key={line.key}
          data-selected={line.token === selected || undefined}
          // The press must not reach the component, which would begin to draw a booking.
          onMouseDown={(press) => press.stopPropagation()}
          onClick={() => onSelect(line.token)}
        >
          <WaitsMark waits={line.waits} />
          {line.title}
        </button>
      ))}
    </div>
  )
}

function Frame(props: EventWrapperProps<WallEvent> & { children?: ReactElement }) {
  const { event, children } = props
  if (!children) return null
  const isButton = event.line !== undefined && event.line.token !== null
  return cloneElement(children, {
    'data-kind': event.kind,
    'data-waits': event.line?.waits,
    'data-shape': event.line ? 'block' : undefined,
    'data-event': event.line ? event.id : undefined,
    'data-hue': event.hue,
    // A blocker leads nowhere; open and closed time is said by the grid.
    ...(isButton ? {} : { role: undefined, tabIndex: undefined }),
    ...(event.line || event.level ? {} : { 'aria-hidden': true }),
  } as object)
}

/** The component's own heading claims to be one of a table that is not there. */
function Heading({ label, date }: Readonly<{ label: string; date?: Date }>) {
  const { holidays } = useContext(HallContext)
  return (
    <>
      <span className={styles.heading}>{label}</span>
      {date && <HolidayName of={holidays.get(date.toISOString().slice(0, 10))} isSaid />}
    </>
  )
}

export const hallParts = {
  event: Words,
  eventWrapper: Frame,
  header: Heading,
  resourceHeader: Heading,
} as never
