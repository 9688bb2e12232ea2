// biome-ignore-all lint/a11y/useSemanticElements: a grid that is one stop of Tab; ARIA names its parts
// biome-ignore-all lint/a11y/useFocusableInteractive: focus stays on the grid, which names the active cell
/**
 * YearGrid: twelve small months as a heat map. The darker a day, the fuller; a frame, a hatch, a dot and a bar say what
 * is no matter of fullness, so that nothing hangs on the colour.
 *
 * Promises one stop of `Tab`, every day by arrow keys and read in words, Enter for the day, Space for its card.
 */
import { type KeyboardEvent, type MouseEvent, memo, type PointerEvent, useRef } from 'react'
import { type Day, weekdayOf } from '../../../core/domain/time.ts'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import { HoverCard, type HoverHandle } from './HoverCard.tsx'
import type { Hidden } from './layers.ts'
import { type HolidayNames, useHolidays } from './useHolidays.ts'
import type { Words } from './words.ts'
import styles from './YearGrid.module.css'
import { dayAfterKey, type YearCell, type YearLayout, type YearMonth } from './yearLayout.ts'

interface YearGridProps {
  layout: YearLayout
  day: Day
  today: Day
  /** The one hall that is shown. */
  hall: ResourceRow | null
  hidden: Hidden
  words: Words
  onDay(day: Day): void
  onMonth(day: Day): void
  /** The keyboard went to a day, perhaps of another year. */
  onMove(day: Day): void
}

export function YearGrid(props: YearGridProps) {
  const { layout, day, words, hidden } = props
  const grid = useRef<HTMLDivElement>(null)
  const hover = useRef<HoverHandle>(null)
  const first = layout.months[0]?.first ?? day
  const year = first.slice(0, 4)
  const holidays = useHolidays(first, `${year}-12-31`)

  const show = (which: Day, how: 'rest' | 'show') => {
    const cell = layout.months
      .flatMap((month) => month.weeks.flat())
      .find((each) => each?.day === which)
    const box = document.getElementById(idOf(which))
    if (!cell || !box) return hover.current?.hide()
    hover.current?.[how]({
      lines: [],
      hall: words.day(which),
      hue: props.hall?.color ?? 0,
      when: factsOf(cell, holidays, words).join(' · '),
      around: box.getBoundingClientRect(),
    })
  }
  const pointed = (event: MouseEvent | PointerEvent) => {
    const { dataset } =
      (event.target as HTMLElement).closest<HTMLElement>('[data-day], [data-month]') ?? {}
    return { day: dataset?.day, month: dataset?.month }
  }
  const onClick = (event: MouseEvent) => {
    const at = pointed(event)
    if (at.day) props.onDay(at.day)
    else if (at.month) props.onMonth(at.month)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== grid.current || event.altKey || event.metaKey || event.ctrlKey) return
    hover.current?.hide()
    const to = dayAfterKey(event.key, day)
    if (to !== null) props.onMove(to)
    else if (event.key === 'Enter') props.onDay(day)
    else if (event.key === ' ') show(day, 'show')
    else return
    event.preventDefault()
  }

  return (
    <div className={styles.year}>
      <div
        ref={grid}
        role="grid"
        tabIndex={0}
        className={styles.grid}
        aria-label={words.t('grid.year', { year })}
        aria-description={words.t('grid.yearHint')}
        aria-activedescendant={day.startsWith(year) ? idOf(day) : undefined}
        onClick={onClick}
        onKeyDown={onKeyDown}
        onPointerOver={(event) => {
          const at = pointed(event)
          if (at.day) show(at.day, 'rest')
          else hover.current?.hide()
        }}
        onPointerLeave={() => hover.current?.hide()}
      >
        {layout.months.map((month) => (
          <Month
            key={month.first}
            month={month}
            today={inMonth(props.today, month)}
            active={inMonth(day, month)}
            holidays={holidays}
            hidden={hidden}
            words={words}
          />
        ))}
      </div>
      <Legend hidden={hidden} words={words} />
      <HoverCard ref={hover} words={words} />
    </div>
  )
}

function idOf(day: Day): string {
  return `year-${day}`
}

function inMonth(day: Day, { first }: YearMonth): Day | null {
  return day.slice(0, 7) === first.slice(0, 7) ? day : null
}

interface MonthProps {
  month: YearMonth
  /** Null where they are in another month. */
  today: Day | null
  active: Day | null
  holidays: HolidayNames
  hidden: Hidden
  words: Words
}

const Month = memo(function Month(props: MonthProps) {
  const { month, words } = props
  const name = words.format.month(month.first)
  return (
    <div role="rowgroup" aria-label={name} className={styles.month}>
      <div role="row" className={styles.head}>
        <div role="columnheader" aria-colspan={7} className={styles.name}>
          <button
            type="button"
            tabIndex={-1}
            data-month={month.first}
            title={words.t('year.openMonth', { month: name })}
          >
            {words.monthName(month.first)}
          </button>
          {month.bookings > 0 && <span>{words.said.bookings(month.bookings)}</span>}
        </div>
      </div>
      <div role="row" className={styles.week} aria-hidden="true">
        {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
          <span key={weekday} className={styles.weekday}>
            {words.format.weekday(weekday)}
          </span>
        ))}
      </div>
      {month.weeks.map((week, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the weeks of a month stay where they are
        <div key={row} role="row" className={styles.week}>
          {week.map((cell, column) =>
            cell ? (
              <DayCell key={cell.day} cell={cell} {...props} />
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <span key={column} role="gridcell" className={styles.other} />
            ),
          )}
        </div>
      ))}
    </div>
  )
})

function DayCell({ cell, ...props }: Readonly<{ cell: YearCell }> & MonthProps) {
  const { holidays, hidden, words } = props
  const { day } = cell
  const holiday = holidays.get(day)
  return (
    <div
      role="gridcell"
      id={idOf(day)}
      className={styles.day}
      data-day={day}
      data-heat={cell.heat ?? 'none'}
      data-weekend={weekdayOf(day) > 5 || undefined}
      data-today={day === props.today || undefined}
      data-active={day === props.active || undefined}
      data-holiday={(holiday && !holiday.school) || undefined}
      data-school={holiday?.inSchool || undefined}
      data-blocked={(cell.isBlocked && !hidden.includes('blockers')) || undefined}
      data-requests={(cell.requests > 0 && !hidden.includes('requests')) || undefined}
      aria-current={day === props.today ? 'date' : undefined}
      aria-label={[words.day(day), ...factsOf(cell, holidays, words)].join(', ')}
    >
      {Number(day.slice(8))}
    </div>
  )
}

/** "34 % belegt", "5 Reservationen", "1 Anfrage", "Auffahrt" */
function factsOf(cell: YearCell, holidays: HolidayNames, words: Words): string[] {
  const { said } = words
  return [
    cell.fill === null ? said.closed : said.fill({ percent: Math.round(cell.fill * 100) }),
    cell.isBlocked ? words.t('year.blocked') : '',
    cell.bookings > 0 ? said.bookings(cell.bookings) : '',
    cell.requests > 0 ? said.waiting(cell.requests) : '',
    holidays.get(cell.day)?.name ?? '',
  ].filter(Boolean)
}

function Legend({ hidden, words }: Readonly<{ hidden: Hidden; words: Words }>) {
  const { t } = words
  const isShown = (layer: Hidden[number]) => !hidden.includes(layer)
  return (
    <section className={styles.legend} aria-label={t('year.legend')}>
      <span>
        {t('year.free')}
        {[0, 1, 2, 3, 4, 5].map((heat) => (
          <i key={heat} data-heat={heat} />
        ))}
        {t('year.full')}
      </span>
      <span>
        <i data-heat="none" /> {t('year.closed')}
      </span>
      {isShown('blockers') && (
        <span>
          <i data-blocked /> {t('year.blocked')}
        </span>
      )}
      {isShown('requests') && (
        <span>
          <i data-heat={0} data-requests /> {t('year.request')}
        </span>
      )}
      {isShown('holidays') && (
        <>
          <span>
            <i data-heat={0} data-holiday /> {t('year.holiday')}
          </span>
          <span>
            <i data-heat={0} data-school /> {t('year.school')}
          </span>
        </>
      )}
    </section>
  )
}
