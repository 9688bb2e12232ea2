/**
 * Touched: which halls and times rows of a replica are about, so that a screen reads anew only what it shows of them.
 * Asked before rows are exchanged and after, since what goes is no less a change than what comes.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Span, Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'

export type Touched = Span & Readonly<{ resources: readonly Uuid[] }>

/** How the rows of a table, named by keys as the feed names them, lead to halls and times. */
const WAYS: Readonly<Record<string, (keys: RawBuilder<string[]>) => RawBuilder<unknown>>> = {
  'public.allocations': (keys) => sql`
    select mirror_of as resource, _start, _end from allocations where id = any(${keys}::int[])`,
  'public.reserved_slots': (keys) => sql`
    select mirror_of, _start, _end from allocations where id = any(${keys}::int[])`,
  'public.reservations': (keys) => sql`
    select resource, start, "end" from reservations where id = any(${keys}::int[])`,
  'public.reservation_blockers': (keys) => sql`
    select resource, start, "end" from reservation_blockers where id = any(${keys}::int[])`,
  'allmend.booking': (keys) => sql`
    select resource, start, "end" from reservations where token = any(${keys}::uuid[])`,
  'allmend.person': (keys) => sql`
    select r.resource, r.start, r."end" from allmend.booking b join reservations r on r.token = b.token
     where b.person = any(${keys}::uuid[])`,
}
/** About no hall and no time. */
const NOWHERE = new Set(['allmend.history', 'sync.receipt', 'allmend.person_phone'])

/** Null: somewhere, and it cannot be told where. */
export async function touchedBy(
  tx: Tx,
  changes: readonly Readonly<{ table: string; keys: readonly string[] | null }>[],
): Promise<Touched | 'nothing' | null> {
  const parts: RawBuilder<unknown>[] = []
  for (const { table, keys } of changes) {
    if (NOWHERE.has(table)) continue
    const way = WAYS[table]
    if (!way || keys === null) return null
    parts.push(way(sql`(select ${[...keys]}::text[])`))
  }
  if (parts.length === 0) return 'nothing'
  const { rows } = await sql<{
    start: number | null
    end: number | null
    resources: Uuid[] | null
    open: boolean
  }>`
    select (extract(epoch from min(start)) * 1000)::float8 as start,
           (extract(epoch from max("end") + interval '1 microsecond') * 1000)::float8 as "end",
           array_agg(distinct resource::text) as resources,
           -- What is reserved only together has no time of its own.
           coalesce(bool_or(start is null), false) as open
      from (${sql.join(parts, sql` union all `)}) as t(resource, start, "end")
  `.execute(tx)
  const [found] = rows
  if (!found || found.open) return null
  const { start, end, resources } = found
  return start === null || end === null || resources === null
    ? 'nothing'
    : { start, end, resources }
}

/** Both, in one. */
export function bothOf(
  one: Touched | 'nothing' | null,
  other: Touched | 'nothing' | null,
): Touched | 'nothing' | null {
  if (one === null || other === null) return null
  if (one === 'nothing') return other
  if (other === 'nothing') return one
  return {
    start: Math.min(one.start, other.start),
    end: Math.max(one.end, other.end),
    resources: [...new Set([...one.resources, ...other.resources])],
  }
}
