/** RecordDialog: what happened although it was not planned (any more): how many, brought when, and fetched when. */
import { Button, Modal, NumberInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ArgsOf } from '../../../core/commands/calls.ts'
import { addDays, dayOf, instantAt } from '../../../core/domain/time.ts'
import { parseClock } from '../../format/clockInput.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './Material.module.css'

/** What is known of it: from a row that is planned no more, or from a booking that went short. */
export type Unplanned = Readonly<{
  type: string
  name: string
  count: number
  /** Null: from whichever store has them. */
  from: string | null
  place: string
  to: string
  at: number
  claim: string | null
  /** It can have been fetched again already. */
  isOut: boolean
}>

type Props = Readonly<{
  trip: Unplanned
  onClose: () => void
  onRecord: (args: ArgsOf<'trip.record'>) => void
}>

export function RecordDialog({ trip, onClose, onRecord }: Props) {
  const { t } = useTranslation('material')
  const { t: app } = useTranslation()
  const format = useFormat()
  const [count, setCount] = useState<number | string>(trip.count)
  const [brought, setBrought] = useState(format.time(trip.at))
  const [fetched, setFetched] = useState('')
  const day = dayOf(trip.at, format.zone)
  const moment = (text: string) => {
    const clock = parseClock(text)
    return clock === null ? null : instantAt(day, clock, format.zone)
  }
  const at = moment(brought)
  const sameDay = fetched === '' ? null : moment(fetched)
  // Fetched before it was brought means: after midnight.
  const backAt =
    sameDay !== null && at !== null && sameDay <= at
      ? instantAt(addDays(day, 1), parseClock(fetched) ?? '', format.zone)
      : sameDay
  const fits = typeof count === 'number' && count >= 1 && count <= 5000
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!fits || at === null || (fetched !== '' && backAt === null)) return
    const { type, from, place, claim } = trip
    onRecord({ type, count, from, place, at, backAt, claim })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('record.title', { name: trip.name, to: trip.to })}
      closeButtonProps={{ 'aria-label': app('close') }}
    >
      <form className={classes.form} onSubmit={submit}>
        <p>{t('record.lead', { day: format.dayLong(day) })}</p>
        <NumberInput
          data-autofocus
          label={t('record.count')}
          min={1}
          max={5000}
          value={count}
          error={!fits}
          onChange={setCount}
        />
        <TextInput
          label={t(trip.isOut ? 'record.brought' : 'record.done')}
          value={brought}
          error={at === null}
          onChange={(event) => setBrought(event.currentTarget.value)}
        />
        {trip.isOut && (
          <TextInput
            label={t('record.fetched')}
            placeholder={t('record.stillThere')}
            value={fetched}
            error={fetched !== '' && backAt === null}
            onChange={(event) => setFetched(event.currentTarget.value)}
          />
        )}
        <div className={classes.buttons}>
          <Button type="submit" variant="filled">
            {t('record.enter')}
          </Button>
          <Button onClick={onClose}>{app('close')}</Button>
        </div>
      </form>
    </Modal>
  )
}
