/**
 * Exchange: a database in whose place another one can be put while it is being read.
 *
 * It promises that whoever reads meets one or the other, whole; that the new one is seen when it is complete and not
 * before; and that a crash in between leaves the old one.
 */
import type { Kysely } from 'kysely'
import type { Database, ReadOptions, TransactOptions, Tx } from './database.ts'
import { DiskFull } from './failures.ts'
import type { Schema } from './schema.ts'

/** Where databases are kept by name; one of them is in use. */
export interface Shelf {
  /** The name of the one in use; null before the first. */
  current(): Promise<string | null>
  /** Opens one, and makes it, empty, where there is none. */
  open(name: string): Promise<Database>
  /** From now on it is the one in use, also after a crash. */
  appoint(name: string): Promise<void>
  /** Removes all others. None of them is open. */
  clear(name: string): Promise<void>
}

interface Held {
  readonly name: string
  readonly database: Database
  /** Work under way, which an exchange waits for before it closes this one. */
  uses: number
  idle: () => void
}

export class Exchangeable implements Database {
  readonly kind = 'pglite'
  readonly #shelf: Shelf
  #held: Held
  #leaving: Promise<void> = Promise.resolve()

  private constructor(shelf: Shelf, held: Held) {
    this.#shelf = shelf
    this.#held = held
  }

  /** One that cannot be opened is only a copy: an empty one takes its place. */
  static async open(shelf: Shelf, unusable: (error: unknown) => void): Promise<Exchangeable> {
    const name = (await shelf.current()) ?? '1'
    await shelf.clear(name)
    try {
      return new Exchangeable(shelf, held(name, await shelf.open(name)))
    } catch (error) {
      if (error instanceof DiskFull) throw error
      unusable(error)
      const next = after(name)
      const database = await shelf.open(next)
      await shelf.appoint(next)
      await shelf.clear(next)
      return new Exchangeable(shelf, held(next, database))
    }
  }

  get kysely(): Kysely<Schema> {
    return this.#held.database.kysely
  }

  transact<T>(work: (tx: Tx) => Promise<T>, options?: TransactOptions): Promise<T> {
    return this.#using((database) => database.transact(work, options))
  }

  read<T>(work: (tx: Tx) => Promise<T>, options?: ReadOptions): Promise<T> {
    return this.#using((database) => database.read(work, options))
  }

  version(): Promise<string> {
    return this.#using((database) => database.version())
  }

  /** Lets a new, empty database be filled beside this one, and puts it in its place. All or nothing. */
  async exchange<T>(fill: (database: Database) => Promise<T>): Promise<T> {
    const old = this.#held
    const name = after(old.name)
    await this.#leaving
    await this.#shelf.clear(old.name)
    const database = await this.#shelf.open(name)
    try {
      const result = await fill(database)
      await this.#shelf.appoint(name)
      this.#held = held(name, database)
      this.#leaving = left(old).then(() => old.database.close())
      return result
    } catch (error) {
      await database.close()
      throw error
    }
  }

  async close(): Promise<void> {
    await this.#leaving
    await this.#held.database.close()
  }

  async #using<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const mine = this.#held
    mine.uses += 1
    try {
      return await work(mine.database)
    } finally {
      mine.uses -= 1
      if (mine.uses === 0) mine.idle()
    }
  }
}

const after = (name: string) => `${Number(name) + 1}`

function held(name: string, database: Database): Held {
  return { name, database, uses: 0, idle: () => {} }
}

function left(one: Held): Promise<void> {
  if (one.uses === 0) return Promise.resolve()
  return new Promise((resolve) => {
    one.idle = resolve
  })
}
