/**
 * Crash: whatever fails, the clerk sees words and a way on, never a blank window. The core lives in main and
 * in the journal, so a page that dies has lost nothing that was confirmed.
 */
import { app, type BrowserWindow, dialog } from 'electron'
import type { Log } from '../../core/ports.ts'
import type { Say } from './words.ts'

export function offerReload(window: BrowserWindow, say: Say, log: Log): void {
  const { webContents } = window
  let asking = false

  webContents.on('render-process-gone', async (_, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    log.write('error', 'the page is gone', { reasonCode: reason, exitCode })
    if (asking) return
    asking = true
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      message: say('crashed.title'),
      detail: say('crashed.detail'),
      buttons: [say('reload'), say('quit')],
      defaultId: 0,
      cancelId: 0,
    })
    asking = false
    if (response === 1) app.quit()
    else if (!window.isDestroyed()) webContents.reload()
  })

  window.on('unresponsive', async () => {
    log.write('error', 'the page does not answer')
    if (asking) return
    asking = true
    const answered = new AbortController()
    window.once('responsive', () => answered.abort())
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message: say('hung.title'),
      detail: say('crashed.detail'),
      buttons: [say('wait'), say('reload')],
      defaultId: 0,
      cancelId: 0,
      signal: answered.signal,
    })
    asking = false
    if (response === 1 && !window.isDestroyed()) {
      webContents.forcefullyCrashRenderer()
      webContents.reload()
    }
  })

  webContents.on('did-fail-load', (_, code, description, __, isMainFrame) => {
    // -3: another load has taken its place.
    if (isMainFrame && code !== -3)
      log.write('error', 'the page could not be loaded', { code, description })
  })
}

/** A bug in main: written down, said, and out, because nobody knows what still holds. */
export function failLoudly(say: Say, log: Log): void {
  process.on('unhandledRejection', (error) =>
    log.write('error', 'a promise failed unseen', { error }),
  )
  process.on('uncaughtException', (error) => {
    log.write('error', 'main failed', { error })
    if (app.isReady()) dialog.showErrorBox(say('failed.title'), say('crashed.detail'))
    app.exit(1)
  })
}
