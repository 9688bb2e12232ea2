/**
 * Connection: one session of `pg`, as Kysely wants it, with two savings that no caller sees.
 *
 * A statement with parameters is prepared by name from its second use on, so the server parses and plans it once;
 * and BEGIN waits for the first statement and travels with it, so a transaction costs one round trip less and an
 * empty one none. It never changes the order of statements and never hides an error.
 */
import type { PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type pg from 'pg'

/** Beyond this many, texts are sent whole: a session keeps each prepared plan in memory until it ends. */
const MOST_PREPARED = 300
/** Texts seen once are remembered up to here, so that lists of changing length cannot grow the memory for ever. */
const MOST_REMEMBERED = 2000

const BEGIN = /^(begin|start transaction)\b/i
const END = /^(commit|rollback)$/i

const nothing = (command: 'COMMIT' | 'ROLLBACK' | 'SELECT'): PostgresQueryResult<never> => ({
  command,
  rowCount: 0,
  rows: [],
})

export class Connection implements PostgresPoolClient {
  readonly #client: pg.PoolClient
  readonly #seen = new Set<string>()
  readonly #names = new Map<string, string>()
  /** A BEGIN that has not been sent yet. */
  #begin: string | undefined

  constructor(client: pg.PoolClient) {
    this.#client = client
  }

  get processID(): number {
    return (this.#client as unknown as { processID: number }).processID
  }

  query(sql: unknown, parameters?: ReadonlyArray<unknown>): never {
    return this.#query(sql as string, parameters ?? []) as never
  }

  release(destroy?: boolean): void {
    this.#begin = undefined
    this.#client.release(destroy)
  }

  async #query(sql: string, parameters: ReadonlyArray<unknown>) {
    if (parameters.length === 0) {
      if (BEGIN.test(sql)) {
        this.#begin = sql
        return nothing('SELECT')
      }
      if (this.#begin !== undefined && END.test(sql)) {
        this.#begin = undefined
        return nothing(sql.toLowerCase() === 'commit' ? 'COMMIT' : 'ROLLBACK')
      }
    }
    if (this.#begin === undefined) return await this.#send(sql, parameters)
    const begun = this.#client.query(this.#begin)
    this.#begin = undefined
    const [first, second] = await Promise.allSettled([begun, this.#send(sql, parameters)])
    if (first.status === 'rejected') throw first.reason
    if (second.status === 'rejected') throw second.reason
    return second.value
  }

  #send(sql: string, parameters: ReadonlyArray<unknown>) {
    if (parameters.length === 0) return this.#client.query(sql)
    const name = this.#nameOf(sql)
    const values = parameters as unknown[]
    return this.#client.query(
      name === undefined ? { text: sql, values } : { name, text: sql, values },
    )
  }

  #nameOf(sql: string): string | undefined {
    const known = this.#names.get(sql)
    if (known !== undefined) return known
    if (this.#names.size >= MOST_PREPARED) return undefined
    if (!this.#seen.has(sql)) {
      if (this.#seen.size >= MOST_REMEMBERED) this.#seen.clear()
      this.#seen.add(sql)
      return undefined
    }
    this.#seen.delete(sql)
    const name = `s${this.#names.size + 1}`
    this.#names.set(sql, name)
    return name
  }
}
