/**
 * Holidays: the canton whose law holds here, the days the municipality adds, and the school holidays from a file.
 *
 * Each change is one command and can be undone. What a choice means is shown at once: the days of this year and the
 * next stand below it, as the calendar will show them.
 */

import { Button, Checkbox, Select } from '@mantine/core'
import type { ReactNode } from 'react'
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

export type SaveHolidays = (facts: ArgsOf<'holidays.change'>) => Promise<boolean>

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
  if (!settings) return null

  const save: SaveHolidays = async (facts) => {
    try {
      const { id, outcome } = await run(facts)
      if (outcome.status === 'accepted') toast(t('saved'), id)
      return outcome.status !== 'refused'
    } catch (error) {
      report(error, 'holidays.change')
      complain(app('failed.title'))
      return false
    }
  }
  const without = (days: readonly NamedDays[], one: NamedDays) =>
    days.filter((each) => each !== one)
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
          onChange={(value) => void save({ canton: (value || null) as Canton | null })}
        />
        <Checkbox
          label={t('optional')}
          checked={settings.optional}
          disabled={settings.canton === null}
          onChange={(event) => void save({ optional: event.currentTarget.checked })}
        />
      </div>
      <Section title={t('public')}>
        <Days days={byLaw} none={t('publicNone')} columns />
      </Section>
      <Section title={t('own')}>
        <Days
          days={settings.own}
          none={t('ownNone')}
          onRemove={(one) => void save({ own: without(settings.own, one) })}
        />
        <OwnHoliday onAdd={(one) => save({ own: inOrder([...settings.own, one]) })} />
      </Section>
      <Section
        title={t('school')}
        aside={
          settings.school.length > 1 && (
            <Button size="compact-xs" onClick={() => void save({ school: [] })}>
              {t('removeAll')}
            </Button>
          )
        }
      >
        <Days
          days={settings.school}
          none={t('schoolNone')}
          onRemove={(one) => void save({ school: without(settings.school, one) })}
        />
        <SchoolFile
          known={settings.school}
          onTake={(days) => save({ school: inOrder([...settings.school, ...days]) })}
        />
      </Section>
    </Page>
  )
}

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
