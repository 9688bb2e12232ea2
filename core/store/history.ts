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

/** The newest first. */
export async function recentHistory(tx: Tx, limit: number): Promise<StoredHistory[]> {
  const { rows } = await sql<StoredHistory>`
    select ${columns} from allmend.history h order by h.at desc, h.command desc limit ${limit}::int
  `.execute(tx)
  return rows
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
