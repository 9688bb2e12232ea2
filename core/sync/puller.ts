/**
 * Puller: brings a replica from one snapshot of the server to the next.
 *
 * It promises that every pull is one consistent snapshot, applied in one local transaction, so that the replica is at
 * any moment what the server was at one moment, as far as its window reaches; and that a server with another history (a
 * restored backup, another cluster, a compacted feed) is read from the beginning, into a database beside the one that is
 * shown meanwhile.
 */
import type { Span, Uuid } from '../domain/time.ts'
import type { Database, Tx } from '../store/database.ts'
import type { Exchangeable } from '../store/exchange.ts'
import { codeOf, Outdated } from '../store/failures.ts'
import { type Asking, onOneTrip } from '../store/one-trip.ts'
import {
  type Columns,
  insertSheet,
  prepareReplica,
  readPosition,
  removeAll,
  removeKeys,
  removeOutside,
  trustServer,
  writePosition,
} from '../store/replica.ts'
import { readMunicipality } from '../store/settings.ts'
import {
  changesSince,
  keyIn,
  keyNotIn,
  type Moment,
  momentOf,
  onPage,
  type Page,
  type Position,
  pagesOf,
  reportDesk,
  type Sheet,
  sheetOf,
  takeTime,
} from '../store/shared/moment.ts'
import { REPLICATED, type Replicated } from '../store/shared/replicated.ts'
import { holds, inWindow, outsideOf, sameWindow, type Window } from '../store/shared/window.ts'
import { refreshStatistics } from '../store/statistics.ts'
import { bothOf, type Touched, touchedBy } from '../store/touched.ts'
import { windowAt } from './window.ts'

/** Keys that are asked for in one statement. */
const CHUNK = 5000
/** So much more of time is read in one piece; a longer one may be years, and comes page by page. */
const LONG_MS = 92 * 86_400_000

export type Pulled = Readonly<{
  position: Position
  /** The whole server was read. */
  anew: boolean
  /** The server serves newer programs only: this one may read, and send nothing. */
  outdated: boolean
  /** Tables with the keys whose rows may be others now, null for any; empty where nothing changed. */
  tables: readonly Readonly<{ table: string; keys: readonly string[] | null }>[]
  /** The halls and times that they are about; null: it cannot be told. */
  touched: Touched | 'nothing' | null
}>

/** What of a table takes the place of what. */
interface Delta {
  readonly of: Replicated
  /** Rows of these keys go; what is found of them comes back. */
  readonly keys: readonly string[]
  readonly sheets: readonly Sheet[]
}

interface Read {
  readonly moment: Moment
  readonly window: Window
  readonly changed: readonly Delta[]
  /** What a wider window, or a later one, has more. */
  readonly more: readonly Delta[]
}

export interface Pulling {
  readonly server: Database
  readonly replica: Exchangeable
  readonly desk: Readonly<{ id: Uuid; label: string }>
}

export class Puller {
  readonly #server: Database
  readonly #replica: Exchangeable
  readonly #desk: Pulling['desk']
  readonly #columns: Columns
  /** What somebody looked at beyond the usual window since the start. */
  #asked: Span | null = null
  #position: Position | null
  #last: Promise<unknown> = Promise.resolve()

  private constructor(
    { server, replica, desk }: Pulling,
    columns: Columns,
    position: Position | null,
  ) {
    this.#server = server
    this.#replica = replica
    this.#desk = desk
    this.#columns = columns
    this.#position = position
  }

  static async open(pulling: Pulling): Promise<Puller> {
    const columns = await prepareReplica(pulling.replica)
    return new Puller(pulling, columns, await pulling.replica.read(readPosition))
  }

  /** Of the snapshot that the replica is; null before the first. */
  position(): Position | null {
    return this.#position
  }

  /** One after the other. A crash or a lost connection anywhere changes nothing: the next pull brings the same. */
  pull(): Promise<Pulled> {
    return this.#next(() => this.#pull())
  }

  /** Resolves when the replica reaches over this span, too. */
  async reach(span: Span): Promise<void> {
    const there = () => this.#position !== null && holds(this.#position.window, span)
    if (there()) return
    const { start, end } = this.#asked ?? span
    this.#asked = { start: Math.min(start, span.start), end: Math.max(end, span.end) }
    await this.#next(async () => {
      if (!there()) await this.#pull()
    })
  }

  /** Tells the server how far this desk has come, and remembers that it did: a server that forgets it was set back. */
  report(): Promise<void> {
    return this.#next(async () => {
      if (!this.#position) return
      const { cursor } = this.#position
      await this.#server.transact((tx) => reportDesk(tx, { ...this.#desk, cursor }))
      this.#position = { ...this.#position, reported: cursor }
    })
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work)
    this.#last = mine.catch(() => undefined)
    return mine
  }

  async #pull(): Promise<Pulled> {
    const known = this.#position
    const read = known && (await this.#server.read((tx) => this.#readOn(tx, known)))
    if (!known || !read) return this.#begin(known)
    const { moment, window, changed, more } = read
    const position = { ...placeOf(moment), window, reported: known.reported }
    const slides = !sameWindow(window, known.window)
    const tables = changed.map(({ of, keys }) => ({ table: of.table, keys }))
    const touched = await this.#replica.transact(async (tx) => {
      const before = await touchedBy(tx, tables)
      await trustServer(tx)
      for (const { of, keys } of changed) await removeKeys(tx, of, keys)
      if (slides) await removeOutside(tx, window)
      for (const delta of [...changed, ...more]) await this.#insert(tx, delta)
      await writePosition(tx, position)
      return bothOf(before, await touchedBy(tx, tables))
    })
    this.#position = position
    const moved = slides
      ? REPLICATED.filter((of) => inWindow(of, window)).map(({ table }) => ({ table, keys: null }))
      : []
    return {
      position,
      anew: false,
      outdated: moment.outdated,
      tables: [...tables, ...moved],
      touched: slides ? null : touched,
    }
  }

  /** What is new since then, within one snapshot, which is let go before anything is written here. */
  async #readOn(tx: Tx, known: Position): Promise<Read | null> {
    // On one trip. Where this desk was away for weeks, what has changed takes its time.
    const [, moment, changes] = await onOneTrip(tx, (trip) =>
      Promise.all([
        takeTime(trip),
        momentOf(trip, known, this.#desk.id),
        changesSince(trip, known),
      ]),
    )
    if (!moment.follows) return null
    return whileServed(moment, async () => {
      const zone = (await this.#replica.read(readMunicipality))?.zone ?? 'UTC'
      const window = windowAt(moment.asOf, zone, this.#asked)
      const changed = await onOneTrip(tx, (trip) =>
        Promise.all(
          changes.map(async ({ of, keys }): Promise<Delta> => {
            const inside = inWindow(of, window)
            const sheets = chunks(keys).map((some) =>
              this.#sheet(trip, of, inside ? [keyIn(of, some), inside] : [keyIn(of, some)]),
            )
            return { of, keys, sheets: await Promise.all(sheets) }
          }),
        ),
      )
      const more = await this.#readMore(tx, window, known.window, changed)
      return { moment, window, changed, more }
    })
  }

  /** Rows of the one window that are none of the other, and that were not read for having changed. */
  async #readMore(
    tx: Tx,
    window: Window,
    before: Window,
    changed: readonly Delta[],
  ): Promise<readonly Delta[]> {
    if (sameWindow(window, before)) return []
    const keys = new Map(changed.map((delta) => [delta.of, delta.keys]))
    const dated = REPLICATED.filter((of) => inWindow(of, window))
    const conditionsOf = (of: Replicated) =>
      [inWindow(of, window), outsideOf(of, before), keyNotIn(of, keys.get(of) ?? [])].flatMap(
        (condition) => condition ?? [],
      )
    await takeTime(tx)
    const pages: readonly (Page | Replicated)[] =
      lengthOf(window) - lengthOf(before) > LONG_MS ? await pagesOf(tx, dated) : dated
    return Promise.all(
      pages.map(async (page): Promise<Delta> => {
        const of = 'of' in page ? page.of : page
        const conditions = 'of' in page ? [onPage(page)] : []
        const sheet = await this.#sheet(tx, of, [...conditions, ...conditionsOf(of)])
        return { of, keys: [], sheets: [sheet] }
      }),
    )
  }

  /** The whole server. What was shown so far is shown until all of it is there. */
  async #begin(known: Position | null): Promise<Pulled> {
    const fill = async (replica: Database) => {
      const filled = await replica.transact(async (local) => {
        await trustServer(local)
        await removeAll(local)
        return this.#server.read((tx) => this.#copy(tx, local), { safe: true })
      })
      await refreshStatistics(replica)
      return filled
    }
    const { position, outdated } =
      known === null
        ? await fill(this.#replica)
        : await this.#replica.exchange(async (empty) => {
            await prepareReplica(empty)
            return fill(empty)
          })
    this.#position = position
    const tables = REPLICATED.map(({ table }) => ({ table, keys: null }))
    return { position, anew: true, outdated, tables, touched: null }
  }

  async #copy(tx: Tx, local: Tx): Promise<{ position: Position; outdated: boolean }> {
    await takeTime(tx)
    const moment = await momentOf(tx, null, this.#desk.id)
    return whileServed(moment, async () => {
      const zone = (await readMunicipality(tx))?.zone ?? 'UTC'
      const window = windowAt(moment.asOf, zone, this.#asked)
      const pages = await pagesOf(tx, REPLICATED)
      const read = (page: Page) => {
        const inside = inWindow(page.of, window)
        return this.#sheet(tx, page.of, inside ? [onPage(page), inside] : [onPage(page)])
      }
      let next = pages[0] && read(pages[0])
      for (const [index, { of }] of pages.entries()) {
        const sheet = (await next) as Sheet
        const following = pages[index + 1]
        // One page is on its way while the one before is written.
        next = following && read(following)
        next?.catch(() => undefined)
        await this.#insert(local, { of, keys: [], sheets: [sheet] })
      }
      const position = { ...placeOf(moment), window, reported: null }
      await writePosition(local, position)
      return { position, outdated: moment.outdated }
    })
  }

  #sheet(tx: Asking, of: Replicated, conditions: Parameters<typeof sheetOf>[3]): Promise<Sheet> {
    const names = (this.#columns.get(of.table) ?? []).map(({ name }) => name)
    return sheetOf(tx, of, names, conditions)
  }

  async #insert(tx: Tx, { of, sheets }: Delta): Promise<void> {
    for (const sheet of sheets) {
      await insertSheet(tx, of, this.#columns.get(of.table) ?? [], sheet)
    }
  }
}

function placeOf({ identity, cursor, newest, asOf }: Moment) {
  return { identity, cursor, newest, asOf }
}

const lengthOf = ({ during }: Window) => during.end - during.start

/** A newer server may lack what this program looks for: not a fault of the program, but of its age. */
async function whileServed<T>({ outdated }: Moment, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (outdated && codeOf(error)?.startsWith('42')) throw new Outdated('what it reads has changed')
    throw error
  }
}

function chunks<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, at) =>
    all.slice(at * CHUNK, (at + 1) * CHUNK),
  )
}
