/** Truth: what a server at rest holds, as the checker compares it. */
import { sql } from 'kysely'
import type { Uuid } from '../../core/domain/time.ts'
import type { Database } from '../../core/store/database.ts'
import type { Truth } from './checker.ts'
import { contentOf, wrongIn } from './town.ts'

export async function truthOf(database: Database): Promise<Truth> {
  const { receipts, done, slots } = await database.read(async (tx) => ({
    receipts: await sql<{ id: Uuid; status: 'accepted' | 'refused' | null }>`
      select command_id as id, outcome ->> 'status' as status from sync.receipt`.execute(tx),
    done: await sql<{ id: Uuid; times: number }>`
      select command as id, count(*)::int as times from allmend.history group by command`.execute(
      tx,
    ),
    slots: await sql<{ token: Uuid; slots: number }>`
      select b.token, count(s.start)::int as slots from allmend.booking b
        left join reserved_slots s on s.reservation_token = b.token group by b.token`.execute(tx),
  }))
  return {
    receipts: new Map(receipts.rows.map(({ id, status }) => [id, status])),
    done: new Map(done.rows.map(({ id, times }) => [id, times])),
    slots: new Map(slots.rows.map((one) => [one.token, one.slots])),
    wrong: await wrongIn(database),
    content: await contentOf(database),
  }
}
