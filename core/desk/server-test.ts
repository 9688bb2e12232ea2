/** Server test: whether this desk could work with a server, and what stands there. Changes nothing. */
import type { ServerProblem, ServerTest } from '../contract.ts'
import type { Uuid } from '../domain/time.ts'
import type { Database } from '../store/database.ts'
import { openPostgres } from '../store/postgres.ts'
import { outcomesOf } from '../store/receipts.ts'
import { serverTrouble } from '../store/server-trouble.ts'
import { readMunicipality } from '../store/settings.ts'
import { majorVersion, OLDEST_POSTGRES, shortcomings } from '../store/shared/condition.ts'
import { contentOf, standingOf } from '../store/shared/content.ts'
import { connectionStringOf, type KeptServer, tlsOf } from './server-file.ts'

/** What this desk has done by itself, in its order; the first founded its municipality. */
export type Own = readonly Uuid[]

export type Tested = Extract<ServerTest, { ok: true }>

/** Opens the server for `work` and closes it again; what is in the way of that is an answer. */
export async function withServer<T>(
  server: KeptServer,
  password: string | null,
  work: (database: Database) => Promise<T>,
): Promise<T | Extract<ServerTest, { ok: false }>> {
  const tls = tlsOf(server)
  let database: Database | undefined
  try {
    database = await openPostgres({
      connectionString: connectionStringOf(server, password),
      ...(tls ? { tls } : {}),
      connections: 1,
      applicationName: 'allmend joining',
    })
    return await work(database)
  } catch (error) {
    const problem = serverTrouble(error)
    if (problem.code === 'unexpected') throw error
    return { ok: false, problem }
  } finally {
    await database?.close()
  }
}

export async function testServer(database: Database, own: Own): Promise<ServerTest> {
  const no = (problem: ServerProblem): ServerTest => ({ ok: false, problem })
  const version = await database.version()
  if ((await majorVersion(database)) < OLDEST_POSTGRES) {
    return no({ code: 'too-old', detail: version })
  }
  const [short] = await shortcomings(database)
  if (short) return no(short)
  return database.read(async (tx) => {
    const { standby, writes } = await standingOf(tx)
    if (standby) return no({ code: 'read-only', detail: '' })
    if (!writes) return no({ code: 'no-rights', detail: '' })
    const { bookings, allocations, desks } = await contentOf(tx)
    const municipality = await readMunicipality(tx)
    const there = await outcomesOf(tx, own)
    const [founding] = own
    const state = municipality
      ? founding !== undefined && there.has(founding)
        ? 'begun'
        : 'founded'
      : bookings > 0 || allocations > 0
        ? 'libres'
        : 'empty'
    const changes = own.filter((id) => !there.has(id)).length
    const name = municipality?.name ?? ''
    return { ok: true, version, state, municipality: name, bookings, desks, changes }
  })
}
