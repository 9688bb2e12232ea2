/**
 * IPC: the one register function. A call counts only if it comes from the main frame of our window, loaded
 * from our own origin; then it goes the same way as a call of the web desk.
 */
import { type BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron'
import type { DeskEvent } from '../../core/contract.ts'
import type { Log } from '../../core/ports.ts'
import { type Answer, failure } from './calls.ts'

function isOurs(event: IpcMainInvokeEvent, window: BrowserWindow, origin: string): boolean {
  const frame = event.senderFrame
  return (
    !window.isDestroyed() &&
    frame !== null &&
    event.sender === window.webContents &&
    frame === window.webContents.mainFrame &&
    new URL(frame.url).origin === new URL(origin).origin &&
    frame.url.startsWith(`${origin}/`)
  )
}

/** Answers the calls of `window`, and of no other. */
export function registerCalls(
  window: BrowserWindow,
  origin: string,
  answer: Answer,
  log: Log,
): void {
  ipcMain.handle('desk', (event, name: unknown, argument: unknown) => {
    if (isOurs(event, window, origin)) return answer(name, argument)
    log.write('warn', 'a call from a frame that is not ours was refused')
    return failure('forbidden', 'frame')
  })
}

export function sendTo(window: BrowserWindow, event: DeskEvent): void {
  if (!window.isDestroyed()) window.webContents.send('desk-event', event)
}
