/**
 * Security: what no window may do. It applies to every web contents there is, whoever makes it, so that a
 * window added later cannot forget it.
 */
import { app, type Session, shell } from 'electron'
import type { Log } from '../../core/ports.ts'

/** Only these leave the desk, in the programs the system has for them. */
const OUTSIDE = new Set(['https:', 'mailto:', 'tel:'])

export async function openOutside(address: string): Promise<boolean> {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    return false
  }
  if (!OUTSIDE.has(url.protocol)) return false
  await shell.openExternal(url.href)
  return true
}

/** No page of ours ever goes anywhere: it is one page, and reloading is not a navigation. */
export function lockNavigation(log: Log): void {
  app.on('web-contents-created', (_, contents) => {
    const deny = (event: { preventDefault(): void }) => {
      event.preventDefault()
      log.write('warn', 'a page wanted to go elsewhere and was stopped')
    }
    contents.on('will-navigate', deny)
    contents.on('will-redirect', deny)
    contents.on('will-frame-navigate', deny)
    contents.on('will-attach-webview', deny)
    contents.setWindowOpenHandler(() => {
      log.write('warn', 'a page wanted another window and was stopped')
      return { action: 'deny' }
    })
  })
}

/** All that a page may ask of the system is to write to the clipboard. */
export function lockPermissions(session: Session): void {
  session.setPermissionRequestHandler((_, permission, decide) =>
    decide(permission === 'clipboard-sanitized-write'),
  )
  session.setPermissionCheckHandler((_, permission) => permission === 'clipboard-sanitized-write')
  session.setDevicePermissionHandler(() => false)
  session.on('select-serial-port', (event) => event.preventDefault())
  session.on('select-hid-device', (event) => event.preventDefault())
}

/** Belt and braces beside the content policy: the desk's pages reach the desk and nothing else. */
export function lockNetwork(session: Session, allowed: readonly string[]): void {
  session.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: !allowed.some((start) => url.startsWith(start)) }),
  )
}
