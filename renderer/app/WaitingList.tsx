/** WaitingList: what nobody has decided yet, in words, with what would become of it; each can be taken back. */
import { Button } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Outbox, WaitingCommand } from '../../core/contract.ts'
import { desk } from '../desk/client.ts'
import { useQuery } from '../desk/useQuery.ts'
import { useFormat } from '../format/useFormat.ts'
import { useWishText } from '../format/useWishText.ts'
import { Unbroken } from '../ui/Unbroken.tsx'
import { Predicted } from './Predicted.tsx'
import classes from './SyncPanel.module.css'

/** More are counted: whoever looks here wants to know the last few, and that they are kept. */
const MOST = 30

type Props = Readonly<{ waiting: Outbox['waiting']; asOf: number }>

export function WaitingList({ waiting, asOf }: Props) {
  const { t } = useTranslation('sync')
  const { rows: halls } = useQuery('resource.all', {})
  const say = useWishText(halls)
  const left = waiting.length - MOST
  return (
    <>
      <ul className={classes.list}>
        {waiting.slice(0, MOST).map((one) => (
          <Entry key={one.id} one={one} what={say(one)} asOf={asOf} />
        ))}
      </ul>
      {left > 0 && <p className={classes.more}>{t('panel.more', { count: left })}</p>}
    </>
  )
}

function Entry({ one, what, asOf }: Readonly<{ one: WaitingCommand; what: string; asOf: number }>) {
  const { t } = useTranslation('sync')
  const format = useFormat()
  const { id, standing, actor, issuedAt } = one
  const when = format.moment(issuedAt)
  const entry = useRef<HTMLLIElement>(null)
  const decide = (call: 'confirm' | 'withdraw') => {
    // The button goes, and the keys stay here.
    entry.current?.focus()
    void desk.invoke(call, { id })
  }
  return (
    <li ref={entry} tabIndex={-1}>
      <div className={classes.wish} data-withdrawn={standing === 'withdrawn' || undefined}>
        <span>
          <Unbroken text={what} />
        </span>
        <small>
          {actor ? t('panel.notedBy', { when, who: actor }) : t('panel.noted', { when })}
        </small>
        {standing === 'withdrawn' && <small>{t('panel.withdrawn')}</small>}
        {standing === 'stale' && <small data-bad>{t('panel.stale')}</small>}
        {standing === 'waiting' && <Predicted predicted={one.predicted} asOf={asOf} />}
      </div>
      {standing !== 'withdrawn' && (
        <div className={classes.acts}>
          {standing === 'stale' && (
            <Button
              size="compact-xs"
              aria-label={t('panel.sendAnywayWhat', { what })}
              onClick={() => decide('confirm')}
            >
              {t('panel.sendAnyway')}
            </Button>
          )}
          <Button
            size="compact-xs"
            aria-label={t('panel.takeBackWhat', { what })}
            onClick={() => decide('withdraw')}
          >
            {t('panel.takeBack')}
          </Button>
        </div>
      )}
    </li>
  )
}
