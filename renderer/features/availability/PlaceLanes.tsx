/** PlaceLanes: a lane for each place with its bookings to scale, and over them how many are taken at once. */
import { useTranslation } from 'react-i18next'
import { phoneShown } from '../../../core/domain/phone.ts'
import { HOUR_MS } from '../../../core/domain/time.ts'
import type { PlacePiece, PlacesRow } from '../../../core/queries/places-rows.ts'
import { useView } from '../../desk/store.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './Places.module.css'

type Props = Readonly<{ row: PlacesRow; target: number }>

const CURVE_HEIGHT = 72
const MOST_MARKS = 14

const percent = (row: PlacesRow, at: number) => ((at - row.start) / (row.end - row.start)) * 100

/** The use as steps, the number as a line; what is above it is told in words too. */
export function UseCurve({ row, target }: Props) {
  const { t } = useTranslation('places')
  const format = useFormat()
  const top = Math.max(row.places, target, row.peak) + 1
  const y = (used: number) => CURVE_HEIGHT - (used / top) * CURVE_HEIGHT
  const label = [
    t('curve', { peak: row.peak, places: target }),
    ...row.levels
      .filter((level) => level.used > 0)
      .map((level) =>
        t('curveAt', { count: level.used, when: format.times(level.start, level.end) }),
      ),
  ].join('; ')
  const hours = Math.ceil((row.end - row.start) / HOUR_MS)
  const every = Math.max(1, Math.ceil(hours / MOST_MARKS))
  const marks = Array.from({ length: Math.floor(hours / every) + 1 }, (_, index) => {
    return row.start + index * every * HOUR_MS
  }).filter((at) => at < row.end)
  return (
    <div className={classes.curve}>
      <span className={classes.side}>{t('use')}</span>
      <div>
        <svg
          viewBox={`0 0 100 ${CURVE_HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={label}
        >
          {row.levels.map((level) => (
            <rect
              key={level.start}
              className={level.used > target ? classes.over : classes.used}
              x={percent(row, level.start)}
              width={percent(row, level.end) - percent(row, level.start)}
              y={y(level.used)}
              height={CURVE_HEIGHT - y(level.used)}
            />
          ))}
          <line
            className={classes.limit}
            x1={0}
            x2={100}
            y1={y(target)}
            y2={y(target)}
            vectorEffect="non-scaling-stroke"
          />
        </svg>
        <div className={classes.hours} aria-hidden="true">
          {marks.map((at) => (
            <span key={at} style={{ left: `${percent(row, at)}%` }}>
              {format.time(at)}
            </span>
          ))}
        </div>
      </div>
    </div>
  )
}

export function PlaceLanes({ row, target }: Props) {
  const { t } = useTranslation('places')
  return (
    <ol className={classes.lanes} aria-label={t('lanes')}>
      {row.lanes.map((lane, index) => (
        <li key={lane.uuid} className={classes.lane} data-going={index >= target || undefined}>
          <span className={classes.side}>{t('place', { number: index + 1, of: row.places })}</span>
          <div className={classes.track}>
            {lane.pieces.map((piece) => (
              <Bar key={`${piece.source} ${piece.start}`} row={row} piece={piece} />
            ))}
            {lane.pieces.length === 0 && <span className={classes.free}>{t('freeLane')}</span>}
          </div>
        </li>
      ))}
    </ol>
  )
}

function Bar({ row, piece }: { row: PlacesRow; piece: PlacePiece }) {
  const { t } = useTranslation('places')
  const format = useFormat()
  const left = percent(row, piece.start)
  const style = { left: `${left}%`, width: `${percent(row, piece.end) - left}%` }
  const when = format.times(piece.start, piece.end)
  if (piece.kind === 'blocker') {
    return (
      <span className={classes.blocked} style={style} title={`${when} ${piece.reason}`}>
        {piece.reason || t('blocked')}
      </span>
    )
  }
  const name = piece.title || piece.who || t('foreign')
  return (
    <button
      type="button"
      className={classes.bar}
      style={style}
      title={`${name}, ${when}, ${piece.who} ${phoneShown(piece.phone)}`}
      onClick={() => useView.getState().select(piece.token)}
    >
      {name} <small>{when}</small>
    </button>
  )
}
