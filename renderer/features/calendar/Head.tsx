// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid has no table elements; ARIA names its parts
// biome-ignore-all lint/a11y/useFocusableInteractive: focus stays on the grid, which names the active cell
/** Heads of the timeline: the days of a week, or the hours of a day with the pill of the current time. */
import type { Day } from '../../../core/domain/time.ts'
import { weekdayOf } from '../../../core/domain/time.ts'
import { useNow } from '../../desk/useNow.ts'
import day from './DayRow.module.css'
import type { DayLayout } from './dayLayout.ts'
import { clockOf, shareOf } from './days.ts'
import styles from './Head.module.css'
import { HolidayName } from './HolidayName.tsx'
import timeline from './Timeline.module.css'
import { type HolidayNames, useHolidays } from './useHolidays.ts'
import week from './WeekRow.module.css'
import type { WeekLayout } from './weekLayout.ts'
import type { Words } from './words.ts'

interface WeekHeadProps {
  layout: WeekLayout
  today: Day
  words: Words
}

export function WeekHead({ layout, today, words }: WeekHeadProps) {
  const holidays = useHolidays(layout.days[0]?.day, layout.days.at(-1)?.day)
  // Two weeks have no room for names: a bar above the day, its name where the mouse rests.
  const isBrief = layout.days.length > 7
  return (
    <div role="row" aria-rowindex={1} className={`${timeline.top} ${week.columns}`}>
      <Corner count={layout.halls} words={words} />
      {layout.days.map(({ day }, index) => (
        <div
          key={day}
          role="columnheader"
          aria-colindex={index + 2}
          aria-label={[words.day(day), holidays.get(day)?.name].filter(Boolean).join(', ')}
          aria-current={day === today ? 'date' : undefined}
          className={[
            styles.day,
            weekdayOf(day) > 5 ? styles.weekend : '',
            day === today ? styles.today : '',
          ].join(' ')}
          data-day={day}
          data-mark={isBrief ? markOf(holidays.get(day)) : undefined}
          title={isBrief ? holidays.get(day)?.name : undefined}
        >
          <button type="button" tabIndex={-1} data-goto={day}>
            {words.dayHead(day)}
          </button>
          {!isBrief && <HolidayName of={holidays.get(day)} />}
        </div>
      ))}
    </div>
  )
}

function markOf(holiday: ReturnType<HolidayNames['get']>): 'public' | 'school' | undefined {
  return holiday && (holiday.school ? 'school' : 'public')
}

export function DayHead({ layout, words }: Readonly<{ layout: DayLayout; words: Words }>) {
  const { marks, visible } = layout
  const holidays = useHolidays(layout.frame.day, layout.frame.day)
  return (
    <div role="row" aria-rowindex={1} className={`${timeline.top} ${day.columns}`}>
      <Corner count={layout.halls} words={words} />
      <div
        role="columnheader"
        aria-label={[words.day(layout.frame.day), holidays.get(layout.frame.day)?.name]
          .filter(Boolean)
          .join(', ')}
        className={styles.hours}
      >
        {marks.map((mark) => (
          <span
            key={mark.at}
            className={styles.hour}
            style={{ left: `${shareOf(visible, mark.at) * 100}%` }}
            data-hour={mark.hour}
          >
            {mark.hour}
          </span>
        ))}
        <NowPill layout={layout} words={words} />
      </div>
    </div>
  )
}

function Corner({ count, words }: Readonly<{ count: number; words: Words }>) {
  return (
    <div role="columnheader" className={timeline.corner}>
      {words.t('rooms', { count })}
    </div>
  )
}

function NowPill({ layout, words }: Readonly<{ layout: DayLayout; words: Words }>) {
  const now = useNow()
  if (now < layout.visible.start || layout.visible.end <= now) return null
  return (
    <span
      className={styles.now}
      style={{ left: `${shareOf(layout.visible, now) * 100}%` }}
      title={words.t('now')}
    >
      {clockOf(layout.frame, now)}
    </span>
  )
}

/** The line of the current time through all rows; draws itself each minute and nothing else. */
export function NowLine({ layout }: Readonly<{ layout: DayLayout }>) {
  const now = useNow()
  if (now < layout.visible.start || layout.visible.end <= now) return null
  const share = shareOf(layout.visible, now)
  return (
    <div
      role="none"
      className={styles.line}
      style={{ left: `calc(var(--head) + (100% - var(--head)) * ${share.toFixed(5)})` }}
    />
  )
}
