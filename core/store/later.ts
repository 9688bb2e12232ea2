/**
 * Later: writes that are held back until the next statement of their transaction, or its COMMIT, takes them along.
 *
 * Whoever comes next may find that the write is to become another one (a reservation that is approved at once is
 * written approved) and take it back, as long as nothing was sent: then nobody can have seen that it was not there.
 */
import { CompiledQuery } from 'kysely'
import { type Compose, type Connection, ITSELF } from './connection.ts'
import type { Tx } from './database.ts'

/** A write that is held back. */
export interface HeldWrite {
  /** Whether nothing was sent since, so that it can still be taken back. */
  isHeld(): boolean
  takeBack(): void
}

const sent: HeldWrite = { isHeld: () => false, takeBack: () => {} }

async function connectionOf(tx: Tx): Promise<Connection | undefined> {
  const { rows } = await tx
    .getExecutor()
    .provideConnection((connection) =>
      connection.executeQuery<{ connection: Connection }>(CompiledQuery.raw(ITSELF)),
    )
  return rows[0]?.connection
}

/** How many statements the connection of a transaction has sent: equal answers mean that nothing was sent between. */
export async function sentSoFar(tx: Tx): Promise<number | undefined> {
  return (await connectionOf(tx))?.sent
}

/** Writes the item before anything else is sent, in one statement with all that wait like it. */
export async function writeLater<Item>(
  tx: Tx,
  compose: Compose<Item>,
  item: Item,
): Promise<HeldWrite> {
  const connection = await connectionOf(tx)
  if (!connection) {
    const { sql, parameters } = compose([item])
    await tx.executeQuery(CompiledQuery.raw(sql, [...parameters]))
    return sent
  }
  connection.hold(compose, item)
  const kind = compose as Compose<never>
  return {
    isHeld: () => connection.holds(kind, item),
    takeBack: () => connection.dropHeld(kind, item),
  }
}
