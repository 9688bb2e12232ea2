/** Toolbar: turn pages, say where we are, choose view, halls and how it is drawn. Holds no state of its own. */
import { Tooltip } from '@mantine/core'
import { useCallback, useRef } from 'react'
import { addDays, type Day, type Uuid } from '../../../core/domain/time.ts'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import { DateJump } from './DateJump.tsx'
import type { Density } from './density.ts'
import { HallPicker } from './HallPicker.tsx'
import { HolidayName } from './HolidayName.tsx'
import type { Hidden } from './layers.ts'
import type { Place } from './place.ts'
import { dayCountOf, firstDayOf, inView, turned, views } from './place.ts'
import styles from './Toolbar.module.css'
import { viewKeys } from './useCalendarKeys.ts'
import { useHolidays } from './useHolidays.ts'
import { ViewMenu } from './ViewMenu.tsx'
import type { Words } from './words.ts'

interface ToolbarProps {
  place: Place
  today: Day
  resources: readonly ResourceRow[]
  density: Density
  hidden: Hidden
  words: Words
  /** What is opened from the bar: at most one. */
  opened: Opened
  onOpened(opened: Opened): void
  onPlace(place: Place): void
}

export type Opened = 'jump' | 'halls' | 'display' | null

export function Toolbar(props: ToolbarProps) {
  const { place, today, words, opened, onPlace, onOpened } = props
  const { t } = words
  const first = firstDayOf(place)
  const latest = useRef(props)
  latest.current = props
  const openHalls = useCallback((open: boolean) => onOpened(open ? 'halls' : null), [onOpened])
  const openDisplay = useCallback((open: boolean) => onOpened(open ? 'display' : null), [onOpened])
  const onHalls = useCallback((halls: readonly Uuid[]) => {
    latest.current.onPlace({ ...latest.current.place, halls })
  }, [])
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('title')}>
      <Step label={t(`previous.${place.view}`)} keys="K" onClick={() => onPlace(turned(place, -1))}>
        ‹
      </Step>
      <Tooltip label={`${words.day(today)} (T)`}>
        <button
          type="button"
          className={styles.button}
          onClick={() => onPlace({ ...place, day: today })}
        >
          {t('today')}
        </button>
      </Tooltip>
      <Step label={t(`next.${place.view}`)} keys="J" onClick={() => onPlace(turned(place, 1))}>
        ›
      </Step>
      <DateJump
        title={words.title(place)}
        week={
          dayCountOf(place) > 14
            ? ''
            : words.weekNumber(first, addDays(first, dayCountOf(place) - 1))
        }
        day={place.day}
        today={today}
        open={opened === 'jump'}
        words={words}
        onOpen={(open) => onOpened(open ? 'jump' : null)}
        onDay={(day) => onPlace({ ...place, day })}
      />
      {/* Where a day has no head of its own. */}
      {dayCountOf(place) === 1 && <DayName day={place.day} />}
      <span className={styles.space} />
      <fieldset className={styles.segments} aria-label={t('view.label')}>
        {views.map((view) => (
          <button
            type="button"
            key={view}
            data-label={t(`view.${view}`)}
            aria-label={t(`view.${view}`)}
            aria-pressed={view === place.view}
            aria-keyshortcuts={viewKeys[view]}
            title={`${t(`view.${view}`)} (${viewKeys[view].replace('Shift+', '⇧').toUpperCase()})`}
            onClick={() => onPlace(inView(place, view))}
          >
            <span className={styles.long}>{t(`view.${view}`)}</span>
            <span className={styles.short} data-short={t(`view.short.${view}`)} />
          </button>
        ))}
      </fieldset>
      <HallPicker
        resources={props.resources}
        halls={place.halls.join(',')}
        words={words}
        open={opened === 'halls'}
        onOpen={openHalls}
        onHalls={onHalls}
      />
      <ViewMenu
        density={props.density}
        hidden={props.hidden}
        words={words}
        open={opened === 'display'}
        onOpen={openDisplay}
      />
    </div>
  )
}

function DayName({ day }: Readonly<{ day: Day }>) {
  return <HolidayName of={useHolidays(day, day).get(day)} isSaid />
}

interface StepProps {
  label: string
  keys: string
  children: string
  onClick(): void
}

function Step({ label, keys, children, onClick }: StepProps) {
  return (
    <Tooltip label={`${label} (${keys})`}>
      <button
        type="button"
        className={`${styles.button} ${styles.step}`}
        aria-label={label}
        aria-keyshortcuts={keys}
        onClick={onClick}
      >
        {children}
      </button>
    </Tooltip>
  )
}
