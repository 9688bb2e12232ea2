/**
 * Names: vectors know no database ids. Masters are `a0`, `a1` … in the order of their rows, mirrors `a0/2`, groups,
 * reservations, blockers, tokens and sessions `g r b t s`. A name sticks to its row, and a row that was rolled back
 * after it got one takes it away with it.
 */
import { sql } from 'kysely'
import { type Micros, microsOf } from '../../../core/domain/micros.ts'
import type { Uuid } from '../../../core/domain/time.ts'
import { mirrorUuids, uuid5 } from '../../../core/domain/uuid.ts'
import { randomUuid } from '../../../core/scheduler/random-uuid.ts'
import type { Tx } from '../../../core/store/database.ts'

/** RFC 9562's namespace of URLs, under which the recorder derived its sessions. */
const URL_NAMESPACE = '6ba7b811-9dad-11d1-80b4-00c04fd430c8'
/** More mirrors than any vector has. */
const MOST_MIRRORS = 100
/** An id that no row has. */
const UNKNOWN_ID = 999_999

type MasterRow = { id: number; resource: string; group: string; start: string }
type RecordRow = { id: number; token: string; target: string; start: string | null }

export class Names {
  readonly #masters = new Map<number, string>()
  readonly #groups = new Map<string, string>()
  readonly #tokens = new Map<string, string>()
  readonly #reservations = new Map<number, string>()
  readonly #blockers = new Map<number, string>()
  readonly #sessions = new Map<string, string>()
  readonly #unknown = new Map<string, Uuid>()
  #rows: readonly MasterRow[] = []

  /** Gives names to what is new, masters first. */
  async learn(tx: Tx): Promise<void> {
    const masters = await sql<MasterRow>`select id, resource, "group", _start::text as start
      from allocations where resource = mirror_of order by id`.execute(tx)
    this.#rows = masters.rows
    for (const { id, group } of masters.rows) {
      if (!this.#masters.has(id)) this.#masters.set(id, `a${this.#masters.size}`)
      if (!this.#groups.has(group)) this.#groups.set(group, `g${this.#groups.size}`)
    }
    await this.#learnRecords(tx, 'reservations', this.#reservations, 'r')
    await this.#learnRecords(tx, 'reservation_blockers', this.#blockers, 'b')
  }

  async #learnRecords(tx: Tx, table: string, known: Map<number, string>, letter: string) {
    const { rows } = await sql<RecordRow>`select id, token, target, start::text as start
      from ${sql.table(table)} order by id`.execute(tx)
    const fresh = rows.filter((row) => !known.has(row.id))
    const key = (row: RecordRow) => [row.start ?? '', this.group(row.target)] as const
    fresh.sort((one, other) => {
      const [[start, group], [otherStart, otherGroup]] = [key(one), key(other)]
      if (start !== otherStart) return start < otherStart ? -1 : 1
      if (group !== otherGroup) return group < otherGroup ? -1 : 1
      return one.id - other.id
    })
    for (const row of fresh) {
      known.set(row.id, `${letter}${known.size}`)
      this.#nameToken(row.token)
    }
  }

  #nameToken(token: Uuid): void {
    if (!this.#tokens.has(token)) this.#tokens.set(token, `t${this.#tokens.size}`)
  }

  // Out of the database, into the vector

  /** `a0`, or `a0/2` for a mirror. */
  allocation(row: Readonly<{ id: number; resource: Uuid; mirrorOf: Uuid; start: Micros }>): string {
    if (row.resource === row.mirrorOf) return this.#masters.get(row.id) ?? '?'
    const master = this.#rows.find(
      (each) => each.resource === row.mirrorOf && microsOf(each.start) === row.start,
    )
    const index = mirrorUuids(row.mirrorOf, MOST_MIRRORS).indexOf(row.resource) + 1
    return `${master ? this.#masters.get(master.id) : '?'}/${index}`
  }

  group(group: Uuid): string {
    return this.#groups.get(group) ?? '?'
  }

  token(token: Uuid): string {
    this.#nameToken(token)
    return this.#tokens.get(token) as string
  }

  reservation(id: number): string {
    return this.#reservations.get(id) ?? '?'
  }

  blocker(id: number): string {
    return this.#blockers.get(id) ?? '?'
  }

  session(id: Uuid | null): string | null {
    return id === null ? null : (this.#sessions.get(id) ?? id)
  }

  // Out of the vector, into the database

  /** Of a mirror only while it has a row. */
  async allocationId(tx: Tx, name: string): Promise<number> {
    const [master = '', mirror] = name.split('/')
    const id = idOf(this.#masters, master)
    if (mirror === undefined) return id
    const { rows } = await sql<{ id: number; resource: string }>`select p.id, p.resource
      from allocations m join allocations p on p.mirror_of = m.resource and p._start = m._start
      where m.id = ${id}`.execute(tx)
    const [own] = this.#rows.filter((row) => row.id === id)
    const key = own && mirrorUuids(own.resource, Number(mirror) + 1)[Number(mirror) - 1]
    return rows.find(({ resource }) => resource === key)?.id ?? UNKNOWN_ID
  }

  reservationId(name: unknown): number | undefined {
    return typeof name === 'string' ? idOf(this.#reservations, name) : undefined
  }

  blockerId(name: unknown): number | undefined {
    return typeof name === 'string' ? idOf(this.#blockers, name) : undefined
  }

  groupUuid(name: string): Uuid {
    return keyOf(this.#groups, name) ?? this.#unknownUuid(`group ${name}`)
  }

  tokenUuid(name: string): Uuid {
    return keyOf(this.#tokens, name) ?? this.#unknownUuid(`token ${name}`)
  }

  sessionUuid(name: unknown): Uuid | null {
    if (typeof name !== 'string') return null
    const uuid = uuid5(URL_NAMESPACE, name)
    this.#sessions.set(uuid, name)
    return uuid
  }

  #unknownUuid(name: string): Uuid {
    const uuid = this.#unknown.get(name) ?? randomUuid()
    this.#unknown.set(name, uuid)
    return uuid
  }
}

function keyOf<K>(map: ReadonlyMap<K, string>, name: string): K | undefined {
  for (const [key, value] of map) if (value === name) return key
  return undefined
}

function idOf(map: ReadonlyMap<number, string>, name: string): number {
  return keyOf(map, name) ?? UNKNOWN_ID
}
