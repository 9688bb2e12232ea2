/** TopBar: what is needed from everywhere: reserve, find, where the data is, undo, whose desk this is. */
import { Button, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconPlus, IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Status } from '../../core/contract.ts'
import { useView } from '../desk/store.ts'
import { useQuery } from '../desk/useQuery.ts'
import { ParkedCount } from '../features/booking/ParkedCalls.tsx'
import { useFormat } from '../format/useFormat.ts'
import { stepText } from '../format/wish.ts'
import { Keys } from '../ui/Keys.tsx'
import { Mark } from '../ui/Mark.tsx'
import { SyncChip } from './SyncChip.tsx'
import classes from './TopBar.module.css'
import { redoAndTell, undoAndTell } from './toast.tsx'

export function TopBar({ status }: { status: Status }) {
  const { t } = useTranslation()
  const openBooking = useView((view) => view.openBooking)
  return (
    <div className={classes.bar}>
      <span className={classes.mark}>
        <Mark />
      </span>
      <Button
        variant="filled"
        className={classes.primary}
        leftSection={<IconPlus size={15} stroke={2} />}
        aria-keyshortcuts="N F2"
        onClick={() => openBooking()}
      >
        {t('newBooking')} <Keys keys="N" plain />
      </Button>
      <ParkedCount />
      <button
        type="button"
        className={classes.search}
        aria-keyshortcuts="Control+K"
        onClick={() => useView.getState().togglePalette(true)}
      >
        <IconSearch size={15} stroke={1.5} aria-hidden="true" />
        <span>{t('search')}</span>
        <Keys keys="Ctrl K" />
      </button>
      <span className={classes.space} />
      <SyncChip status={status} />
      <UndoButtons />
      <span className={classes.municipality} title={status.municipality}>
        {status.municipality}
      </span>
    </div>
  )
}

function UndoButtons() {
  const { t } = useTranslation()
  const { t: history } = useTranslation('history')
  const { t: sync } = useTranslation('sync')
  const format = useFormat()
  const last = useView((view) => view.done.at(-1))
  const undone = useView((view) => view.undone.at(-1))
  const { rows: halls } = useQuery('resource.all', {})
  const say = (done: typeof last) => (done ? stepText({ history, sync }, done, halls, format) : '')
  return (
    <span className={classes.undo}>
      <Tooltip label={last ? t('undoWhat', { what: say(last) }) : t('undoNothing')} multiline>
        <Button
          leftSection={<IconArrowBackUp size={16} stroke={1.5} />}
          aria-keyshortcuts="Control+Z"
          aria-disabled={!last}
          onClick={() => void undoAndTell()}
        >
          {t('undo')} <Keys keys="Ctrl Z" />
        </Button>
      </Tooltip>
      {undone && (
        <Tooltip label={t('redoWhat', { what: say(undone.of) })} multiline>
          <Button
            aria-label={t('redo')}
            aria-keyshortcuts="Control+Shift+Z"
            onClick={() => void redoAndTell()}
          >
            <IconArrowForwardUp size={16} stroke={1.5} />
          </Button>
        </Tooltip>
      )}
    </span>
  )
}
