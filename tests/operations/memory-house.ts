/**
 * A house in memory: the rows of one desk, on which commands run as they do on a database, without one.
 *
 * It applies what a ledger changed and refuses what the constraints of the tables refuse, so that thousands of
 * random events take seconds.
 */

import type { Instant, Uuid } from '../../core/domain/time.ts'
import { cancel } from '../../core/operations/cancel.ts'
import { create } from '../../core/operations/create.ts'
import { execute, start } from '../../core/operations/execute.ts'
import type { Ids } from '../../core/operations/ids.ts'
import type { Plan } from '../../core/operations/kind.ts'
import { kindNamed } from '../../core/operations/kinds/list.ts'
import { Ledger } from '../../core/operations/ledger.ts'
import { lendableOf, standingsOf } from '../../core/operations/pieces.ts'
import { type Replanned, releaseOn, replanOn } from '../../core/operations/replan.ts'
import { freePieces } from '../../core/operations/trips.ts'
import type {
  Avatar,
  Claim,
  HistoryInput,
  Item,
  KindName,
  Operation,
} from '../../core/store/operations-model.ts'

export class MemoryHouse {
  readonly operations = new Map<Uuid, Operation>()
  readonly avatars = new Map<Uuid, Avatar>()
  readonly items = new Map<Uuid, Item>()
  readonly inputs = new Map<Uuid, HistoryInput>()
  readonly claims = new Map<Uuid, Claim>()
  readonly #stores: ReadonlySet<Uuid>
  readonly #ids: Ids
  now: Instant

  constructor(stores: ReadonlySet<Uuid>, ids: Ids, now: Instant) {
    this.#stores = stores
    this.#ids = ids
    this.now = now
  }

  /** Works on a ledger over everything and keeps what it changed; returns the number of changed rows too. */
  work<T>(job: (ledger: Ledger) => T): T {
    const ledger = this.#ledger()
    const result = job(ledger)
    this.#keep(ledger)
    return result
  }

  /** The claims the planner is given: those not over, and those that pieces are out for. */
  open(): Claim[] {
    const standing = [...this.avatars.values()].filter((avatar) => avatar.state !== 'past')
    const out = new Set(standing.map((avatar) => this.operations.get(avatar.reason)?.claim))
    return [...this.claims.values()].filter(({ id, backAt }) => backAt > this.now || out.has(id))
  }

  replan(without: readonly Uuid[] = []): Replanned {
    const claims = this.open().filter((claim) => !without.includes(claim.id))
    return this.work((ledger) => replanOn(ledger, claims, this.#stores))
  }

  /** How many rows planning once more would change. */
  unsettled(): number {
    const ledger = this.#ledger()
    replanOn(ledger, this.open(), this.#stores)
    const { operations, avatars, inputs } = ledger.changes()
    const rows = [operations, avatars].flatMap((one) => [one.made, one.changed, one.removed])
    return [...rows, inputs.made, inputs.removed].flat().length
  }

  /** As the store counts it: whoever is over wants nothing more, and counts only while something is out. */
  free(from: Instant, until: Instant): number {
    const claims = this.open()
    const standings = standingsOf(this.#ledger(), claims, this.#stores)
    const out = new Set(standings.pieces.map((piece) => piece.out))
    const wanting = claims.filter(({ id, backAt }) => backAt > this.now || out.has(id))
    return freePieces(lendableOf(standings, wanting), from, until)
  }

  create(kind: KindName, plan: (ledger: Ledger) => Plan): Operation {
    return this.work((ledger) => create(ledger, kindNamed(kind), plan(ledger)))
  }

  execute(id: Uuid, at: Instant): void {
    this.work((ledger) => execute(ledger, ledger.operation(id), at))
  }

  start(id: Uuid): void {
    this.work((ledger) => start(ledger, ledger.operation(id), this.now))
  }

  cancel(id: Uuid): void {
    this.work((ledger) => cancel(ledger, [ledger.operation(id)]))
  }

  release(item: Uuid): void {
    const claims = this.open()
    this.work((ledger) => releaseOn(ledger, standingsOf(ledger, claims, this.#stores), [item]))
  }

  /** As `callOff` does it. */
  callOff(id: Uuid): void {
    const claim = this.claims.get(id)
    if (!claim) return
    const touched = [...this.operations.values()].some((operation) => {
      return operation.claim === id && operation.state !== 'planned'
    })
    if (touched) {
      const { outAt, backAt } = claim
      const back = Math.min(backAt, this.now)
      this.claims.set(id, { ...claim, backAt: back, outAt: Math.min(outAt, back - 1) })
      this.replan()
      return
    }
    this.replan([id])
    this.claims.delete(id)
  }

  #ledger(): Ledger {
    const ledger = new Ledger(this.now, this.#ids)
    const copies = <T extends object>(rows: Iterable<T>) => [...rows].map((row) => ({ ...row }))
    ledger.load({
      operations: copies(this.operations.values()),
      avatars: copies(this.avatars.values()),
      inputs: copies(this.inputs.values()),
      items: copies(this.items.values()),
    })
    return ledger
  }

  #keep(ledger: Ledger): void {
    const { operations, avatars, items, inputs, bereft } = ledger.changes()
    for (const one of inputs.removed) this.inputs.delete(one.avatar)
    for (const one of avatars.removed) this.avatars.delete(one.id)
    for (const one of operations.removed) this.operations.delete(one.id)
    for (const one of [...operations.made, ...operations.changed]) this.operations.set(one.id, one)
    for (const one of [...items.made, ...items.changed]) this.items.set(one.id, one)
    for (const one of [...avatars.made, ...avatars.changed]) this.avatars.set(one.id, one)
    for (const one of inputs.made) {
      if (this.inputs.has(one.avatar)) throw new Error(`avatar ${one.avatar} is taken twice`)
      this.inputs.set(one.avatar, one)
    }
    const standing = new Set([...this.avatars.values()].map((avatar) => avatar.item))
    for (const item of bereft) if (!standing.has(item)) this.items.delete(item)
  }
}
