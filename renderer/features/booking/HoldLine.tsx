/**
 * HoldLine: what is kept for the caller and how long still; where that is over, whether to keep it once more.
 *
 * The seconds are for the eye: a screen reader hears when it begins and when it is over.
 */
import { IconClockHour4, IconClockOff } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeldTime } from '../../../core/domain/hold.ts'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Keys } from '../../ui/Keys.tsx'
import classes from './HoldLine.module.css'
import { minutesLeft } from './holding.ts'
import type { Hold } from './useHold.ts'

type Props = Readonly<{
  hold: Hold
  halls: readonly ResourceRow[]
  /** What stands in the panel is free: then it can be held. */
  canHold: boolean
}>

export function HoldLine({ hold, halls, canHold }: Props) {
  const { t } = useTranslation('booking')
  const format = useFormat()
  const [first] = hold.held
  if (first) {
    return (
      <div className={classes.line} data-state="held" data-testid="hold">
        <IconClockHour4 size={16} stroke={1.75} aria-hidden="true" />
        <p>
          <span role="status">
            {t('hold.held', { until: format.time(first.until) })}
            {!hold.isShown && <Other held={hold.held} halls={halls} />}
          </span>{' '}
          <Countdown until={first.until} />
        </p>
        {hold.hold && (
          <button type="button" aria-keyshortcuts="Alt+H" onClick={hold.hold}>
            {t('hold.renew')} <Keys keys="Alt H" />
          </button>
        )}
        <button type="button" onClick={hold.letGo}>
          {t('hold.letGo')}
        </button>
      </div>
    )
  }
  if (hold.isOver) {
    return (
      <div className={classes.line} data-state="over" data-testid="hold">
        <IconClockOff size={16} stroke={1.75} aria-hidden="true" />
        <p role="alert">{t('hold.over')}</p>
        {hold.hold && (
          <button type="button" aria-keyshortcuts="Alt+H" onClick={hold.hold}>
            {t('hold.again')} <Keys keys="Alt H" />
          </button>
        )}
      </div>
    )
  }
  if (hold.isCutOff) return <p className={classes.quiet}>{t('hold.cutOff')}</p>
  if (!canHold || !hold.hold) return null
  return (
    <button type="button" className={classes.offer} aria-keyshortcuts="Alt+H" onClick={hold.hold}>
      {t('hold.offer')} <Keys keys="Alt H" />
    </button>
  )
}

/** What is held, where the panel shows something else by now. */
function Other({ held, halls }: { held: readonly HeldTime[]; halls: readonly ResourceRow[] }) {
  const format = useFormat()
  const [first] = held
  if (!first) return null
  const names = held.map(({ resource }) => halls.find((hall) => hall.id === resource)?.name ?? '')
  const where = format.list([...new Set(names)])
  return <b>{`: ${where}, ${format.span(first.start, first.end)}`}</b>
}

/** Counts the seconds by itself, so that nothing else is drawn again. */
function Countdown({ until }: { until: number }) {
  const { t } = useTranslation('booking')
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <span className={classes.left} role="timer" aria-live="off">
      {t('hold.left', { left: minutesLeft(until, now) })}
    </span>
  )
}
