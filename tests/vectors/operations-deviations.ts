/** The deviations, by vector and step. Each follows Part B §4 of the design of operations. */
import type { Deviation } from './operations-deviation.ts'

export const deviations: readonly Deviation[] = []
