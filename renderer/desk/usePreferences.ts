/**
 * usePreferences: the view preferences of this desk (language, theme, density, route, the clerk's name).
 *
 * Promises that a change is seen at once on the screen and then kept by the core; never part of the database.
 */
import { useSyncExternalStore } from 'react'
import type { Preferences } from '../../core/contract.ts'
import { desk } from './client.ts'
import { follow } from './remote.ts'

export const preferences = follow('preferences', (event) =>
  event.type === 'preferences' ? event.preferences : undefined,
)

export function changePreferences(patch: Partial<Preferences>): void {
  const before = preferences.get()
  if (before) preferences.set({ ...before, ...patch })
  void desk.invoke('setPreferences', patch)
}

export function usePreferences(): {
  preferences: Preferences | undefined
  set: (patch: Partial<Preferences>) => void
} {
  const value = useSyncExternalStore(preferences.subscribe, preferences.get)
  return { preferences: value, set: changePreferences }
}
