/**
 * SyncChip: where the data is, whether it is fresh and whether something waits. A word and a sign, never a colour alone;
 * a press shows what is behind it.
 */
import { Popover } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Status } from '../../core/contract.ts'
import { outbox } from '../desk/useOutbox.ts'
import { useFormat } from '../format/useFormat.ts'
import classes from './SyncChip.module.css'
import { SyncPanel } from './SyncPanel.tsx'
import type { SyncState } from './syncState.ts'
import { useCalm, useSyncState } from './useSyncState.ts'

/** A screen reader must not be talked to more often. */
const SAY_EVERY_MS = 10_000

export function SyncChip({ status }: { status: Status }) {
  const { t } = useTranslation('sync')
  const [open, setOpen] = useState(false)
  const state = useSyncState(status)
  const words = useWords()
  const text = words(state)
  // That time passes is nothing to be told.
  const said = useCalm(state.kind === 'current' ? t('said.current') : text, SAY_EVERY_MS)
  const toggle = (wanted: boolean) => {
    // How long ago another desk was heard of is known by asking.
    if (wanted) outbox.refresh()
    setOpen(wanted)
  }
  return (
    <>
      <Popover
        opened={open}
        onChange={toggle}
        width={440}
        position="bottom-end"
        shadow="md"
        trapFocus
        returnFocus
        withRoles={false}
      >
        <Popover.Target>
          <button
            type="button"
            className={classes.chip}
            data-sync={state.kind}
            aria-haspopup="dialog"
            aria-expanded={open}
            onClick={() => toggle(!open)}
          >
            <Sign kind={state.kind} />
            <span>{text}</span>
          </button>
        </Popover.Target>
        <Popover.Dropdown role="dialog" aria-label={t('panel.label')} className={classes.dropdown}>
          <SyncPanel status={status} state={state} onLeave={() => setOpen(false)} />
        </Popover.Dropdown>
      </Popover>
      <span role="status" className="visually-hidden">
        {said}
      </span>
    </>
  )
}

function useWords(): (state: SyncState) => string {
  const { t } = useTranslation('sync')
  const format = useFormat()
  return (state) => {
    switch (state.kind) {
      case 'alone':
        return t('chip.alone')
      case 'current':
        return t('chip.current', { time: format.time(state.asOf) })
      case 'sending':
        return t('chip.sending', { count: state.count })
      case 'stuck':
        return state.count > 0 ? t('chip.stuckWaiting', { count: state.count }) : t('chip.stuck')
      case 'cut-off': {
        const time = format.time(state.since)
        return state.count > 0
          ? t('chip.offlineWaiting', { time, count: state.count })
          : t('chip.offline', { time })
      }
      case 'needs':
        return t('chip.needs', { count: state.count })
    }
  }
}

/** Told apart without colour: a ring, a disc, a half disc, a triangle, a square. */
const SIGNS: Readonly<Record<SyncState['kind'], ReactNode>> = {
  alone: <circle cx="5" cy="5" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  current: <circle cx="5" cy="5" r="4.4" />,
  sending: (
    <>
      <circle cx="5" cy="5" r="3.9" fill="none" stroke="currentColor" strokeWidth="1" />
      <path d="M5 1a4 4 0 0 1 0 8z" />
    </>
  ),
  stuck: <path d="M5 .6 9.8 9.4H.2z" />,
  'cut-off': <path d="M5 .6 9.8 9.4H.2z" />,
  needs: <rect x=".8" y=".8" width="8.4" height="8.4" rx="1" />,
}

function Sign({ kind }: Pick<SyncState, 'kind'>) {
  return (
    <svg className={classes.sign} viewBox="0 0 10 10" width="11" height="11" aria-hidden="true">
      {SIGNS[kind]}
    </svg>
  )
}
