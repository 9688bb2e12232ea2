/**
 * CancelDialog: asks once, with the reason, and says what will not happen (no message goes out).
 *
 * The focus begins on the reason; Enter cancels the booking, Esc keeps it.
 */
import { Button, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Refusal } from '../../../core/domain/refusal.ts'
import type { BookingRow } from '../../../core/queries/rows.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { complain, toast } from '../../app/toast.tsx'
import { useCommand } from '../../desk/useCommand.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './CancelDialog.module.css'
import { Refused } from './Refused.tsx'

export function CancelDialog({ row, onClose }: { row: BookingRow; onClose: () => void }) {
  const { t } = useTranslation('booking')
  const { t: app } = useTranslation()
  const format = useFormat()
  const { run, busy } = useCommand('reservation.cancel')
  const [reason, setReason] = useState('')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const first = row.dates[0]
  const asked = row.state === 'request' || row.state === 'waiting'

  const cancel = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    try {
      const { id, outcome } = await run({ token: row.token, reason: reason.trim() })
      if (outcome.status === 'refused') {
        setRefusal(outcome.refusal)
        return
      }
      onClose()
      if (outcome.status === 'accepted') {
        toast(t('cancelling.done', { title: row.title, number: row.number }), id)
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
        <TextInput
          data-autofocus
          label={t('cancelling.reason')}
          description={t('cancelling.reasonHint')}
          maxLength={500}
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
