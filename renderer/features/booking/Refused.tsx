/**
 * Refused: the core's no, in words, with free alternatives that one click takes over.
 *
 * Announced at once. The alternatives were checked by the core when it refused.
 */
import { IconAlertCircle } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alternative, Refusal } from '../../../core/domain/refusal.ts'
import { dayOf } from '../../../core/domain/time.ts'
import type { Format } from '../../format/format.ts'
import { refusalText } from '../../format/refusal.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Keys } from '../../ui/Keys.tsx'
import { Unbroken } from '../../ui/Unbroken.tsx'
import classes from './Refused.module.css'

type Props = Readonly<{
  refusal: Refusal
  onTake?: (alternative: Alternative) => void
  /** Offered where waiting could help: the time is taken, blocked or has too few places. */
  onWait?: () => void
  /** Offered where a colleague only holds the time: a word, and not a wall. */
  onAnyway?: () => void
}>

/** Where somebody may wait until the time is free. */
const WAITABLE: readonly Refusal['code'][] = ['taken', 'held', 'blocked', 'too-few-places']

export function Refused({ refusal, onTake, onWait, onAnyway }: Props) {
  const { t } = useTranslation('refusal')
  const { t: booking } = useTranslation('booking')
  const format = useFormat()
  const alternatives = 'alternatives' in refusal ? refusal.alternatives : []
  const box = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another refusal is to be seen as well
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), [refusal])
  return (
    <div className={classes.refused} role="alert" ref={box}>
      <IconAlertCircle size={18} stroke={1.5} aria-hidden="true" />
      <div>
        <p>
          <Unbroken text={refusalText(t, refusal, format)} />
        </p>
        {onTake && alternatives.length > 0 && (
          <>
            <p className={classes.lead}>{booking('alternatives')}</p>
            <ul>
              {alternatives.map((each) => (
                <li key={`${each.resource}-${each.start}`}>
                  <button
                    type="button"
                    title={booking('takeAlternative', {
                      where: each.resourceName,
                      when: format.span(each.start, each.end),
                    })}
                    onClick={() => onTake(each)}
                  >
                    <span className={classes.when}>{shortSpan(format, each)}</span>
                    <span>{each.resourceName}</span>
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
        {onAnyway && refusal.code === 'held' && (
          <button type="button" className={classes.wait} onClick={onAnyway}>
            {booking('hold.anyway')}
          </button>
        )}
        {onWait && WAITABLE.includes(refusal.code) && (
          <button type="button" className={classes.wait} aria-keyshortcuts="Alt+W" onClick={onWait}>
            {booking('waitInstead')} <Keys keys="Alt W" />
          </button>
        )}
      </div>
    </div>
  )
}

/** Without the year: an alternative is near. */
function shortSpan(format: Format, { start, end }: Alternative): string {
  return `${format.dayShort(dayOf(start, format.zone))}, ${format.times(start, end)}`
}
