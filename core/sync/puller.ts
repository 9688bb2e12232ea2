/**
 * Puller: brings a replica from one snapshot of the server to the next.
 *
 * It promises that every pull is one consistent snapshot, applied in one local transaction, so that the replica is at
 * any moment what the server was at one moment; and that a server with another history (a restored backup, another
 * cluster, an emptied table) is read from the beginning.
 */
import type { Database } from '../store/database.ts'
import { type Columns, type Replacement, readPosition, replace } from '../store/replica.ts'
import { changesSince, momentOf, type Position, rowsOf, takeTime } from '../store/shared/moment.ts'
import { REPLICATED, type Replicated } from '../store/shared/replicated.ts'

/** Keys that are asked for in one statement. */
const CHUNK = 5000

export type Pulled = Readonly<{
  position: Position
  /** The whole server was read. */
  anew: boolean
  /** Tables with the keys whose rows may be others now; empty where nothing changed. */
  tables: readonly Readonly<{ table: string; keys: readonly string[] | null }>[]
}>

export class Puller {
  readonly #server: Database
  readonly #replica: Database
  readonly #columns: Columns
  #last: Promise<unknown> = Promise.resolve()

  constructor(server: Database, replica: Database, columns: Columns) {
    this.#server = server
    this.#replica = replica
    this.#columns = columns
  }

  /** One after the other. A crash or a lost connection anywhere changes nothing: the next pull brings the same. */
  pull(): Promise<Pulled> {
    const mine = this.#last.then(() => this.#pull())
    this.#last = mine.catch(() => undefined)
    return mine
  }

  async #pull(): Promise<Pulled> {
    const known = await this.#replica.read(readPosition)
    const { position, anew, replacements } = await this.#read(known)
    await this.#replica.transact((tx) => replace(tx, this.#columns, replacements, position))
    const tables = replacements.map(({ of, keys }) => ({ table: of.table, keys }))
    return { position, anew, tables }
  }

  /** All within one snapshot of the server, which is let go before anything is written here. */
  #read(known: Position | null) {
    return this.#server.read(async (tx) => {
      const { position, follows } = await momentOf(tx, known)
      const anew = !follows || known === null
      if (anew) await takeTime(tx)
      const changes = anew
        ? REPLICATED.map((of) => ({ of, keys: null }))
        : await changesSince(tx, known.cursor)
      const replacements: Replacement[] = []
      for (const { of, keys } of changes) {
        const rows = []
        for (const some of keys === null ? [null] : chunks(keys)) {
          rows.push(...(await rowsOf(tx, of, this.#namesIn(of), some)))
        }
        replacements.push({ of, keys, rows })
      }
      return { position, anew, replacements }
    })
  }

  #namesIn({ table }: Replicated): string[] {
    return (this.#columns.get(table) ?? []).map(({ name }) => name)
  }
}

function* chunks<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += CHUNK) yield all.slice(at, at + CHUNK)
}
