/** Blockers: the times that are closed, from today on, with their reason; each can be lifted. */
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dayOf, startOfDay } from '../../../core/domain/time.ts'
import type { BlockerRow } from '../../../core/queries/blocker-rows.ts'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { complain, toast } from '../../app/toast.tsx'
import { useView } from '../../desk/store.ts'
import { useCommand } from '../../desk/useCommand.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Keys } from '../../ui/Keys.tsx'
import classes from './Blockers.module.css'
import { Sections } from './Sections.tsx'

const create = () => useView.getState().go('availability/block')

export function Blockers({ halls }: { halls: readonly ResourceRow[] }) {
  const { t } = useTranslation('blockers')
  const { t: app } = useTranslation()
  const format = useFormat()
  const [from] = useState(() => startOfDay(dayOf(Date.now(), format.zone), format.zone))
  const { rows } = useQuery('blocker.all', { from })
  const { run } = useCommand('blocker.remove')
  if (!rows) return null
  const lift = async (blocker: BlockerRow) => {
    try {
      const { id, outcome } = await run({ token: blocker.token, steps: [] }, blocker.token)
      if (outcome.status === 'accepted') toast(t('lifted', { reason: blocker.reason }), id)
    } catch (error) {
      report(error, 'blocker.remove')
      complain(app('failed.title'))
    }
  }
  const names = (blocker: BlockerRow) =>
    format.list(
      halls.filter((hall) => blocker.resources.includes(hall.id)).map((hall) => hall.name),
    )
  return (
    <Sections
      current="blockers"
      actions={
        <Button variant="filled" leftSection={<IconPlus size={15} stroke={2} />} onClick={create}>
          {t('new')} <Keys keys="B" plain />
        </Button>
      }
    >
      {rows.length === 0 ? (
        <Empty action={<Button onClick={create}>{t('new')}</Button>}>{t('empty')}</Empty>
      ) : (
        <ul className={classes.list}>
          {rows.map((blocker) => (
            <li key={blocker.token}>
              <i aria-hidden="true" />
              <strong>{blocker.reason || t('noReason')}</strong>
              <span>{names(blocker)}</span>
              <span className={classes.when}>{format.span(blocker.start, blocker.end)}</span>
              <Button
                size="compact-xs"
                aria-label={`${t('lift')}: ${blocker.reason}, ${names(blocker)}`}
                onClick={() => void lift(blocker)}
              >
                {t('lift')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Sections>
  )
}
