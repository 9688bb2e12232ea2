/**
 * DaySheet: the caretaker's day. What goes where, when and for whom, in rows of sums, by part of the day; a tick says that
 * it was done, now or at the time that is given. What is late or missing stands out in words and in red. Prints.
 */
import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays, type Day, startOfDay } from '../../../core/domain/time.ts'
import type { MissingRow, TripRow } from '../../../core/queries/material-rows.ts'
import { useView } from '../../desk/store.ts'
import { useNow, useToday } from '../../desk/useNow.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Refused } from '../booking/Refused.tsx'
import { DayChoice } from './DayChoice.tsx'
import classes from './DaySheet.module.css'
import { DayTrip } from './DayTrip.tsx'
import { MaterialPage } from './MaterialPage.tsx'
import { MissingList } from './MissingList.tsx'
import { PrintSheet } from './PrintSheet.tsx'
import { goesWith, partsOfDay } from './parts.ts'
import { RecordDialog, type Unplanned } from './RecordDialog.tsx'
import { TickDialog } from './TickDialog.tsx'
import { TripBar } from './TripBar.tsx'
import { useGive } from './useGive.ts'
import { canNow, isLate, keyOfRow, type Verb } from './verbs.ts'

const DAY = /^\d{4}-\d{2}-\d{2}$/

function unplannedOf(row: TripRow | MissingRow): Unplanned {
  const { type, name, place, to, at, claim } = row
  const trip = { type, name, place, to, at, claim }
  return 'missing' in row
    ? { ...trip, count: row.missing, from: null, isOut: true }
    : { ...trip, count: row.count, from: row.source, isOut: row.way === 'out' }
}

export function DaySheet() {
  const { t } = useTranslation('material')
  const format = useFormat()
  const today = useToday(format.zone)
  const now = useNow()
  const route = useView((view) => view.route)
  const asked = route.split('/')[2] ?? ''
  const day: Day = DAY.test(asked) ? asked : today
  const { rows } = useQuery('material.day', {
    start: startOfDay(day, format.zone),
    end: startOfDay(addDays(day, 1), format.zone),
    late: day === today,
  })
  const [active, setActive] = useState('')
  const [ticking, setTicking] = useState<TripRow | null>(null)
  const [recording, setRecording] = useState<Unplanned | null>(null)
  /** The row whose tick was refused: it can be entered without a plan. */
  const [refusedRow, setRefusedRow] = useState<TripRow | null>(null)
  const { give, busy, refusal, forget } = useGive()
  const grid = useRef<HTMLDivElement>(null)
  /** Where in the list the chosen row is, and whether the keys are with it. */
  const place = useRef(0)
  const isInside = useRef(false)

  const tick = async (one: TripRow, count: number, when: number) => {
    const operations = one.operations.slice(0, count)
    const { claim, place } = one
    const about = keyOfRow(one)
    const done = await give('trip.execute', { operations, at: when, claim, place }, { about })
    if (!done) setRefusedRow(one)
  }
  const doVerb = (verb: Verb, one: TripRow) => {
    if (!canNow(one, verb)) return
    const operations = [...one.operations]
    const { claim } = one
    const moment = Date.now()
    const about = keyOfRow(one)
    setRefusedRow(null)
    if (verb === 'done') void tick(one, one.count, moment)
    else if (verb === 'start')
      void give('trip.start', { operations, at: moment }, { about, canUndo: false })
    else if (verb === 'cancel') void give('trip.cancel', { operations, claim }, { about })
    else if (verb === 'bringBack')
      void give('trip.bring-back', { operations, claim, at: moment }, { about })
    else void give('trip.obliviate', { operations, again: null }, { about })
  }
  // Rows are drawn again only when they have changed, so what they call must stay the same.
  const latest = useRef(doVerb)
  useEffect(() => {
    latest.current = doVerb
  })
  useEffect(() => {
    const stop = grid.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')
    if (!stop) return
    place.current = [...(grid.current?.querySelectorAll('[role="row"]') ?? [])].indexOf(stop)
    // A row that is drawn anew loses the keys to nobody.
    if (isInside.current && document.activeElement === document.body) stop.focus()
  })
  const onTick = useCallback((one: TripRow) => latest.current('done', one), [])
  const onActive = useCallback((one: TripRow) => setActive(keyOfRow(one)), [])
  if (!rows) return null
  const { missing } = rows
  const parts = partsOfDay(rows.trips, now, format.time)
  const trips = parts.flatMap((part) => part.rows)
  const found = trips.findIndex((row) => keyOfRow(row) === active)
  // What was done is another row now: whoever works with the keys goes on where it stood.
  const at = found >= 0 ? found : Math.max(0, Math.min(place.current, trips.length - 1))
  const row = trips[at]
  const open = trips.filter((one) => one.state !== 'done').length
  const late = trips.filter((one) => isLate(one, now)).length
  const lead = [
    open === 0 && trips.length > 0 ? t('day.allDone') : t('day.lead', { count: open }),
    ...(late > 0 ? [t('day.lateLead', { count: late })] : []),
  ].join(' ')

  const focusRow = (index: number) => {
    const next = Math.max(0, Math.min(index, trips.length - 1))
    forget()
    setRefusedRow(null)
    grid.current?.querySelectorAll<HTMLElement>('[role="row"]')[next]?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!row || event.ctrlKey || event.altKey || event.metaKey) return
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: trips.length - 1 }[event.key]
    const verb = { ' ': 'done', u: 'start', a: 'cancel', z: 'bringBack', w: 'never' }[event.key] as
      | Verb
      | undefined
    if (to !== undefined) focusRow(to)
    else if (verb) {
      doVerb(verb, row)
      // Down the list, tick by tick.
      if (verb === 'done' && at + 1 < trips.length) focusRow(at + 1)
    } else if (event.key === 'e' && canNow(row, 'done')) setTicking(row)
    else if (event.key === 'Enter' && row.token) useView.getState().select(row.token)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <MaterialPage
      current="day"
      title={t('day.title')}
      lead={lead}
      actions={
        <Button leftSection={<IconPrinter size={15} stroke={1.5} />} onClick={() => window.print()}>
          {t('day.print')}
        </Button>
      }
      foot={row && <TripBar row={row} onVerb={doVerb} onPart={() => setTicking(row)} />}
    >
      <DayChoice
        day={day}
        today={today}
        onDay={(next) => useView.getState().go(`material/day/${next}`)}
      />
      <MissingList rows={missing} now={now} onRecord={(one) => setRecording(unplannedOf(one))} />
      {refusal && <Refused refusal={refusal} />}
      {refusal?.code === 'gone' && refusedRow && (
        <div className={classes.after}>
          <Button onClick={() => setRecording(unplannedOf(refusedRow))}>{t('record.open')}</Button>
        </div>
      )}
      {trips.length === 0 ? (
        <Empty
          action={
            <Button onClick={() => useView.getState().go('material/things')}>
              {t('day.toThings')}
            </Button>
          }
        >
          {t('day.empty')}
        </Empty>
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: rows that can be walked with the arrows are no table
        <div
          role="grid"
          ref={grid}
          className={classes.sheet}
          aria-label={t('day.title')}
          aria-busy={busy || undefined}
          onKeyDown={onKeyDown}
          onFocus={() => {
            isInside.current = true
          }}
          onBlur={(event) => {
            const to = event.relatedTarget
            if (to !== null && !event.currentTarget.contains(to)) isInside.current = false
          }}
        >
          {parts.map(({ part, rows: own }) => (
            // biome-ignore lint/a11y/useSemanticElements: a part of the grid
            <div key={part} role="rowgroup" aria-label={t(`day.part.${part}`)} data-part={part}>
              <p className={classes.part} aria-hidden="true">
                {t(`day.part.${part}`)}
              </p>
              {own.map((one, index) => (
                <DayTrip
                  key={keyOfRow(one)}
                  row={one}
                  now={now}
                  isStop={one === row}
                  isDitto={goesWith(one, own[index - 1])}
                  onActive={onActive}
                  onTick={onTick}
                />
              ))}
            </div>
          ))}
        </div>
      )}
      <PrintSheet day={day} rows={rows} now={now} />
      {ticking && (
        <TickDialog
          row={ticking}
          onClose={() => setTicking(null)}
          onTick={(count, when) => {
            setTicking(null)
            void tick(ticking, count, when)
          }}
        />
      )}
      {recording && (
        <RecordDialog
          trip={recording}
          onClose={() => setRecording(null)}
          onRecord={(args) => {
            setRecording(null)
            setRefusedRow(null)
            void give('trip.record', args)
          }}
        />
      )}
    </MaterialPage>
  )
}
