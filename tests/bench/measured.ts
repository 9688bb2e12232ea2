/** Measured: one line of the bench, and the median it holds. */

export type Measured = Readonly<{
  name: string
  value: number
  unit: 'ms' | 's' | 'MB' | '×' | ''
  /** What was aimed for, in the same unit; smaller is better. */
  goal?: number
  note?: string
}>

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

/** The value below which so many in a hundred lie. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] as number
}

/** The spread in words: least and most of the runs. */
export function spread(values: readonly number[]): string {
  return `${values.length} runs, ${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)}`
}
