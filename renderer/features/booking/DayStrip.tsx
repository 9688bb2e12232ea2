/**
 * DayStrip: the chosen hall's day to scale: open, taken, and the wish on top.
 *
 * A picture beside the words of `FitLine`, which say the same; hidden from screen readers for that reason.
 */
import type { Span } from '../../../core/domain/time.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './DayStrip.module.css'
import { type HallDay, openSpans } from './day.ts'
import '../calendar/hues.css'

const HOUR_MS = 3_600_000
/** The hours that are always shown; more where something is open or taken outside them. */
const SHOWN_FROM_HOUR = 7
const SHOWN_UNTIL_HOUR = 24

type Props = Readonly<{
  day: HallDay
  midnight: number
  wish: Span | null
  color: number
  clash: boolean
}>

export function DayStrip({ day, midnight, wish, color, clash }: Props) {
  const format = useFormat()
  const spans: readonly Span[] = [...day.open, ...day.taken, ...day.held, ...(wish ? [wish] : [])]
  const hour = (at: number) => (at - midnight) / HOUR_MS
  const first = Math.min(
    SHOWN_FROM_HOUR,
    ...spans.map((each) => Math.max(0, Math.floor(hour(each.start)))),
  )
  const last = Math.max(
    SHOWN_UNTIL_HOUR,
    ...spans.map((each) => Math.min(30, Math.ceil(hour(each.end)))),
  )
  const left = (at: number) =>
    `${(Math.min(Math.max(hour(at), first), last) - first) * (100 / (last - first))}%`
  const place = ({ start, end }: Span) => ({
    left: left(start),
    right: `calc(100% - ${left(end)})`,
  })
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => first + index)

  return (
    <div className={classes.strip} data-hue={color} aria-hidden="true">
      <div className={classes.lane}>
        {openSpans(day).map((each) => (
          <i key={each.start} className={classes.open} style={place(each)} />
        ))}
        {ticks.slice(1, -1).map((tick) => (
          <i
            key={tick}
            className={classes.tick}
            style={{ left: left(midnight + tick * HOUR_MS) }}
          />
        ))}
        {day.taken.map((each) => (
          <i
            key={`${each.start}-${each.end}-${each.title}`}
            className={classes.taken}
            data-elsewhere={each.elsewhere || undefined}
            style={place(each)}
            title={`${each.title}, ${format.times(each.start, each.end)}`}
          >
            <span>{each.title}</span>
          </i>
        ))}
        {day.held.map((each) => (
          <i
            key={`${each.token} ${each.start}`}
            className={classes.held}
            style={place(each)}
            title={each.by ?? ''}
          />
        ))}
        {day.blocked.map((each) => (
          <i key={each.start} className={classes.blocked} style={place(each)} title={each.reason} />
        ))}
        {wish && <i className={classes.wish} data-clash={clash || undefined} style={place(wish)} />}
      </div>
      <div className={classes.hours}>
        {ticks
          .filter((tick) => (tick - first) % 3 === 0)
          .map((tick) => (
            <span key={tick} style={{ left: left(midnight + tick * HOUR_MS) }}>
              {tick % 24 || (tick === 0 ? 0 : 24)}
            </span>
          ))}
      </div>
    </div>
  )
}
