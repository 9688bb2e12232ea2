/**
 * The administrator's door: makes a Postgres ready to be shared by desks, says whether it is, and who follows it.
 *
 * Preparing is all or nothing for the tables, may be run again at any time, and touches no row of libres.
 */
import type { Database } from './store/database.ts'
import { migrateToLatest } from './store/migrate.ts'
import { openPostgres } from './store/postgres.ts'
import { type ServerTrouble, serverTrouble } from './store/server-trouble.ts'
import {
  type DeskSeen,
  desksSeen,
  everybodyMakesTables,
  type FeedState,
  feedState,
  majorVersion,
  OLDEST_POSTGRES,
  type Shortcoming,
  shortcomings,
} from './store/shared/condition.ts'
import { installFeed } from './store/shared/feed.ts'
import { grantRoles } from './store/shared/roles.ts'

export type { DeskSeen, FeedState } from './store/shared/condition.ts'

export type ServerProblem =
  | ServerTrouble
  | Shortcoming
  | Readonly<{ code: 'too-old'; detail: string }>

export type Prepared = Readonly<{ version: string; migrations: readonly string[] }>
export type Checked = Readonly<{
  version: string
  problems: readonly ServerProblem[]
  /** No obstacle, but worth knowing: everybody may make tables in `public`. */
  everybodyMakesTables: boolean
}>
export type Followed = Readonly<{ version: string; desks: readonly DeskSeen[]; feed: FeedState }>

/** A value, or what is in the way. */
export type Answer<T> =
  | (T & Readonly<{ ok: true }>)
  | Readonly<{ ok: false; problem: ServerProblem }>

/** Brings a database, empty or founded by libres, to the tables, triggers and roles that desks need. */
export function prepareServer(address: string): Promise<Answer<Prepared>> {
  return withServer<Prepared>(address, async (database, version) => {
    const migrations = await migrateToLatest(database)
    await database.transact(async (tx) => {
      await installFeed(tx)
      await grantRoles(tx)
    })
    return { ok: true, version, migrations }
  })
}

/** Changes nothing. */
export function checkServer(address: string): Promise<Answer<Checked>> {
  return withServer<Checked>(address, async (database, version) => {
    const problems = await shortcomings(database)
    const open = problems.length === 0 && (await everybodyMakesTables(database))
    return { ok: true, version, problems, everybodyMakesTables: open }
  })
}

/** Who follows the server, and how far behind they are. */
export function statusOfServer(address: string): Promise<Answer<Followed>> {
  return withServer<Followed>(address, async (database, version) => {
    const [first] = await shortcomings(database)
    if (first) return { ok: false, problem: first }
    return database.read(async (tx) => {
      const desks = await desksSeen(tx)
      return { ok: true, version, desks, feed: await feedState(tx) }
    })
  })
}

async function withServer<T>(
  address: string,
  work: (database: Database, version: string) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  let database: Database | undefined
  try {
    database = await openPostgres({
      connectionString: address,
      connections: 1,
      applicationName: 'allmend db',
    })
    const major = await majorVersion(database)
    const version = await database.version()
    if (major < OLDEST_POSTGRES) {
      return { ok: false, problem: { code: 'too-old', detail: version } }
    }
    return await work(database, version)
  } catch (error) {
    const problem = serverTrouble(error)
    if (problem.code === 'unexpected') throw error
    return { ok: false, problem }
  } finally {
    await database?.close()
  }
}
