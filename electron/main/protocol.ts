/**
 * Protocol: the page comes from `app://desk/`, served from the built files. Nothing is ever loaded from
 * `file://` or from a network, and everything that would go elsewhere is stopped here once more.
 */
import { protocol, type Session } from 'electron'
import { serveStatic } from './statics.ts'

export const ORIGIN = 'app://desk'

/** Must run before the app is ready. */
export function registerProtocol(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ])
}

export function serveDesk(session: Session, folder: string): void {
  session.protocol.handle('app', async (request) => {
    const { host, pathname } = new URL(request.url)
    const { status, headers, body } = await serveStatic(folder, host === 'desk' ? pathname : '')
    return new Response(body, { status, headers })
  })
}
