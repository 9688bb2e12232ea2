/**
 * History: every change in words, by day, newest first, each with its way back where there is one.
 *
 * Of all, or of one hall, person or booking. Undo from here is checked by the core against today's state; where the world
 * has moved on, its sentence stands with the row.
 */
import { Button, Select, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { OUTSIDE, type OutsideChange } from '../../../core/domain/outside-change.ts'
import type { Refusal } from '../../../core/domain/refusal.ts'
import { addDays, type Day, dayOf } from '../../../core/domain/time.ts'
import type { HistoryRow } from '../../../core/queries/rows.ts'
import { undoAndTell } from '../../app/toast.tsx'
import { useView } from '../../desk/store.ts'
import { useToday } from '../../desk/useNow.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { rowText, whoText } from '../../format/history.ts'
import { matches } from '../../format/matches.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import { Unbroken } from '../../ui/Unbroken.tsx'
import { Refused } from '../booking/Refused.tsx'
import { type About, AboutPicker } from './AboutPicker.tsx'
import classes from './History.module.css'
import { KINDS, type Kind, kindOf } from './kinds.ts'

/** Rows asked for at first, and as many more with each press; the contract allows 500. */
const STEP = 100
const MOST = 500

export function History() {
  const { t } = useTranslation('history')
  const format = useFormat()
  const [limit, setLimit] = useState(STEP)
  const [text, setText] = useState('')
  const [kind, setKind] = useState<Kind | ''>('')
  const [who, setWho] = useState('')
  const [about, setAbout] = useState<About | null>(null)
  const { rows } = useQuery('history.recent', {
    limit,
    ...(about ? { about: about.id } : {}),
    ...(who ? { actor: who } : {}),
  })
  const { rows: actors = [] } = useQuery('history.actors', {})
  const { rows: halls } = useQuery('resource.all', {})
  const today = useToday(format.zone)
  if (!rows || !halls) return null

  const told = rows
    .map((row) => ({ row, words: rowText(t, row, rows, halls, format) }))
    .filter(
      ({ row, words }) =>
        (text.trim() === '' || matches(text, words, row.actor, numberOf(row))) &&
        (kind === '' || kindOf(row, rows) === kind),
    )
  const days = new Map<Day, typeof told>()
  for (const each of told) {
    const day = dayOf(each.row.at, format.zone)
    days.set(day, [...(days.get(day) ?? []), each])
  }
  const dayName = (day: Day) =>
    day === today ? t('today') : day === addDays(today, -1) ? t('yesterday') : format.dayLong(day)

  return (
    <Page
      wide
      title={t('title')}
      lead={t('lead')}
      aside={
        <div className={classes.filters}>
          <AboutPicker halls={halls} about={about} onChange={setAbout} />
          <Select
            aria-label={t('kind')}
            w={150}
            data={[
              { value: '', label: t('allKinds') },
              ...KINDS.map((each) => ({ value: each, label: t(`kinds.${each}`) })),
            ]}
            value={kind}
            onChange={(value) => setKind((value ?? '') as Kind | '')}
          />
          {actors.length > 1 && (
            <Select
              aria-label={t('who')}
              w={150}
              data={[
                { value: '', label: t('everybody') },
                ...actors.map((each) => ({ value: each, label: each })),
              ]}
              value={who}
              onChange={(value) => setWho(value ?? '')}
            />
          )}
          <TextInput
            aria-label={t('filter')}
            placeholder={t('filterPlaceholder')}
            leftSection={<IconSearch size={15} stroke={1.5} />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </div>
      }
    >
      {rows.length === 0 && !about && !who && <Empty>{t('empty')}</Empty>}
      {(rows.length > 0 || about || who) && told.length === 0 && (
        <Empty>{text.trim() ? t('nothingFound', { text }) : t('nothingFits')}</Empty>
      )}
      {[...days].map(([day, entries]) => (
        <section key={day} className={classes.day}>
          <h2>{dayName(day)}</h2>
          <ol>
            {entries.map(({ row, words }) => (
              <Entry key={row.command} row={row} words={words} />
            ))}
          </ol>
        </section>
      ))}
      {rows.length >= limit && limit < MOST && (
        <Button onClick={() => setLimit(Math.min(limit + STEP, MOST))}>{t('more')}</Button>
      )}
    </Page>
  )
}

function Entry({ row, words }: { row: HistoryRow; words: string }) {
  const { t } = useTranslation('history')
  const format = useFormat()
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const select = useView((view) => view.select)
  const token = tokenOf(row)
  return (
    <li className={classes.entry} data-undone={row.undoneBy !== null || undefined}>
      <time dateTime={new Date(row.at).toISOString()}>{format.time(row.at)}</time>
      {token ? (
        <button type="button" className={classes.words} onClick={() => select(token)}>
          <Unbroken text={words} />
        </button>
      ) : (
        <span className={classes.words}>
          <Unbroken text={words} />
        </span>
      )}
      <span className={classes.who}>{whoText(t, row)}</span>
      <span className={classes.way}>
        {row.undoneBy !== null ? (
          t('undone')
        ) : row.canUndo && row.undoes === null ? (
          <Button
            size="compact-xs"
            variant="subtle"
            className={classes.undo}
            onClick={() => void undoAndTell(row.command).then(setRefusal)}
          >
            {t('undo')}
          </Button>
        ) : null}
      </span>
      {refusal && (
        <div className={classes.refused}>
          <Refused refusal={refusal} />
        </div>
      )}
    </li>
  )
}

/** The booking a row is about, if it is about one. */
function tokenOf(row: HistoryRow): string | null {
  if (row.name === OUTSIDE) {
    const { tokens, reservations } = row.args as OutsideChange
    const [only, ...others] = tokens
    // What is gone cannot be opened, nor can a closure.
    const there = reservations.added + reservations.changed > 0 && reservations.removed === 0
    return only !== undefined && others.length === 0 && there ? only : null
  }
  const token = (row.args as { token?: unknown } | null)?.token
  return typeof token === 'string' ? token : null
}

/** The number a booking was given, so that it can be searched for. */
function numberOf(row: HistoryRow): string {
  const number = (row.result as { number?: unknown } | null)?.number
  return typeof number === 'number' ? String(number) : ''
}
