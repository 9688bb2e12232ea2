/** A run: a house with some chairs, and random events that keep to the plan (calm) or do not (rough). */
import { expect } from 'vitest'
import { HOUR_MS, type Instant, type Uuid } from '../../core/domain/time.ts'
import { idsOf } from '../../core/operations/ids.ts'
import type { Replanned } from '../../core/operations/replan.ts'
import { type Dice, dice } from '../../core/sample/dice.ts'
import type { Avatar, Claim, Operation } from '../../core/store/operations-model.ts'
import { idFor, NOW } from './house.ts'
import { MemoryHouse } from './memory-house.ts'

export const HALLS = ['hall', 'gym', 'park'].map(idFor)
const STORE = idFor('store')
const WORKSHOP = idFor('workshop')
export const CHAIR = idFor('chair')
/** Every date of a run is a multiple of it. */
export const GRID_MS = 6 * HOUR_MS

export class Run {
  readonly house: MemoryHouse
  readonly #dice: Dice
  readonly #rough: boolean
  #made = 0
  /** What happened last, for the report of a failure. */
  readonly story: string[] = []

  constructor(seed: number, rough: boolean) {
    this.#dice = dice(seed)
    this.#rough = rough
    this.house = new MemoryHouse(new Set([STORE]), idsOf(NOW, idFor(`run ${seed}`)), NOW)
    for (let count = this.#dice.between(3, 12); count > 0; count--) this.#buy()
  }

  get #now(): Instant {
    return this.house.now
  }

  #buy(): void {
    const plan = { state: 'done' as const, itemType: CHAIR, place: STORE, dtExecution: this.#now }
    this.house.create('arrival', () => plan)
  }

  #due(): Operation[] {
    return [...this.house.operations.values()]
      .filter(({ state, dtExecution }) => state !== 'done' && dtExecution <= this.#now)
      .filter((operation) => this.#inputs(operation).every((avatar) => avatar.state === 'present'))
      .sort((one, other) => one.dtExecution - other.dtExecution)
  }

  #inputs(operation: Operation): Avatar[] {
    return [...this.house.inputs.values()]
      .filter((input) => input.operation === operation.id)
      .map((input) => this.house.avatars.get(input.avatar) as Avatar)
  }

  #present(): Avatar[] {
    return [...this.house.avatars.values()].filter((avatar) => avatar.state === 'present')
  }

  #bought(): Replanned {
    this.#buy()
    return this.house.replan()
  }

  /** A claim for a random time; made only if that many are free. */
  #claim(): Replanned | undefined {
    const outAt = this.#now + this.#dice.between(1, 20) * GRID_MS
    const backAt = outAt + this.#dice.between(1, 12) * GRID_MS
    const free = this.house.free(outAt, backAt)
    if (!this.#rough) expect(free).toBe(this.#countedFree(outAt, backAt))
    const quantity = this.#dice.between(1, 6)
    if (quantity > free) return undefined
    this.#made += 1
    const id = idFor(`claim ${this.#made}`)
    const place = this.#dice.pick(HALLS)
    const claim = { id, booking: id, type: CHAIR, quantity, outAt, backAt, place }
    this.house.claims.set(id, claim)
    return this.house.replan()
  }

  /** By hand: all chairs, less the most that is claimed, or gone already, at any hour of the window. */
  #countedFree(from: Instant, until: Instant): number {
    let most = 0
    for (let hour = from; hour < until; hour += GRID_MS) {
      const claimed = this.#claimedAt(hour).reduce((sum, claim) => sum + claim.quantity, 0)
      const gone = HALLS.reduce((sum, hall) => sum + this.#deliveredEarly(hall, hour), 0)
      most = Math.max(most, claimed + gone)
    }
    return this.house.items.size - most
  }

  #claimedAt(moment: Instant): Claim[] {
    return [...this.house.claims.values()].filter((claim) => {
      return claim.outAt <= moment && moment < claim.backAt
    })
  }

  /** Time passes; whoever keeps to the plan does all that falls due at its hour. */
  #pass(): Replanned | undefined {
    const until = this.#now + this.#dice.between(1, 16) * GRID_MS
    if (this.#rough && this.#dice.roll() < 0.4) {
      this.house.now = until
      return this.house.replan()
    }
    for (;;) {
      const undone = [...this.house.operations.values()].filter((one) => one.state !== 'done')
      const next = Math.min(...undone.map((one) => one.dtExecution))
      if (next > until) break
      this.house.now = Math.max(this.#now, next)
      for (const operation of this.#due()) this.house.execute(operation.id, this.#now)
    }
    this.house.now = Math.max(this.#now, until)
    return this.house.replan()
  }

  /** Deliveries of pieces that are there. */
  #deliverable(): Operation[] {
    return [...this.house.operations.values()].filter((operation) => {
      if (operation.state !== 'planned' || operation.place === STORE) return false
      return this.#inputs(operation).every(
        (avatar) => avatar.state === 'present' && avatar.dtFrom <= this.#now,
      )
    })
  }

  /** A delivery somewhat before its time. */
  #early(): Replanned | undefined {
    const deliveries = this.#deliverable()
    if (deliveries.length === 0) return undefined
    this.house.execute(this.#dice.pick(deliveries).id, this.#now)
    return this.house.replan()
  }

  /** A delivery sets off, and is on its way until it arrives. */
  #setsOff(): Replanned | undefined {
    const deliveries = this.#deliverable()
    if (deliveries.length === 0) return undefined
    this.house.start(this.#dice.pick(deliveries).id)
    return this.house.replan()
  }

  #arrives(): Replanned | undefined {
    const under = [...this.house.operations.values()].filter((one) => one.state === 'started')
    if (under.length === 0) return undefined
    this.house.execute(this.#dice.pick(under).id, this.#now)
    return this.house.replan()
  }

  #withdraw(): Replanned | undefined {
    const open = this.house.open()
    if (open.length === 0) return undefined
    this.house.callOff(this.#dice.pick(open).id)
    return this.house.replan()
  }

  /** A piece breaks where it is: written off, or brought to the workshop. */
  #breaks(): Replanned | undefined {
    const present = this.#present()
    if (present.length === 0) return undefined
    const { item } = this.#dice.pick(present)
    this.house.release(item)
    const input = this.#present().find((avatar) => avatar.item === item) as Avatar
    if ([...this.house.inputs.values()].some((one) => one.avatar === input.id)) return undefined
    const repaired = this.#dice.roll() < 0.5
    const at = Math.max(this.#now, input.dtFrom)
    const how = { state: 'done' as const, dtExecution: at }
    this.house.create(repaired ? 'move' : 'departure', (ledger) => ({
      ...how,
      input: ledger.avatar(input.id),
      ...(repaired ? { place: WORKSHOP } : {}),
    }))
    return this.house.replan()
  }

  #repaired(): Replanned | undefined {
    const broken = this.#present().filter((avatar) => avatar.place === WORKSHOP)
    if (broken.length === 0) return undefined
    const { id, dtFrom } = this.#dice.pick(broken)
    this.house.create('move', (ledger) => ({
      state: 'done',
      dtExecution: Math.max(this.#now, dtFrom),
      input: ledger.avatar(id),
      place: STORE,
    }))
    return this.house.replan()
  }

  /** One event; what planning said after it, if anything happened. */
  event(): Replanned | undefined {
    const roll = this.#dice.roll()
    const happen =
      roll < 0.45
        ? this.#claim
        : roll < 0.6
          ? this.#withdraw
          : roll < 0.8
            ? this.#pass
            : roll < 0.9
              ? this.#early
              : !this.#rough
                ? this.#bought
                : roll < 0.94
                  ? this.#setsOff
                  : roll < 0.95
                    ? this.#arrives
                    : roll < 0.98
                      ? this.#breaks
                      : this.#repaired
    this.story.push(happen.name)
    return happen.call(this)
  }

  /** Every piece in exactly one place at every date, from when it came until it left. */
  pieces(): void {
    const stays = new Map<Uuid, Avatar[]>()
    for (const avatar of this.house.avatars.values()) {
      stays.set(avatar.item, [...(stays.get(avatar.item) ?? []), avatar])
    }
    for (const chain of stays.values()) {
      const order = { past: 0, present: 1, future: 2 }
      chain.sort(
        (one, other) =>
          order[one.state] - order[other.state] ||
          one.dtFrom - other.dtFrom ||
          (one.dtUntil ?? Number.POSITIVE_INFINITY) - (other.dtUntil ?? Number.POSITIVE_INFINITY) ||
          (one.id < other.id ? -1 : 1),
      )
      const seams = chain.slice(1).map((avatar, index) => [chain[index]?.dtUntil, avatar.dtFrom])
      expect(seams.filter(([end, begin]) => end !== begin)).toEqual([])
      expect(chain.filter((avatar) => avatar.state === 'present').length).toBeLessThanOrEqual(1)
    }
  }

  /** Of what is and will be: nothing past reaches beyond now. */
  #at(place: Uuid, moment: Instant): number {
    let count = 0
    for (const avatar of this.house.avatars.values()) {
      const { dtFrom, dtUntil, state } = avatar
      if (state === 'past' || avatar.place !== place || dtFrom > moment) continue
      if (dtUntil === null || moment < dtUntil) count += 1
    }
    return count
  }

  /** What is where at any coming date is what is claimed then, and the rest is in the store. */
  counts(): void {
    const expected: number[][] = []
    const found: number[][] = []
    for (let step = 0; step < 36; step++) {
      const moment = this.#now + step * GRID_MS
      const claims = this.#claimedAt(moment)
      const lent = HALLS.map((hall) => {
        const here = claims.filter((claim) => claim.place === hall)
        const claimed = here.reduce((sum, claim) => sum + claim.quantity, 0)
        return claimed + this.#deliveredEarly(hall, moment)
      })
      const rest = this.house.items.size - lent.reduce((sum, count) => sum + count, 0)
      expected.push([step, ...lent, rest])
      found.push([step, ...HALLS.map((hall) => this.#at(hall, moment)), this.#at(STORE, moment)])
    }
    expect(found).toEqual(expected)
  }

  #deliveredEarly(place: Uuid, moment: Instant): number {
    return this.#present().filter((avatar) => {
      const claim = this.house.claims.get(this.house.operations.get(avatar.reason)?.claim ?? '')
      return avatar.place === place && claim !== undefined && moment < claim.outAt
    }).length
  }

  /** Pieces that are in the store by the plan, and have set off from there already. */
  #underWayFrom(moment: Instant): number {
    const inputs = [...this.house.inputs.values()].filter(
      ({ operation }) => this.house.operations.get(operation)?.state === 'started',
    )
    return inputs.filter(({ avatar }) => {
      const { place, dtFrom, dtUntil } = this.house.avatars.get(avatar) as Avatar
      return place === STORE && dtFrom <= moment && (dtUntil === null || moment < dtUntil)
    }).length
  }

  /** Where a claim is short, no piece stands in the store at its beginning, or now if that is past. */
  nobodyIdle({ short }: Replanned): void {
    for (const { claim: id, missing } of short) {
      const { outAt } = this.house.claims.get(id) as Claim
      if (missing === 0) continue
      const moment = Math.max(outAt, this.#now)
      const idle = this.#at(STORE, moment) - this.#underWayFrom(moment)
      expect([id, idle]).toEqual([id, 0])
    }
  }

  /** The trips of claims by what they are, with the row that says so. */
  trips(): Map<string, Uuid> {
    const trips = new Map<string, Uuid>()
    for (const { id, claim, place, dtExecution, state } of this.house.operations.values()) {
      if (claim === null || state !== 'planned') continue
      const [input] = [...this.house.inputs.values()].filter((one) => one.operation === id)
      const item = this.house.avatars.get(input?.avatar ?? '')?.item
      trips.set([item, place, dtExecution, claim].join(' '), id)
    }
    return trips
  }
}
