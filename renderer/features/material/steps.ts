/** Steps: the line of what is in the stores over time, as the path of a drawing. Pure. */
import type { StockRow } from '../../../core/queries/material-rows.ts'

export interface StepLine {
  /** In a drawing as wide as the window is long: all pieces at 0, the fewest of the window at 100. */
  readonly path: string
  readonly least: number
  readonly most: number
  /** When there are the fewest for the first time. */
  readonly leastAt: number
}

/**
 * `width` units for the whole window. The scale reaches from all pieces down to the fewest there are in the window,
 * so that thirty chairs out of six hundred can be seen; both ends are to be written beside it.
 */
export function stepLine(
  steps: StockRow['steps'],
  start: number,
  end: number,
  width: number,
): StepLine {
  const x = (at: number) => Math.round(((at - start) / (end - start)) * width)
  let count = 0
  const levels: { at: number; count: number }[] = []
  for (const { at, by } of steps) {
    count += by
    levels.push({ at, count })
  }
  if (levels[0]?.at !== start) levels.unshift({ at: start, count: 0 })
  const counts = levels.map((level) => level.count)
  const most = Math.max(...counts)
  const least = Math.min(...counts)
  const y = (level: number) =>
    most === least ? 0 : Math.round(((most - level) / (most - least)) * 100)
  const parts = levels.map(({ at, count: level }, index) =>
    index === 0 ? `M${x(at)},${y(level)}` : `H${x(at)}V${y(level)}`,
  )
  const leastAt = levels.find((level) => level.count === least)?.at ?? start
  return { path: `${parts.join('')}H${width}`, least, most, leastAt }
}
