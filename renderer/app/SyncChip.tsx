/** SyncChip: where the data is and whether something waits. A word and a sign, never a colour alone. */
import { Popover } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Status } from '../../core/contract.ts'
import { useLink } from '../desk/link.ts'
import { useFormat } from '../format/useFormat.ts'
import classes from './SyncChip.module.css'

export function SyncChip({ status }: { status: Status }) {
  const { t } = useTranslation()
  const format = useFormat()
  const link = useLink((each) => each.state)
  const waits = status.waiting > 0 || link === 'down'
  return (
    <Popover width={300} position="bottom-end" shadow="md">
      <Popover.Target>
        <button type="button" className={classes.chip} data-waits={waits || undefined}>
          <span className={classes.sign} aria-hidden="true" />
          {status.waiting > 0 ? t('sync.waiting', { count: status.waiting }) : t('sync.local')}
        </button>
      </Popover.Target>
      <Popover.Dropdown>{t('sync.localWhy', { time: format.time(status.asOf) })}</Popover.Dropdown>
    </Popover>
  )
}
