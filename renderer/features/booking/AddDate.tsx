/**
 * AddDate: one more date or room under the same number: "also the kitchen", "and the Friday before".
 *
 * Begins with a room that goes with the booking, at its time; Ctrl+Enter takes it, Esc leaves it. The core decides.
 */
import { Button, Select, TextInput } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alternative, Refusal } from '../../../core/domain/refusal.ts'
import { clockTimeAt, dayOf } from '../../../core/domain/time.ts'
import type { BookingRow, ResourceRow } from '../../../core/queries/rows.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { complain, toast } from '../../app/toast.tsx'
import { useCommand } from '../../desk/useCommand.ts'
import { useNow } from '../../desk/useNow.ts'
import { useZone } from '../../desk/useStatus.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Keys } from '../../ui/Keys.tsx'
import classes from './AddDate.module.css'
import { companionOf } from './companion.ts'
import { fitOf } from './day.ts'
import { FitLine } from './FitLine.tsx'
import { hallOptions } from './hallOptions.ts'
import { momentOf } from './moment.ts'
import { Refused } from './Refused.tsx'
import { useHallDay } from './useHallDay.ts'

type Props = Readonly<{ row: BookingRow; halls: readonly ResourceRow[]; onDone: () => void }>

export function AddDate({ row, halls, onDone }: Props) {
  const { t } = useTranslation('dates')
  const { t: booking } = useTranslation('booking')
  const { t: app } = useTranslation()
  const format = useFormat()
  const zone = useZone()
  const now = useNow()
  const { run, busy } = useCommand('reservation.add')
  const near = row.dates.find((date) => date.end > now) ?? row.dates[0]
  const [resource, setResource] = useState(
    () =>
      companionOf(
        row.dates.map((date) => date.resource),
        halls,
      )?.id ??
      near?.resource ??
      '',
  )
  const [date, setDate] = useState(near ? format.date(dayOf(near.start, zone)) : '')
  const [from, setFrom] = useState(near ? clockTimeAt(near.start, zone) : '')
  const [to, setTo] = useState(near ? endText(near.end, zone) : '')
  const [tried, setTried] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  const options = useMemo(() => hallOptions(halls), [halls])
  const hall = halls.find((each) => each.id === resource)
  const moment = momentOf({ date, from, to }, zone, now)
  const day = useHallDay(hall, halls, moment.day, zone, row.token)
  const fit = day && moment.during ? fitOf(day, moment.during, row.places) : null
  const wrong = (field: 'date' | 'from' | 'to') => {
    const missing = tried ? moment.errors[field] : undefined
    return missing && missing !== 'long' ? booking(`missing.${missing}`) : undefined
  }

  const add = async () => {
    setTried(true)
    if (busy || !moment.during || resource === '') return
    try {
      const { id, outcome } = await run({
        token: row.token,
        resource,
        during: moment.during,
        places: row.places,
      })
      if (outcome.status === 'refused') {
        setRefusal(outcome.refusal)
        return
      }
      const { start, end } = moment.during
      const when = format.span(start, end)
      if (outcome.status === 'accepted') {
        toast(t('added', { title: row.title, where: hall?.name ?? '', when }), id)
      }
      onDone()
    } catch (error) {
      report(error, 'reservation.add')
      complain(app('failed.title'))
    }
  }
  const take = (other: Alternative) => {
    setResource(other.resource)
    setDate(format.date(dayOf(other.start, zone)))
    setFrom(clockTimeAt(other.start, zone))
    setTo(endText(other.end, zone))
    setRefusal(null)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void add()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void add()
    } else if (event.key === 'Escape' && !isListOpen(event.target)) {
      event.preventDefault()
      onDone()
    }
  }

  return (
    <form
      className={classes.form}
      aria-label={t('addTitle')}
      onSubmit={onSubmit}
      onKeyDown={onKeyDown}
      noValidate
    >
      {refusal && <Refused refusal={refusal} onTake={take} />}
      <Select
        autoFocus
        label={booking('where')}
        searchable
        openOnFocus={false}
        selectFirstOptionOnChange
        data={options}
        value={resource || null}
        error={tried && resource === '' && booking('missing.resource')}
        maxDropdownHeight={260}
        onChange={(value) => setResource(value ?? '')}
      />
      <div className={classes.when}>
        <TextInput
          label={booking('date')}
          value={date}
          error={wrong('date')}
          autoComplete="off"
          onChange={(event) => setDate(event.currentTarget.value)}
        />
        <TextInput
          label={booking('from')}
          value={from}
          error={wrong('from')}
          autoComplete="off"
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          label={booking('to')}
          value={to}
          error={wrong('to')}
          autoComplete="off"
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </div>
      {hall && moment.day && <FitLine fit={fit} day={day} />}
      <div className={classes.acts}>
        <Button
          type="submit"
          variant="filled"
          aria-disabled={busy}
          aria-keyshortcuts="Control+Enter"
        >
          {t(row.state === 'booked' ? 'addGo' : 'addAsk')} <Keys keys="Ctrl ⏎" plain />
        </Button>
        <Button onClick={onDone}>{t('addCancel')}</Button>
      </div>
    </form>
  )
}

function endText(end: number, zone: string): string {
  const time = clockTimeAt(end, zone)
  return time === '00:00' ? '24:00' : time
}

function isListOpen(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.getAttribute('aria-expanded') === 'true'
}
