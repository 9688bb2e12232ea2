/** Tables: libres' own, made where they are missing, for a program that uses the library without the desk. */
import type { Tx } from './database.ts'
import { up } from './migrations/0001-libres.ts'

/** What is there stays untouched. `ForeignTables` where other tables carry these names. */
export function makeTables(tx: Tx): Promise<void> {
  return up(tx as never)
}
