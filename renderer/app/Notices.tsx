/** Notices: what the clerk has to know once, one sentence each, until read. */
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Notice } from '../../core/contract.ts'
import { desk } from '../desk/client.ts'
import { status } from '../desk/useStatus.ts'
import classes from './lines.module.css'

export function Notices({ notices }: { notices: readonly Notice[] }) {
  const { t } = useTranslation()
  const dismiss = async (index: number) => {
    const reply = await desk.invoke('dismissNotice', { index })
    if (reply.ok) status.set(reply.value)
  }
  return notices.map((notice, index) => (
    <div key={notice.folder} className={classes.line} role="status">
      <p>{t(`notice.${notice.code}`, { ...notice })}</p>
      <Button size="compact-xs" onClick={() => void dismiss(index)}>
        {t('notice.dismiss')}
      </Button>
    </div>
  ))
}
