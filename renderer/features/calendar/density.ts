/**
 * Density: the heights of rows in pixels, in one place for layout and style. All on the grid of 4 px.
 */
export type Density = 'S' | 'M' | 'L'
export const densities = ['S', 'M', 'L'] as const

export const GROUP_HEIGHT = 24
export const HEAD_HEIGHT = 40

/** Height of a row of the day to scale with one lane; more lanes need more. */
export const dayHeights: Readonly<Record<Density, number>> = { S: 28, M: 36, L: 44 }
/** Each lane where bookings and requests overlap: one line of text. */
export const LANE_HEIGHT = 20
/** Space above and below the chips of a row. */
export const LANE_MARGIN = 4

/** A row of the week is `base` (strip, margins) and one `line` for each line of words: 28, 36, 44 px with one. */
export const weekMeasures: Readonly<
  Record<Density, Readonly<{ base: number; line: number; lines: number }>>
> = {
  S: { base: 12, line: 16, lines: 1 },
  M: { base: 20, line: 16, lines: 3 },
  L: { base: 24, line: 20, lines: 3 },
}
