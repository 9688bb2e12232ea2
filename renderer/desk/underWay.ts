/**
 * Under way: how many commands of this window have no answer yet, and how many of the clerk's were only noted. Counts
 * and nothing else: who shows it, and after how long, is not decided here.
 */
import { create } from 'zustand'

export interface UnderWay {
  count: number
  /** Grows with each command that was noted and not decided. */
  noted: number
  began(): void
  ended(): void
  note(): void
}

export const useUnderWay = create<UnderWay>((set) => ({
  count: 0,
  noted: 0,
  began: () => set(({ count }) => ({ count: count + 1 })),
  ended: () => set(({ count }) => ({ count: count - 1 })),
  note: () => set(({ noted }) => ({ noted: noted + 1 })),
}))
