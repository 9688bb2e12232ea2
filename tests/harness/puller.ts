/** A replica in memory that follows a test server as one desk, and what it should hold. */
import { sql } from 'kysely'
import type { Database, Tx } from '../../core/store/database.ts'
import { Exchangeable } from '../../core/store/exchange.ts'
import { openPostgres } from '../../core/store/postgres.ts'
import { readPosition, writePosition } from '../../core/store/replica.ts'
import type { Position } from '../../core/store/shared/moment.ts'
import { REPLICATED } from '../../core/store/shared/replicated.ts'
import { inWindow, type Window } from '../../core/store/shared/window.ts'
import { Puller } from '../../core/sync/puller.ts'
import { idOf } from './authority.ts'
import { memoryShelf } from './memory-shelf.ts'
import type { SharedServer } from './shared-server.ts'

export interface Follower {
  readonly replica: Exchangeable
  /** Another one after `again`. */
  puller: Puller
  /** As if the desk had been closed and opened, with another position on its disk if one is given. */
  again(change?: (position: Position) => Position): Promise<void>
  close(): Promise<void>
}

export async function followerOf(server: SharedServer, name = 'Schalter 1'): Promise<Follower> {
  const reader = await openPostgres({ connectionString: server.deskUrl, connections: 2 })
  const replica = await Exchangeable.open(memoryShelf(), (error) => {
    throw error
  })
  const open = () => Puller.open({ server: reader, replica, desk: { id: idOf(name), label: name } })
  const follower: Follower = {
    replica,
    puller: await open(),
    async again(change = (position) => position) {
      await replica.transact(async (tx) => {
        const position = await readPosition(tx)
        if (position) await writePosition(tx, change(position))
      })
      follower.puller = await open()
    },
    async close() {
      await reader.close()
      await replica.close()
    },
  }
  return follower
}

/** Every replicated row as text, of a server only those of the window. */
export async function rowsOf(
  database: Database | Tx,
  window?: Window,
): Promise<Record<string, readonly string[]>> {
  const content: Record<string, readonly string[]> = {}
  for (const of of REPLICATED) {
    const inside = window && inWindow(of, window)
    const { rows } = await sql<{ row: string }>`
      select to_jsonb(t)::text as row from ${sql.id(...of.table.split('.'))} t
       where ${inside ?? sql`true`}
    `.execute('kysely' in database ? database.kysely : database)
    content[of.table] = rows.map(({ row }) => row).sort()
  }
  return content
}
