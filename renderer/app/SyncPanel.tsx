/**
 * SyncPanel: what the sign in the top bar stands for: how it is, in a sentence; what waits, and can be taken back; and
 * the other desks.
 */
import { Button } from '@mantine/core'
import { Fragment, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Status } from '../../core/contract.ts'
import { desk } from '../desk/client.ts'
import { useView } from '../desk/store.ts'
import { outbox, useOutbox } from '../desk/useOutbox.ts'
import { serverProblemText } from '../format/serverProblem.ts'
import { useFormat } from '../format/useFormat.ts'
import { DeskList } from './DeskList.tsx'
import classes from './SyncPanel.module.css'
import type { SyncState } from './syncState.ts'
import { WaitingList } from './WaitingList.tsx'

/** How long ago the others were heard of is told to the minute. */
const ASK_EVERY_MS = 15_000

type Props = Readonly<{ status: Status; state: SyncState; onLeave: () => void }>

export function SyncPanel({ status, state, onLeave }: Props) {
  const { t } = useTranslation('sync')
  const { t: database } = useTranslation('database')
  const format = useFormat()
  const waiting = useOutbox()
  useEffect(() => {
    const timer = setInterval(outbox.refresh, ASK_EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  const go = (route: string) => {
    onLeave()
    useView.getState().go(route)
  }
  const { server } = status

  if (!server) {
    return (
      <div className={classes.panel}>
        <p className={classes.verdict}>{t('chip.alone')}</p>
        <p>{t('panel.aloneText', { time: format.time(status.asOf) })}</p>
        <div className={classes.buttons}>
          <Button data-autofocus onClick={() => go('settings/database')}>
            {t('panel.connect')}
          </Button>
        </div>
        <Needs status={status} onShow={() => go('attention')} />
      </div>
    )
  }
  const isOut = status.mode === 'cut-off'
  // That nobody answers is said already.
  const problem = server.trouble?.code === 'unreachable' ? null : server.trouble
  return (
    <div className={classes.panel}>
      <p className={classes.verdict}>
        {isOut
          ? t('panel.cutOff', { time: format.time(server.since) })
          : problem
            ? t('panel.stuck')
            : state.kind === 'sending'
              ? t('panel.sending')
              : t('panel.current')}
      </p>
      {problem && <p className={classes.problem}>{serverProblemText(database, problem)}</p>}
      <dl className={classes.facts}>
        <dt>{t('panel.exchanged')}</dt>
        <dd>{status.asOf > 0 ? format.moment(status.asOf) : '–'}</dd>
        <dt>{t('panel.place')}</dt>
        <dd>
          {/* `database@host:port` may break at its sign. */}
          {server.place.split('@').map((part, index) => (
            <Fragment key={part}>
              {index > 0 && (
                <>
                  @<wbr />
                </>
              )}
              {part}
            </Fragment>
          ))}
        </dd>
      </dl>
      <div className={classes.buttons}>
        <TryNow />
        <Button variant="subtle" onClick={() => go('settings/database')}>
          {t('panel.settings')}
        </Button>
      </div>
      <Needs status={status} onShow={() => go('attention')} />
      {waiting && waiting.waiting.length > 0 && (
        <section aria-label={t('panel.waiting')}>
          <h3>
            {t('panel.waiting')} <span>{waiting.waiting.length}</span>
          </h3>
          <WaitingList waiting={waiting.waiting} asOf={status.asOf} />
        </section>
      )}
      <section aria-label={t('panel.desks')}>
        <h3>{t('panel.desks')}</h3>
        <DeskList desks={waiting?.desks ?? null} />
      </section>
    </div>
  )
}

/** Promises a word of its own for a moment: where nothing changes, a press must not look like nothing. */
function TryNow() {
  const { t } = useTranslation('sync')
  const [busy, setBusy] = useState(false)
  const tryNow = async () => {
    if (busy) return
    setBusy(true)
    await desk.invoke('tryNow')
    setTimeout(() => setBusy(false), 800)
  }
  return (
    <Button data-autofocus aria-disabled={busy} loading={busy} onClick={() => void tryNow()}>
      {t('panel.tryNow')}
    </Button>
  )
}

function Needs({ status, onShow }: Readonly<{ status: Status; onShow: () => void }>) {
  const { t } = useTranslation('sync')
  if (status.concerns === 0) return null
  return (
    <div className={classes.needs}>
      <p>{t('panel.needs', { count: status.concerns })}</p>
      <Button onClick={onShow}>{t('panel.show')}</Button>
    </div>
  )
}
