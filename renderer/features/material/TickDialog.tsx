/** TickDialog: how many were done, and when; for a part of a row, or for what is ticked afterwards. */
import { Button, Modal, NumberInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dayOf, instantAt } from '../../../core/domain/time.ts'
import type { TripRow } from '../../../core/queries/material-rows.ts'
import { useNow } from '../../desk/useNow.ts'
import { parseClock } from '../../format/clockInput.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './Material.module.css'

type Props = Readonly<{
  row: TripRow
  onClose: () => void
  onTick: (count: number, at: number) => void
}>

export function TickDialog({ row, onClose, onTick }: Props) {
  const { t } = useTranslation('material')
  const { t: app } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const [count, setCount] = useState<number | string>(row.count)
  const [time, setTime] = useState('')
  const clock = time === '' ? null : parseClock(time)
  const wrong = time !== '' && clock === null
  const fits = typeof count === 'number' && count >= 1 && count <= row.count
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!fits || wrong) return
    const at = clock === null ? Date.now() : instantAt(dayOf(now, format.zone), clock, format.zone)
    onTick(count, at)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('tick.title', { name: row.name, to: row.to })}
      closeButtonProps={{ 'aria-label': app('close') }}
    >
      <form className={classes.form} onSubmit={submit}>
        <NumberInput
          data-autofocus
          label={t('tick.count', { count: row.count })}
          min={1}
          max={row.count}
          value={count}
          error={!fits}
          onChange={setCount}
        />
        <TextInput
          label={t('tick.time')}
          placeholder={format.time(now)}
          value={time}
          error={wrong}
          onChange={(event) => setTime(event.currentTarget.value)}
        />
        <div className={classes.buttons}>
          <Button type="submit" variant="filled">
            {t('verbs.done')}
          </Button>
          <Button onClick={onClose}>{app('close')}</Button>
        </div>
      </form>
    </Modal>
  )
}
