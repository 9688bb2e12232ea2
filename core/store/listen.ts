/**
 * Listen: a connection on which a shared server says that something changed. It says no more than that, and it may
 * say nothing although something did: whoever waits for it also looks by itself from time to time.
 */
import pg from 'pg'
import { WAKE } from './shared/feed.ts'
import { sslOf, type Tls } from './tls.ts'

export interface Listener {
  /** Resolves when the connection is gone, however it went. */
  readonly gone: Promise<void>
  close(): Promise<void>
}

export interface ListenOptions {
  readonly connectionString: string
  readonly tls?: Tls
  readonly applicationName: string
  /** How often the server is asked whether it is still there; one question without an answer ends it. */
  readonly heartbeat: number
}

/** Resolves when it listens: what is committed from then on is heard. */
export async function listen(
  { connectionString, tls, applicationName, heartbeat }: ListenOptions,
  wake: () => void,
): Promise<Listener> {
  const client = new pg.Client({
    connectionString,
    ...sslOf(tls),
    application_name: applicationName,
    connectionTimeoutMillis: 2 * heartbeat,
    keepAlive: true,
  })
  let beating: NodeJS.Timeout | undefined
  const gone = new Promise<void>((resolve) => {
    client.once('end', () => {
      clearInterval(beating)
      resolve()
    })
  })
  // The end says all there is to say.
  client.on('error', () => {})
  client.on('notification', wake)
  let answered = true
  const destroy = () => {
    const { stream } = (client as unknown as { connection: { stream: { destroy(): void } } })
      .connection
    stream.destroy()
  }
  const beat = () => {
    if (!answered) return destroy()
    answered = false
    client.query('select 1').then(
      () => {
        answered = true
      },
      () => {},
    )
  }
  try {
    await client.connect()
    beating = setInterval(beat, heartbeat)
    await client.query(`listen ${WAKE}`)
  } catch (error) {
    clearInterval(beating)
    destroy()
    throw error
  }
  return {
    gone,
    async close() {
      clearInterval(beating)
      const ended = client.end().catch(() => {})
      const impatient = setTimeout(destroy, heartbeat)
      await Promise.race([ended, gone])
      clearTimeout(impatient)
    },
  }
}
