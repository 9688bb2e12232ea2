/**
 * Link: whether the core can be reached at all. In Electron it always can; in a browser the socket may break.
 *
 * Promises only a fact and its changes; who draws the amber line and who asks again is not decided here.
 */
import { create } from 'zustand'

export interface Link {
  state: 'up' | 'down'
  /** UTC milliseconds of the moment it broke; 0 while it holds. */
  since: number
  /** How often it came back; queries refetch when this grows. */
  restored: number
}

export const useLink = create<Link>(() => ({ state: 'up', since: 0, restored: 0 }))

export function linkLost(now: number): void {
  if (useLink.getState().state === 'up') useLink.setState({ state: 'down', since: now })
}

export function linkRestored(): void {
  const { state, restored } = useLink.getState()
  if (state === 'down') useLink.setState({ state: 'up', since: 0, restored: restored + 1 })
}
