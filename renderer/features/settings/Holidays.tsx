/**
 * Holidays: the canton whose law holds here, the days the municipality adds, and the school holidays from a file.
 *
 * Each change is one command and can be undone. What a choice means is shown at once: the days of this year and the
 * next stand below it, as the calendar will show them.
 */

import { Button, Checkbox, Select } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ArgsOf } from '../../../core/commands/calls.ts'
import { CANTONS, type Canton, type NamedDays } from '../../../core/domain/holidays.ts'
import { daysBetween } from '../../../core/domain/time.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { complain, toast } from '../../app/toast.tsx'
import { useCommand } from '../../desk/useCommand.ts'
import { useToday } from '../../desk/useNow.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Page } from '../../ui/Page.tsx'
import classes from './Holidays.module.css'
import { OwnHoliday } from './OwnHoliday.tsx'
import { SchoolFile } from './SchoolFile.tsx'

type Facts = ArgsOf<'holidays.change'>
interface Settings {
  readonly own: readonly NamedDays[]
  readonly school: readonly NamedDays[]
}
const NONE: Settings = { own: [], school: [] }
/** What is to change, made of what is kept when its turn comes. True unless it was refused. */
type SaveHolidays = (change: (now: Settings) => Facts) => Promise<boolean>

export function Holidays() {
  const { t } = useTranslation('holidays')
  const { t: app } = useTranslation()
  const format = useFormat()
  const year = Number(useToday(format.zone).slice(0, 4))
  const { rows: settings } = useQuery('holiday.settings', {})
  const { rows: shown = [] } = useQuery('holiday.range', {
    from: `${year}-01-01`,
    until: `${year + 1}-12-31`,
    language: format.language,
  })
  const { run } = useCommand('holidays.change')
  const line = useRef<Promise<unknown>>(Promise.resolve())
  /** As the last accepted change has left them; the rows are read a moment later. */
  const known = useRef<Settings>(NONE)
  useEffect(() => {
    if (settings) known.current = settings
  }, [settings])
  if (!settings) return null

  /** One after the other, each from what the one before has left: two days go by two clicks, however fast. */
  const save: SaveHolidays = (change) => {
    const mine = line.current.then(() => saveNow(change))
    line.current = mine
    return mine
  }
  const saveNow: SaveHolidays = async (change) => {
    try {
      const facts = change(known.current)
      const { id, outcome } = await run(facts)
      if (outcome.status === 'accepted') {
        const { own = known.current.own, school = known.current.school } = facts
        known.current = { own, school }
      }
      if (outcome.status === 'accepted') toast(t('saved'), id)
      return outcome.status !== 'refused'
    } catch (error) {
      report(error, 'holidays.change')
      complain(app('failed.title'))
      return false
    }
  }
  const without = (days: readonly NamedDays[], one: NamedDays) =>
    days.filter((each) => !isSame(each, one))
  const chooseOptional = (optional: boolean) => save(() => ({ optional }))
  const byLaw = shown.filter((each) => each.kind === 'public')

  return (
    <Page title={t('title')} lead={t('lead')}>
      <div className={classes.canton}>
        <Select
          label={t('canton')}
          searchable
          selectFirstOptionOnChange
          w={280}
          data={[
            { value: '', label: t('cantonNone') },
            ...CANTONS.map((each) => ({ value: each, label: t(`cantons.${each}`) })),
          ]}
          value={settings.canton ?? ''}
          onChange={(value) => void save(() => ({ canton: (value || null) as Canton | null }))}
        />
        <Checkbox
          label={t('optional')}
          checked={settings.optional}
          disabled={settings.canton === null}
          onChange={(event) => void chooseOptional(event.currentTarget.checked)}
        />
      </div>
      <Section title={t('public')}>
        <Days days={byLaw} none={t('publicNone')} columns />
      </Section>
      <Section title={t('own')}>
        <Days
          days={settings.own}
          none={t('ownNone')}
          onRemove={(one) => void save(({ own }) => ({ own: without(own, one) }))}
        />
        <OwnHoliday onAdd={(one) => save(({ own }) => ({ own: inOrder([...own, one]) }))} />
      </Section>
      <Section
        title={t('school')}
        aside={
          settings.school.length > 1 && (
            <Button size="compact-xs" onClick={() => void save(() => ({ school: [] }))}>
              {t('removeAll')}
            </Button>
          )
        }
      >
        <Days
          days={settings.school}
          none={t('schoolNone')}
          onRemove={(one) => void save(({ school }) => ({ school: without(school, one) }))}
        />
        <SchoolFile
          known={settings.school}
          onTake={(days) => save(({ school }) => ({ school: inOrder([...school, ...days]) }))}
        />
      </Section>
    </Page>
  )
}

const isSame = (one: NamedDays, other: NamedDays) =>
  one.from === other.from && one.until === other.until && one.name === other.name

function inOrder(days: readonly NamedDays[]): NamedDays[] {
  return [...days].sort((one, other) => (one.from < other.from ? -1 : 1))
}

type SectionProps = Readonly<{ title: string; aside?: ReactNode; children: ReactNode }>

function Section({ title, aside, children }: SectionProps) {
  return (
    <section className={classes.section}>
      <header>
        <h2>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  )
}

type DaysProps = Readonly<{
  days: readonly NamedDays[]
  none: string
  columns?: boolean
  onRemove?(one: NamedDays): void
}>

function Days({ days, none, columns, onRemove }: DaysProps) {
  const { t } = useTranslation('holidays')
  const format = useFormat()
  if (days.length === 0) return <p className={classes.none}>{none}</p>
  return (
    <ul className={classes.days} data-columns={columns || undefined}>
      {days.map((one) => (
        <li key={`${one.from} ${one.until} ${one.name}`}>
          <time dateTime={one.from}>
            {one.from === one.until
              ? format.day(one.from)
              : `${format.day(one.from)} – ${format.day(one.until)}`}
          </time>
          <span className={classes.name}>{one.name}</span>
          {!columns && (
            <span className={classes.count}>
              {t('days', { count: daysBetween(one.from, one.until) + 1 })}
            </span>
          )}
          {onRemove && (
            <Button
              size="compact-xs"
              variant="subtle"
              aria-label={t('remove', { name: one.name })}
              onClick={() => onRemove(one)}
            >
              ×
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
