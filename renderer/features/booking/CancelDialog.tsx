/**
 * CancelDialog: asks once, with the reason, and says what will not happen (no message goes out).
 *
 * Of several dates only the one that was pointed at goes, unless the clerk says all. The focus begins on the reason;
 * Enter cancels, Esc keeps it.
 */
import { Button, Modal, Radio, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Refusal } from '../../../core/domain/refusal.ts'
import type { BookingRow } from '../../../core/queries/rows.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { complain, toast } from '../../app/toast.tsx'
import { useCommand } from '../../desk/useCommand.ts'
import { useFormat } from '../../format/useFormat.ts'
import { useLimit } from '../../format/useLimit.ts'
import classes from './CancelDialog.module.css'
import { Refused } from './Refused.tsx'

type Props = Readonly<{
  row: BookingRow
  /** One of several; null: the whole booking. */
  date: BookingRow['dates'][number] | null
  onClose: () => void
}>

export function CancelDialog({ row, date, onClose }: Props) {
  const { t } = useTranslation('booking')
  const { t: dates } = useTranslation('dates')
  const { t: app } = useTranslation()
  const format = useFormat()
  const cancelling = useCommand('reservation.cancel')
  const dropping = useCommand('reservation.drop')
  const busy = cancelling.busy || dropping.busy
  const [onlyThis, setOnlyThis] = useState(date !== null)
  const [reason, setReason] = useState('')
  const limit = useLimit()
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const first = date ?? row.dates[0]
  const asked = row.state === 'request' || row.state === 'waiting'

  const cancel = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || limit('reason', reason)) return
    try {
      const because = { token: row.token, reason: reason.trim() }
      const { id, outcome } =
        onlyThis && date
          ? await dropping.run({ ...because, from: { resource: date.resource, start: date.start } })
          : await cancelling.run(because)
      if (outcome.status === 'refused') {
        setRefusal(outcome.refusal)
        return
      }
      onClose()
      if (outcome.status === 'accepted') {
        const told =
          onlyThis && date
            ? dates('dropped', { title: row.title, when: format.span(date.start, date.end) })
            : t('cancelling.done', { title: row.title, number: row.number })
        toast(told, id)
      }
    } catch (error) {
      report(error, 'reservation.cancel')
      complain(app('failed.title'))
    }
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('cancelling.title', { title: row.title })}
      closeButtonProps={{ 'aria-label': app('close') }}
    >
      <form className={classes.form} onSubmit={(event) => void cancel(event)}>
        {refusal && <Refused refusal={refusal} />}
        {first && (
          <p>
            {t(asked ? 'cancelling.textRequest' : 'cancelling.text', {
              when: format.span(first.start, first.end),
              where: first.resourceName,
            })}
          </p>
        )}
        {date && (
          <Radio.Group
            label={dates('which')}
            value={onlyThis ? 'this' : 'all'}
            onChange={(value) => setOnlyThis(value === 'this')}
          >
            <div className={classes.which}>
              <Radio
                value="this"
                label={dates('onlyThis', {
                  when: format.span(date.start, date.end),
                  where: date.resourceName,
                })}
              />
              <Radio value="all" label={dates('wholeBooking', { count: row.dates.length })} />
            </div>
          </Radio.Group>
        )}
        <TextInput
          data-autofocus
          label={t('cancelling.reason')}
          description={t('cancelling.reasonHint')}
          error={limit('reason', reason)}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <div className={classes.actions}>
          <Button type="submit" className={classes.danger} aria-disabled={busy}>
            {t(asked ? 'cancelling.withdraw' : 'cancelling.go')}
          </Button>
          <Button onClick={onClose}>{t('cancelling.keep')}</Button>
        </div>
      </form>
    </Modal>
  )
}
