/** FitLine: one line under the time: free until when, or who is there. Told politely to screen readers. */
import { IconAlertTriangle, IconCheck, IconClockHour4, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { holderOf } from '../../format/holder.ts'
import { useFormat } from '../../format/useFormat.ts'
import { AsOf } from './AsOf.tsx'
import { type Fit, type HallDay, openSpans } from './day.ts'
import classes from './FitLine.module.css'

const SIGNS = { good: IconCheck, bad: IconX, held: IconClockHour4, quiet: null } as const

export function FitLine({ fit, day }: { fit: Fit | null; day: HallDay | null }) {
  const { t } = useTranslation('booking')
  const format = useFormat()
  const open = day ? openSpans(day).map((each) => format.times(each.start, each.end)) : []

  const say = (): { sign: 'good' | 'bad' | 'held' | 'quiet'; text: string } | null => {
    if (!day) return null
    if (!fit) {
      return open.length > 0
        ? { sign: 'quiet', text: t('openTimes', { times: format.list(open) }) }
        : { sign: 'quiet', text: t('closed') }
    }
    switch (fit.kind) {
      case 'free':
        return {
          sign: 'good',
          text: fit.widened
            ? t('widened', {
                times: format.times(fit.widened.start, fit.widened.end),
                minutes: fit.step,
              })
            : t('freeUntil', { time: format.timeOrMidnight(fit.until) }),
        }
      case 'taken':
        return {
          sign: 'bad',
          text: t('takenBy', {
            title: fit.by.title,
            times: format.times(fit.by.start, fit.by.end),
          }),
        }
      case 'held':
        return {
          sign: 'held',
          text: t(holderOf(fit.by), {
            who: fit.by,
            time: format.time(fit.until),
          }),
        }
      case 'blocked':
        return { sign: 'bad', text: fit.reason || t('closed') }
      case 'whole-only':
        return {
          sign: 'bad',
          text: t('onlyWhole', { times: format.times(fit.whole.start, fit.whole.end) }),
        }
      case 'closed':
        return {
          sign: 'bad',
          text:
            open.length > 0
              ? `${t('closed')}. ${t('openTimes', { times: format.list(open) })}`
              : t('closed'),
        }
    }
  }
  const said = say()
  const Sign = said ? SIGNS[said.sign] : null
  return (
    <p className={classes.line} data-sign={said?.sign} role="status">
      {Sign && <Sign size={15} stroke={2} aria-hidden="true" />}
      <span>
        {said?.text}
        {said && <AsOf />}
      </span>
    </p>
  )
}

/** An amber word that never blocks. */
export function Warning({ children }: { children: string }) {
  return (
    <p className={classes.warning} role="status">
      <IconAlertTriangle size={15} stroke={1.75} aria-hidden="true" />
      {children}
    </p>
  )
}
