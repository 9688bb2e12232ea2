/** History: what was done, by whom, about what. Written with the receipts, read here. */
import { sql } from 'kysely'
import type { Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'

export type StoredHistory = Readonly<{
  command: Uuid
  at: number
  actor: string
  name: string
  version: number
  args: unknown
  result: unknown
  undoes: Uuid | null
  undoneBy: Uuid | null
}>

const columns = sql`
  h.command, h.at, h.actor, h.name, h.version, h.args, h.result,
  h.undoes, h.undone_by as "undoneBy"`

/** What is looked for: the newest, about one thing, by one clerk. */
export type HistoryWish = Readonly<{
  limit: number
  /** A hall, a person or a booking; the bookings of the first two are meant as well. */
  about: Uuid | null
  actor: string | null
}>

/** The newest first; what was undone and its undoing both belong to the thing. */
export async function recentHistory(
  tx: Tx,
  { limit, about, actor }: HistoryWish,
): Promise<StoredHistory[]> {
  const subjects = sql`
    (select array_agg(id) from (
      select ${about}::uuid as id
      union all select b.token from allmend.booking b where b.person = ${about}::uuid
      union all select b.token from allmend.booking b
                 where b.dates @> jsonb_build_array(jsonb_build_object('resource', ${about}::text))
    ) meant)`
  const named =
    about === null
      ? sql`true`
      : sql`(h.subjects && ${subjects} or h.undoes in (
          select u.command from allmend.history u where u.subjects && ${subjects}))`
  const { rows } = await sql<StoredHistory>`
    select ${columns} from allmend.history h
     where ${named} and (${actor}::text is null or h.actor = ${actor}::text)
     order by h.at desc, h.command desc limit ${limit}::int
  `.execute(tx)
  return rows
}

/** Everybody who has changed something, by name. */
export async function historyActors(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ actor: string }>`
    select distinct h.actor from allmend.history h where h.actor <> '' order by 1
  `.execute(tx)
  return rows.map((row) => row.actor)
}

/** Everything done to one thing, newest first. */
export async function historyOf(tx: Tx, subject: Uuid): Promise<StoredHistory[]> {
  const { rows } = await sql<StoredHistory>`
    select ${columns} from allmend.history h
     where h.subjects @> array[${subject}::uuid] order by h.at desc, h.command desc limit 200
  `.execute(tx)
  return rows
}

/** What these commands were about, of those that are known. */
export async function subjectsOf(tx: Tx, commands: readonly Uuid[]): Promise<Uuid[]> {
  const { rows } = await sql<{ subject: Uuid }>`
    select distinct unnest(h.subjects)::text as subject from allmend.history h
     where h.command = any(${[...commands]}::uuid[])
  `.execute(tx)
  return rows.map(({ subject }) => subject)
}

export async function historyEntry(tx: Tx, command: Uuid): Promise<StoredHistory | undefined> {
  const [entry] = await historyEntries(tx, [command])
  return entry
}

/** Those that are known, in no order. */
export async function historyEntries(
  tx: Tx,
  commands: readonly Uuid[],
): Promise<readonly StoredHistory[]> {
  if (commands.length === 0) return []
  const { rows } = await sql<StoredHistory>`
    select ${columns} from allmend.history h where h.command = any(${[...commands]}::uuid[])
  `.execute(tx)
  return rows
}
