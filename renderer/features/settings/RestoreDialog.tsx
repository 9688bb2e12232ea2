/** RestoreDialog: what a backup would undo, in one sentence, before anything happens. */
import { Button, Group, Modal } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RestorePreview } from '../../../core/contract.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { complain, toast } from '../../app/toast.tsx'
import { desk } from '../../desk/client.ts'
import { useView } from '../../desk/store.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './Backup.module.css'

type Props = Readonly<{ file: string; when: string; onClose(): void }>

export function RestoreDialog({ file, when, onClose }: Props) {
  const { t } = useTranslation('backup')
  const { t: app } = useTranslation()
  const format = useFormat()
  const [preview, setPreview] = useState<RestorePreview | null>(null)
  const [busy, setBusy] = useState(false)

  useEffect(() => {
    let here = true
    void desk.invoke('restorePreview', { file }).then((reply) => {
      if (here && reply.ok) setPreview(reply.value)
    })
    return () => {
      here = false
    }
  }, [file])

  const restore = async () => {
    if (busy) return
    setBusy(true)
    try {
      const reply = await desk.invoke('restore', { file })
      if (!reply.ok) throw new Error(reply.error.code)
      // What this window did is not what the desk knows any more.
      useView.setState({ done: [], undone: [], selected: null })
      toast(t('restored', { when }))
    } catch (error) {
      report(error, 'restore')
      complain(t('problem.not-a-backup'))
    }
    onClose()
  }

  return (
    <Modal
      opened
      size={480}
      onClose={onClose}
      title={t('dialog', { when })}
      closeButtonProps={{ 'aria-label': app('close') }}
    >
      <div className={classes.dialog} role="status">
        {!preview && <p className="muted">{t('comparing')}</p>}
        {preview && !preview.ok && (
          <p className={classes.problem}>{t(`problem.${preview.problem.code}`)}</p>
        )}
        {preview?.ok && (
          <>
            <p className={classes.verdict}>
              {preview.changes > 0
                ? t('changes', { count: preview.changes, when })
                : t('changesNone')}
            </p>
            <p>
              {preview.changes > 0 && preview.people.length > 0
                ? `${t('by', { people: format.list(preview.people) })} `
                : ''}
              {t('municipality', { name: preview.municipality })} {t('aside')}
            </p>
          </>
        )}
      </div>
      <Group gap={8} mt={14}>
        {preview?.ok && (
          <Button variant="filled" data-autofocus onClick={() => void restore()}>
            {t('confirm')}
          </Button>
        )}
        <Button onClick={onClose}>{app('cancel')}</Button>
      </Group>
    </Modal>
  )
}
