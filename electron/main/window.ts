/**
 * Window: the one window of the desk, isolated and sandboxed. It is made before the database is open and shown
 * when its first picture is painted, on a ground of the right colour, so that nothing flashes.
 */
import { join } from 'node:path'
import { BrowserWindow, nativeTheme } from 'electron'
import type { Preferences } from '../../core/contract.ts'
import type { Place } from './window-state.ts'

/** `--bg` of the renderer's tokens. */
const GROUND = { light: '#f6f5f2', dark: '#161816' } as const

export function followTheme(theme: Preferences['theme']): void {
  nativeTheme.themeSource = theme === 'auto' ? 'system' : theme
}

export function groundColor(): string {
  return nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light
}

export function makeWindow(outFolder: string, place: Place): BrowserWindow {
  const window = new BrowserWindow({
    ...place.bounds,
    minWidth: 960,
    minHeight: 600,
    show: false,
    backgroundColor: groundColor(),
    title: 'Allmend',
    icon: join(outFolder, 'icon.png'),
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(outFolder, 'preload', 'index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // The dictionaries would come from a server of a third party.
      spellcheck: false,
    },
  })
  if (place.maximized) window.maximize()
  return window
}
