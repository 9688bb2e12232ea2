/** WeekStrip: 52 bars, as high as there are hours that week; a week without any is a gap one sees. */
import classes from './Periods.module.css'

type Props = Readonly<{ weeks: readonly number[]; most: number; label: string }>

const HEIGHT = 18

export function WeekStrip({ weeks, most, label }: Props) {
  return (
    <svg
      className={classes.weeks}
      role="img"
      aria-label={label}
      viewBox={`0 0 ${weeks.length} ${HEIGHT}`}
      preserveAspectRatio="none"
    >
      <rect className={classes.ground} width={weeks.length} height={HEIGHT} />
      {weeks.map((minutes, week) => {
        // Even one hour is seen.
        const height = minutes === 0 ? 0 : Math.max(3, (minutes / most) * HEIGHT)
        return (
          height > 0 && (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a week is its place in the year
              key={week}
              className={classes.bar}
              x={week + 0.08}
              y={HEIGHT - height}
              width={0.84}
              height={height}
            />
          )
        )
      })}
    </svg>
  )
}
