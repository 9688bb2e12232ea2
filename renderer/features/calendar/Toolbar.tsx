/** Toolbar: turn pages, say where we are, choose view, hall and density. Holds no state of its own. */
import { Select, Tooltip } from '@mantine/core'
import { memo, useCallback, useMemo, useRef } from 'react'
import type { Day, Uuid } from '../../../core/domain/time.ts'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import { DateJump } from './DateJump.tsx'
import type { Density } from './density.ts'
import { densities } from './density.ts'
import { orderHalls } from './halls.ts'
import type { Place } from './place.ts'
import { dayCountOf, firstDayOf, inView, turned, views } from './place.ts'
import styles from './Toolbar.module.css'
import { viewKeys } from './useCalendarKeys.ts'
import type { Words } from './words.ts'

interface ToolbarProps {
  place: Place
  today: Day
  resources: readonly ResourceRow[]
  density: Density
  words: Words
  jumping: boolean
  onJumping(open: boolean): void
  onPlace(place: Place): void
  onDensity(density: Density): void
}

const ALL = 'all'

export function Toolbar(props: ToolbarProps) {
  const { place, today, words, onPlace } = props
  const { t } = words
  const latest = useRef(props)
  latest.current = props
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
        week={dayCountOf(place) > 14 ? '' : words.weekNumber(firstDayOf(place))}
        day={place.day}
        today={today}
        open={props.jumping}
        words={words}
        onOpen={props.onJumping}
        onDay={(day) => onPlace({ ...place, day })}
      />
      <span className={styles.space} />
      <DensityPicker density={props.density} words={words} onDensity={props.onDensity} />
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
        onHalls={onHalls}
      />
    </div>
  )
}

interface DensityPickerProps {
  density: Density
  words: Words
  onDensity(density: Density): void
}

// The pickers are the kit's: turning a page must not draw them again.
const DensityPicker = memo(function DensityPicker(props: DensityPickerProps) {
  const { t } = props.words
  return (
    <fieldset className={`${styles.segments} ${styles.icons}`} aria-label={t('density.label')}>
      {densities.map((each) => (
        <Tooltip key={each} label={`${t('density.label')}: ${t(`density.${each}`)}`}>
          <button
            type="button"
            className={styles.icon}
            aria-label={t(`density.${each}`)}
            aria-pressed={each === props.density}
            onClick={() => props.onDensity(each)}
          >
            <Rows density={each} />
          </button>
        </Tooltip>
      ))}
    </fieldset>
  )
})

interface HallPickerProps {
  resources: readonly ResourceRow[]
  /** Their ids with commas between; empty: all. */
  halls: string
  words: Words
  onHalls(halls: readonly Uuid[]): void
}

/** All halls, those under one heading, or one. */
const HallPicker = memo(function HallPicker(props: HallPickerProps) {
  const { resources, halls, words, onHalls } = props
  const { t } = words
  const choices = useMemo(
    () => hallChoices(resources, t('allHalls'), (group) => t('allOf', { group })),
    [resources, t],
  )
  return (
    <Select
      className={styles.hall}
      aria-label={t('hallPicker')}
      searchable
      data={choices}
      value={halls || ALL}
      nothingFoundMessage={t('noSuchHall')}
      maxDropdownHeight={420}
      onChange={(value) => onHalls(value === null || value === ALL ? [] : value.split(','))}
    />
  )
})

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

/** Three, four or five lines: what a row of that density looks like from afar. */
const lines: Readonly<Record<Density, readonly number[]>> = {
  S: [3, 6, 9, 12],
  M: [4, 7.5, 11],
  L: [5, 10],
}

function Rows({ density }: Readonly<{ density: Density }>) {
  return (
    <svg width="15" height="15" viewBox="0 0 15 15" aria-hidden="true">
      {lines[density].map((y) => (
        <path key={y} d={`M2 ${y}h11`} stroke="currentColor" strokeWidth="1.4" />
      ))}
    </svg>
  )
}

function hallChoices(
  resources: readonly ResourceRow[],
  all: string,
  allOf: (group: string) => string,
) {
  const groups: { group: string; items: { value: string; label: string }[] }[] = []
  for (const entry of orderHalls(resources)) {
    if (entry.kind === 'group') {
      groups.push({ group: entry.name, items: [] })
      continue
    }
    if (groups.length === 0) groups.push({ group: '', items: [] })
    const indent = '\u2003'.repeat(entry.depth)
    groups.at(-1)?.items.push({ value: entry.hall.id, label: indent + entry.hall.name })
  }
  for (const { group, items } of groups) {
    if (group === '' || items.length < 2) continue
    items.unshift({ value: items.map((item) => item.value).join(','), label: allOf(group) })
  }
  return [{ value: ALL, label: all }, ...groups]
}
