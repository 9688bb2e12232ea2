/** Steps: the line of what is in the stores over time, as the path of a drawing. Pure. */
import type { StockRow } from '../../../core/queries/material-rows.ts'

export interface StepLine {
  /** In a drawing as wide as the window is long and 100 high. */
  readonly path: string
  readonly least: number
  readonly most: number
}

/** `width` units for the whole window; the highest count is the upper edge, zero the lower one. */
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
  const y = (level: number) => Math.round(100 - (most === 0 ? 0 : (level / most) * 100))
  const parts = levels.map(({ at, count: level }, index) =>
    index === 0 ? `M${x(at)},${y(level)}` : `H${x(at)}V${y(level)}`,
  )
  return { path: `${parts.join('')}H${width}`, least: Math.min(...counts), most }
}
