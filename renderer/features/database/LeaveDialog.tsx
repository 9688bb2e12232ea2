/** LeaveDialog: what stays where when this desk leaves the shared database, and what would never be sent. */
import { Button, Group, Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Status } from '../../../core/contract.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { complain } from '../../app/toast.tsx'
import { useOutbox } from '../../desk/useOutbox.ts'
import { leave } from './connecting.ts'
import classes from './Database.module.css'

export function LeaveDialog({
  status,
  onClose,
}: Readonly<{ status: Status; onClose: () => void }>) {
  const { t } = useTranslation('database')
  const { t: app } = useTranslation()
  const [busy, setBusy] = useState(false)
  const outbox = useOutbox()
  const waiting = outbox?.waiting.filter(({ standing }) => standing !== 'withdrawn').length ?? 0
  const concerns = outbox?.concerns.length ?? 0
  const isLost = waiting + concerns > 0
  const go = async () => {
    if (busy) return
    setBusy(true)
    try {
      await leave()
    } catch (error) {
      report(error, 'leave')
      complain(app('failed.title'))
      setBusy(false)
      onClose()
    }
  }
  return (
    <Modal
      opened
      size={480}
      onClose={onClose}
      title={t('leaving.title')}
      closeButtonProps={{ 'aria-label': app('close') }}
    >
      <div className={classes.leaving}>
        <p>{t('leaving.there')}</p>
        <p>{t('leaving.here')}</p>
        {isLost && (
          <div className={classes.trouble} role="alert">
            {waiting > 0 && <p>{t('leaving.waiting', { count: waiting })}</p>}
            {concerns > 0 && <p>{t('leaving.concerns', { count: concerns })}</p>}
          </div>
        )}
      </div>
      <Group gap={8} mt={14}>
        <Button
          variant={isLost ? 'default' : 'filled'}
          data-autofocus={isLost ? undefined : true}
          aria-disabled={busy || status.phase !== 'ready'}
          onClick={() => void go()}
        >
          {t(isLost ? 'leaving.goAnyway' : 'leaving.go')}
        </Button>
        <Button data-autofocus={isLost ? true : undefined} onClick={onClose}>
          {app('cancel')}
        </Button>
      </Group>
    </Modal>
  )
}
