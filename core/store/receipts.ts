/**
 * Receipts: the one outcome of each command, kept for ever. The primary key is the lock that makes sending the
 * same command twice harmless; it is inserted before anything else happens.
 */
import { sql } from 'kysely'
import type { Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'
import type { Asking } from './one-trip.ts'
import { ANSWER_LATER } from './statement.ts'

export type ReceiptStart = Readonly<{
  id: Uuid
  desk: Uuid
  seq: number
  name: string
  version: number
  /** SHA-256 of the canonical arguments, hexadecimal: tells a resend from a clash of ids. */
  argsHash: string
  actor: string
}>

/** Inserts the receipts that are new and gives their ids; the missing ones were decided before. */
export async function startReceipts(
  tx: Asking,
  starts: readonly ReceiptStart[],
): Promise<Set<Uuid>> {
  const rows = JSON.stringify(starts)
  const { rows: inserted } = await sql<{ command_id: Uuid }>`
    insert into sync.receipt (command_id, desk_id, desk_seq, name, version, args_hash, actor)
    select id, desk, seq, name, version, "argsHash", actor
      from jsonb_to_recordset(${rows}::jsonb)
        as r(id uuid, desk uuid, seq int8, name text, version int, "argsHash" text, actor text)
    on conflict (command_id) do nothing
    returning command_id
  `.execute(tx)
  return new Set(inserted.map((row) => row.command_id))
}

export type Decided = Readonly<{ id: Uuid; name: string; argsHash: string; outcome: unknown }>

export async function receiptOf(tx: Tx, id: Uuid): Promise<Decided | undefined> {
  const row = await tx
    .selectFrom('sync.receipt')
    .select(['command_id', 'name', 'args_hash', 'outcome'])
    .where('command_id', '=', id)
    .executeTakeFirst()
  return (
    row && { id: row.command_id, name: row.name, argsHash: row.args_hash, outcome: row.outcome }
  )
}

/** The outcomes of those that have one. */
export async function outcomesOf(tx: Tx, ids: readonly Uuid[]): Promise<Map<Uuid, unknown>> {
  const rows = await tx
    .selectFrom('sync.receipt')
    .select(['command_id', 'outcome'])
    .where('command_id', '=', sql<never>`any(${[...ids]}::uuid[])`)
    .where('outcome', 'is not', null)
    .execute()
  return new Map(rows.map((row) => [row.command_id, row.outcome]))
}

export type HistoryEntry = Readonly<{
  command: Uuid
  at: number
  actor: string
  desk: Uuid
  name: string
  version: number
  args: unknown
  result: unknown
  subjects: readonly Uuid[]
  undoes: Uuid | null
}>

/**
 * Writes the outcomes and, for accepted commands, the history, in one statement, which travels with COMMIT. A command
 * that undoes another marks it.
 */
export async function settleReceipts(
  tx: Tx,
  outcomes: readonly Readonly<{ id: Uuid; outcome: unknown }>[],
  history: readonly HistoryEntry[],
): Promise<void> {
  await sql`${sql.raw(ANSWER_LATER)}
    with settled as (
      update sync.receipt r set outcome = o.outcome
        from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as o(id uuid, outcome jsonb)
       where r.command_id = o.id
    ), entries as (
      select * from jsonb_to_recordset(${JSON.stringify(history)}::jsonb)
        as h(command uuid, at int8, actor text, desk uuid, name text, version int, args jsonb,
             result jsonb, subjects uuid[], undoes uuid)
    ), undone as (
      update allmend.history h set undone_by = e.command from entries e where h.command = e.undoes
    )
    insert into allmend.history (command, at, actor, desk, name, version, args, result, subjects, undoes)
    select command, at, actor, desk, name, version, args, result, subjects, undoes
      from entries
  `.execute(tx)
}

/** The last place in a desk's line that has a receipt; 0 where it has none. */
export async function highestSeq(tx: Tx, desk: Uuid): Promise<number> {
  const { rows } = await sql<{ seq: number }>`
    select coalesce(max(desk_seq), 0)::int8 as seq from sync.receipt where desk_id = ${desk}::uuid
  `.execute(tx)
  return rows[0]?.seq ?? 0
}
