/**
 * Settled: whether the first picture of a start stands. What nobody looks at yet is read and asked after it, because
 * the disk, the database and the thread that draws are one queue each.
 */
import { useSyncExternalStore } from 'react'

/** A first picture that never comes must not keep the others waiting. */
const AT_LATEST_MS = 1500
/** The screens beside the calendar leave no mark: light as they are, they stand by then. */
const LIGHT_MS = 250

const listeners = new Set<() => void>()
let isSettled = false

export function settle(): void {
  if (isSettled) return
  isSettled = true
  for (const listener of listeners) listener()
  listeners.clear()
}
setTimeout(settle, AT_LATEST_MS)

/** To be told when a start shows another screen than the calendar. */
export function settleLight(): void {
  setTimeout(settle, LIGHT_MS)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useSettled(): boolean {
  return useSyncExternalStore(subscribe, () => isSettled)
}

/** Calls back once, at once where it has settled already. */
export function whenSettled(work: () => void): void {
  if (isSettled) work()
  else listeners.add(work)
}
