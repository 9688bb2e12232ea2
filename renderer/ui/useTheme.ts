/**
 * useTheme: light or dark, as the clerk chose or as the computer says.
 *
 * Promises that our tokens and the kit change together, and that the next start begins in the same theme without
 * a flash. The choice itself lives in the preferences.
 */
import { useEffect, useSyncExternalStore } from 'react'
import type { Preferences } from '../../core/contract.ts'

export type Theme = 'light' | 'dark'
const REMEMBERED = 'allmend.theme'
const system = window.matchMedia('(prefers-color-scheme: dark)')

export function rememberedTheme(): Theme {
  const kept = localStorage.getItem(REMEMBERED)
  if (kept === 'light' || kept === 'dark') return kept
  return system.matches ? 'dark' : 'light'
}

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme
  localStorage.setItem(REMEMBERED, theme)
}

function subscribe(listener: () => void): () => void {
  system.addEventListener('change', listener)
  return () => system.removeEventListener('change', listener)
}

export function useTheme(choice: Preferences['theme'] | undefined): Theme {
  const systemDark = useSyncExternalStore(subscribe, () => system.matches)
  const theme =
    choice === undefined
      ? rememberedTheme()
      : choice === 'auto'
        ? systemDark
          ? 'dark'
          : 'light'
        : choice
  useEffect(() => applyTheme(theme), [theme])
  return theme
}
