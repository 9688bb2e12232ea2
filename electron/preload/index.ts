/**
 * Preload: exposes `window.desk` and nothing else. It knows the closed list of calls; main checks each call
 * again, because a page is never to be believed.
 */
import { contextBridge, ipcRenderer } from 'electron'
import type { CallName, Desk, DeskEvent } from '../../core/contract.ts'

const known: Readonly<Record<CallName, true>> = {
  dispatch: true,
  query: true,
  status: true,
  about: true,
  found: true,
  preferences: true,
  setPreferences: true,
  dismissNotice: true,
  reportError: true,
  publishStatus: true,
  publishPreview: true,
  publishNow: true,
  backupStatus: true,
  backupNow: true,
  setBackup: true,
  restorePreview: true,
  restore: true,
  chooseFolder: true,
  chooseCertificate: true,
  server: true,
  testServer: true,
  connect: true,
  changeServer: true,
  leave: true,
  tryNow: true,
  outbox: true,
  withdraw: true,
  confirm: true,
  handled: true,
  drafts: true,
  keepDrafts: true,
  openExternal: true,
}

const desk: Desk = {
  invoke: (call, argument) =>
    Object.hasOwn(known, call)
      ? ipcRenderer.invoke('desk', call, argument)
      : Promise.resolve({ ok: false, error: { code: 'unknown-call', detail: String(call) } }),
  on(listener) {
    const heard = (_: unknown, event: DeskEvent) => listener(event)
    ipcRenderer.on('desk-event', heard)
    return () => ipcRenderer.off('desk-event', heard)
  },
}

contextBridge.exposeInMainWorld('desk', desk)
