/**
 * DaySheet: the caretaker's day. What goes where, when and for whom, in rows of sums; a tick says that it was done, now
 * or at the time that is given. What is late or missing stands out in words and in red. Prints on one sheet.
 */
import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays, type Day, startOfDay } from '../../../core/domain/time.ts'
import type { TripRow } from '../../../core/queries/material-rows.ts'
import { useView } from '../../desk/store.ts'
import { useNow, useToday } from '../../desk/useNow.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Refused } from '../booking/Refused.tsx'
import { DayChoice } from './DayChoice.tsx'
import { DayTrip } from './DayTrip.tsx'
import classes from './Material.module.css'
import { MaterialPage } from './MaterialPage.tsx'
import { TickDialog } from './TickDialog.tsx'
import { TripBar } from './TripBar.tsx'
import { useGive } from './useGive.ts'
import { canNow, keyOfRow, type Verb } from './verbs.ts'

const DAY = /^\d{4}-\d{2}-\d{2}$/

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
  const { give, busy, refusal, forget } = useGive()
  const grid = useRef<HTMLDivElement>(null)
  if (!rows) return null
  const { trips, missing } = rows
  const at = Math.max(
    0,
    trips.findIndex((row) => keyOfRow(row) === active),
  )
  const row = trips[at]
  const open = trips.filter((one) => one.state !== 'done').length

  const tick = (one: TripRow, count: number, when: number) => {
    const operations = one.operations.slice(0, count)
    return give('trip.execute', { operations, at: when, claim: one.claim, place: one.place })
  }
  const doVerb = (verb: Verb, one: TripRow) => {
    if (!canNow(one, verb)) return
    const operations = [...one.operations]
    const { claim } = one
    const moment = Date.now()
    if (verb === 'done') void tick(one, one.count, moment)
    else if (verb === 'start') void give('trip.start', { operations, at: moment }, false)
    else if (verb === 'cancel') void give('trip.cancel', { operations, claim })
    else if (verb === 'bringBack') void give('trip.bring-back', { operations, claim, at: moment })
    else void give('trip.obliviate', { operations, again: null })
  }
  const focusRow = (index: number) => {
    const next = trips[Math.max(0, Math.min(index, trips.length - 1))]
    if (!next) return
    setActive(keyOfRow(next))
    forget()
    grid.current?.querySelectorAll<HTMLElement>('[role="row"]')[trips.indexOf(next)]?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!row || event.ctrlKey || event.altKey || event.metaKey) return
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: trips.length - 1 }[event.key]
    const verb = { ' ': 'done', u: 'start', a: 'cancel', z: 'bringBack', w: 'never' }[event.key] as
      | Verb
      | undefined
    if (to !== undefined) focusRow(to)
    else if (verb) doVerb(verb, row)
    else if (event.key === 'e' && canNow(row, 'done')) setTicking(row)
    else if (event.key === 'Enter' && row.token) useView.getState().select(row.token)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <MaterialPage
      current="day"
      title={t('day.title')}
      lead={t('day.lead', { count: open })}
      actions={
        <Button leftSection={<IconPrinter size={15} stroke={1.5} />} onClick={() => window.print()}>
          {t('day.print')}
        </Button>
      }
    >
      <DayChoice
        day={day}
        today={today}
        onDay={(next) => useView.getState().go(`material/day/${next}`)}
      />
      {missing.length > 0 && (
        <ul className={classes.missing} aria-label={t('day.missing')}>
          {missing.map((one) => (
            <li key={one.claim}>
              <b>{t('day.missingCount', { count: one.missing, name: one.name })}</b>
              <span>
                → {one.to}, {format.moment(one.at)}
              </span>
              <button type="button" onClick={() => useView.getState().select(one.token)}>
                {one.title} ({one.number})
              </button>
            </li>
          ))}
        </ul>
      )}
      {refusal && <Refused refusal={refusal} />}
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
        >
          {trips.map((one, index) => (
            <DayTrip
              key={keyOfRow(one)}
              row={one}
              now={now}
              isStop={index === at}
              isToday={day === today}
              onActive={() => setActive(keyOfRow(one))}
              onTick={() => doVerb('done', one)}
            />
          ))}
        </div>
      )}
      {row && <TripBar row={row} onVerb={doVerb} onPart={() => setTicking(row)} />}
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
    </MaterialPage>
  )
}
