/**
/**
 * ReadBack: what to say into the phone after booking, large, with the number in single digits; or, where it could only
 * be noted, that it will be confirmed. Ctrl+C copies it.
 *
 * Follows the booking: if it is decided, undone or cancelled meanwhile, the card says so instead of lying.
 */
import { Button, CopyButton } from '@mantine/core'
import { IconCheck, IconClock } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { WaitingCommand } from '../../../core/contract.ts'
import { dayOf } from '../../../core/domain/time.ts'
import { Predicted } from '../../app/Predicted.tsx'
import { toast, undoAndTell } from '../../app/toast.tsx'
import { calendarOn } from '../../desk/calendarOn.ts'
import { useView } from '../../desk/store.ts'
import { useOutbox } from '../../desk/useOutbox.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { useStatus } from '../../desk/useStatus.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Keys } from '../../ui/Keys.tsx'
import { Unbroken } from '../../ui/Unbroken.tsx'
import classes from './ReadBack.module.css'

export type Booked = Readonly<{
  command: string
  /** What became of it. */
  as: 'booked' | 'request' | 'waiting'
  token: string
  /** Its number; or, where it is only noted, what would become of it. */
  told: Readonly<{ number: number } | { predicted: WaitingCommand['predicted'] }>
  title: string
  who: string
  where: string
  start: number
  end: number
}>

const DONE = { booked: 'done', request: 'doneRequest', waiting: 'doneWaiting' } as const

export function ReadBack({ booked, onNext }: { booked: Booked; onNext: () => void }) {
  const { t } = useTranslation('booking')
  const { t: app } = useTranslation()
  const format = useFormat()
  const card = useRef<HTMLDivElement>(null)
  const { rows: row } = useQuery('booking.one', { token: booked.token })
  useEffect(() => card.current?.focus(), [])

  const outbox = useOutbox()
  const asOf = useStatus()?.asOf ?? 0
  const isRefused = outbox?.concerns.some(({ id }) => id === booked.command) ?? false
  const undone = row === null || row?.state === 'cancelled'
  // Noted, and since then perhaps decided.
  const number = row && !row.waits && row.number > 0 ? row.number : numberIn(booked)
  // What the core took counts: it may have widened the time to the steps of the hall.
  const { start, end } = row?.dates[0] ?? booked
  const when = format.spanLong(start, end)
  const digits = String(number ?? '')
    .split('')
    .join('-')
  const place = t('readBack', { when, where: booked.where })
  const sentence =
    number === null ? `${place}. ${t('weConfirm')}` : `${place}. ${t('number')} ${number}.`
  const copyByKey = (event: KeyboardEvent) => {
    const isCopy = event.key.toLowerCase() === 'c' && (event.ctrlKey || event.metaKey)
    if (!isCopy || undone || String(window.getSelection())) return
    event.preventDefault()
    void navigator.clipboard.writeText(sentence).then(() => toast(t('copied')))
  }
  const show = () => {
    calendarOn(dayOf(start, format.zone))
    useView.getState().select(booked.token)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the button in it
    <div
      className={classes.body}
      ref={card}
      tabIndex={-1}
      aria-live="polite"
      data-testid="read-back"
      onKeyDown={copyByKey}
    >
      {isRefused ? (
        <p className={classes.gone}>{t('refusedCard')}</p>
      ) : undone ? (
        <p className={classes.gone}>{t('undoneCard')}</p>
      ) : (
        <>
          <p className={classes.done} data-noted={number === null || undefined}>
            {number === null ? (
              <IconClock size={18} stroke={2} aria-hidden="true" />
            ) : (
              <IconCheck size={18} stroke={2} aria-hidden="true" />
            )}
            {t(number === null ? 'noted' : DONE[booked.as])}
          </p>
          <div className={classes.card}>
            <p className={classes.what}>{booked.title}</p>
            <p>
              <b>
                <Unbroken text={when} />
              </b>
            </p>
            <p>{booked.where}</p>
            <p className="muted">{booked.who}</p>
            {number === null ? (
              <div className={classes.confirm}>
                <p>{t('weConfirm')}</p>
                {'predicted' in booked.told && (
                  <Predicted predicted={booked.told.predicted} asOf={asOf} />
                )}
              </div>
            ) : (
              <>
                {booked.as !== 'booked' && <p className={classes.undecided}>{t('undecided')}</p>}
                <p className={classes.number}>
                  <span>{t('number')}</span>
                  <b data-testid="booking-number" data-number={number}>
                    {digits}
                  </b>
                </p>
              </>
            )}
          </div>
        </>
      )}
      <div className={classes.actions}>
        <Button variant="filled" onClick={onNext}>
          {t('next')} <Keys keys="N" plain />
        </Button>
        {isRefused && (
          <Button onClick={() => useView.getState().show('attention')}>{t('settle')}</Button>
        )}
        {!undone && !isRefused && (
          <>
            <Button onClick={show}>{t('show')}</Button>
            <CopyButton value={sentence}>
              {({ copied, copy }) => (
                <Button aria-keyshortcuts="Control+C" onClick={copy}>
                  {copied ? t('copied') : t('copy')} <Keys keys="Ctrl C" />
                </Button>
              )}
            </CopyButton>
            <Button onClick={() => void undoAndTell(booked.command)}>
              {app('undo')} <Keys keys="Ctrl Z" />
            </Button>
          </>
        )}
      </div>
    </div>
  )
}

function numberIn({ told }: Booked): number | null {
  return 'number' in told ? told.number : null
}
