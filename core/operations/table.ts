/**
 * Table: the rows of one kind that a ledger holds, and which of them differ from the database.
 *
 * Rows are live: who holds one sees later changes of it, and only the table may change it.
 */
import type { Uuid } from '../domain/time.ts'

/** What has to be written so that the database says the same. A row made and removed again is nowhere. */
export interface TableChanges<R> {
  readonly made: readonly R[]
  readonly changed: readonly R[]
  readonly removed: readonly R[]
}

type Writable<R> = { -readonly [K in keyof R]: R[K] }

export class Table<R extends { readonly id: Uuid }> {
  readonly #rows = new Map<Uuid, R>()
  readonly #made = new Map<Uuid, R>()
  readonly #changed = new Map<Uuid, R>()
  readonly #removed = new Map<Uuid, R>()

  /** Takes in a row as the database has it; false if it was known, and then its changes here stand. */
  load(row: R): boolean {
    if (this.#rows.has(row.id) || this.#removed.has(row.id)) return false
    this.#rows.set(row.id, row)
    return true
  }

  find(id: Uuid): R | undefined {
    return this.#rows.get(id)
  }

  get(id: Uuid): R {
    const row = this.#rows.get(id)
    if (!row) throw new Error(`row ${id} is not in the ledger`)
    return row
  }

  values(): IterableIterator<R> {
    return this.#rows.values()
  }

  make(row: R): R {
    if (this.#rows.has(row.id)) throw new Error(`row ${row.id} was made twice`)
    this.#rows.set(row.id, row)
    // Made again under the id of a row that was there: to the database it has changed.
    if (this.#removed.delete(row.id)) this.#changed.set(row.id, row)
    else this.#made.set(row.id, row)
    return row
  }

  change(row: R, values: Partial<Writable<R>>): void {
    Object.assign(this.get(row.id) as Writable<R>, values)
    if (!this.#made.has(row.id)) this.#changed.set(row.id, row)
  }

  remove(row: R): void {
    this.#rows.delete(row.id)
    this.#changed.delete(row.id)
    if (!this.#made.delete(row.id)) this.#removed.set(row.id, row)
  }

  changes(): TableChanges<R> {
    return {
      made: [...this.#made.values()],
      changed: [...this.#changed.values()],
      removed: [...this.#removed.values()],
    }
  }
}
