/**
 * Reference: the engine once more, told as plainly as the documentation of the original tells it, with the deviations
 * that this project has chosen. It recurses, looks everything up by searching, and keeps no ledger; slow and short, so
 * that it can be read beside the documentation. The real engine has to agree with it.
 */
import type { State } from '../vectors/operations-format.ts'

export type KindOf = 'arrival' | 'move' | 'departure' | 'unpack' | 'assembly'
type OperationState = 'planned' | 'started' | 'done'

interface Op {
  id: string
  kind: KindOf
  state: OperationState
  dt: number
  start: number | null
  place: string | null
  type: string | null
}
interface Av {
  id: string
  goods: string
  state: 'past' | 'present' | 'future'
  place: string
  from: number
  until: number | null
  reason: string
}
interface Goods {
  id: string
  type: string
  properties: Record<string, unknown> | null
}
interface Input {
  op: string
  av: string
  previous: string
  until: number | null
}
export interface Spec {
  /** Taken apart: what comes out; each bears the properties of the set. Absent: it cannot be taken apart. */
  readonly unpack?: readonly (readonly [type: string, quantity: number])[]
  /** Put together: what goes in. Empty: anything, and the set lists the very pieces. Absent: it cannot. */
  readonly pack?: readonly (readonly [type: string, quantity: number])[]
}
export interface Wish {
  readonly kind: KindOf
  readonly state: OperationState
  readonly inputs: readonly string[]
  readonly dt: number
  readonly place?: string
  readonly type?: string
}

export class Refused extends Error {}
const refuse = (name: string): never => {
  throw new Refused(name)
}

export class Reference {
  readonly #specs: Readonly<Record<string, Spec>>
  #rows = { ops: [] as Op[], avs: [] as Av[], goods: [] as Goods[], inputs: [] as Input[] }
  #count = 0

  constructor(specs: Readonly<Record<string, Spec>>) {
    this.#specs = specs
  }

  /** The name of the error, or null; what was refused has changed nothing. */
  try(call: () => void): string | null {
    const before = structuredClone(this.#rows)
    try {
      call()
      return null
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      this.#rows = before
      return error.message
    }
  }

  create({ kind, state, inputs, dt, place = '', type = '' }: Wish): Op {
    const avs = inputs.map((id) => this.#av(id))
    if (avs.length === 0 && kind !== 'arrival') refuse('OperationMissingInputsError')
    const wanted = { arrival: 0, move: 1, departure: 1, unpack: 1, assembly: avs.length }[kind]
    if (avs.length !== wanted) refuse('OperationInputsError')
    if (state !== 'planned' && avs.some((av) => av.state !== 'present')) {
      refuse('OperationInputWrongState')
    }
    if (avs.some((av) => this.#rows.inputs.some((input) => input.av === av.id))) {
      refuse('OperationInputsError')
    }
    if (avs.some((av) => dt < av.from)) refuse('OperationInputsError')
    const [first] = avs
    const spec = first && this.#specs[this.#goods(first.goods).type]
    if (kind === 'unpack' && !spec?.unpack) refuse('OperationInputsError')
    if (kind === 'assembly' && !this.#specs[type]?.pack) refuse('OperationError')
    if (kind === 'assembly' && avs.some((av) => av.place !== first?.place)) {
      refuse('OperationInputsError')
    }
    const id = this.#name('op')
    const op: Op = {
      id,
      kind,
      state,
      dt,
      start: null,
      place: kind === 'move' || kind === 'arrival' ? place : null,
      type: kind === 'arrival' || kind === 'assembly' ? type : null,
    }
    this.#rows.ops.push(op)
    for (const av of avs) {
      this.#rows.inputs.push({ op: id, av: av.id, previous: av.reason, until: av.until })
    }
    const untils = avs.map((av) => av.until)
    for (const av of avs) {
      av.until = dt
      if (state === 'done') Object.assign(av, { state: 'past', reason: id })
    }
    if (kind === 'arrival') this.#leave(op, this.#make(type, null), place, null)
    if (kind === 'move') this.#leave(op, first?.goods ?? '', place, untils[0] ?? null)
    if (kind === 'unpack' && first) {
      const set = this.#goods(first.goods)
      const inside = (set.properties?.contents ?? []) as {
        type: string
        local_goods_ids: string[]
      }[]
      const uniform = (spec?.unpack ?? []).flatMap(([part, quantity]) =>
        Array.from({ length: quantity }, () => this.#make(part, set.properties)),
      )
      const own = uniform.length > 0 ? [] : inside.flatMap((line) => line.local_goods_ids)
      const parts = [...uniform, ...own]
      if (parts.length === 0) refuse('OperationInputsError')
      for (const part of parts) this.#leave(op, part, first.place, untils[0] ?? null)
    }
    if (kind === 'assembly' && first) {
      const extra = this.#match(op, avs)
      const contents = extra.length > 0 ? { contents: this.#contents(extra) } : null
      this.#leave(op, this.#make(type, contents), first.place, null)
    }
    return op
  }

  execute(id: string, dt: number): void {
    const op = this.#op(id)
    if (op.state === 'done') return
    const inputs = this.#inputs(op)
    if (inputs.some((av) => av.state !== 'present')) refuse('OperationInputWrongState')
    if (inputs.some((av) => dt < av.from)) refuse('OperationInputsError')
    this.#alter(op, dt)
    op.start ??= dt
    const outcomes = this.#outcomes(op)
    if (op.kind === 'assembly' && outcomes[0]) {
      // Not matched again, a set lists all it was really made of.
      const set = this.#goods(outcomes[0].goods)
      set.properties = { ...set.properties, contents: this.#contents(inputs) }
    }
    for (const av of inputs) Object.assign(av, { state: 'past', reason: id, until: dt })
    for (const av of outcomes) Object.assign(av, { state: 'present', from: dt })
    op.state = 'done'
  }

  cancel(id: string): void {
    const op = this.#op(id)
    if (op.state !== 'planned') refuse('OperationError')
    for (const follower of this.#followers(op)) {
      if (this.#rows.ops.includes(follower)) this.cancel(follower.id)
    }
    this.#remove(op, false)
  }

  obliviate(id: string): void {
    const op = this.#op(id)
    if (op.state !== 'done') refuse('OperationError')
    for (const follower of this.#followers(op)) {
      if (this.#rows.ops.includes(follower)) this.obliviate(follower.id)
    }
    this.#remove(op, true)
  }

  planRevert(id: string, dt: number): void {
    const op = this.#op(id)
    this.#checkRevertible(op)
    this.#revert(op, dt, new Map())
  }

  isReversible(id: string): boolean {
    const op = this.#op(id)
    if (op.kind === 'move') return true
    if (op.kind === 'assembly') return this.#specs[op.type ?? '']?.unpack !== undefined
    const [set] = this.#inputs(op)
    return (
      op.kind === 'unpack' &&
      set !== undefined &&
      this.#specs[this.#goods(set.goods).type]?.pack !== undefined
    )
  }

  get ops(): readonly Readonly<Op>[] {
    return this.#rows.ops
  }

  get avs(): readonly Readonly<Av>[] {
    return this.#rows.avs
  }

  state(text: (at: number) => string): State {
    const ids = (rows: readonly { id: string }[]) => rows.map((row) => row.id)
    const orNull = (at: number | null) => (at === null ? null : text(at))
    return {
      operations: this.#rows.ops.map((op) => ({
        id: op.id,
        type: `wms_${op.kind}`,
        state: op.state,
        dt_execution: text(op.dt),
        dt_start: orNull(op.start),
        inputs: ids(this.#inputs(op)),
        outcomes: ids(this.#outcomes(op)),
        follows: ids(this.#follows(op)),
        followers: ids(this.#followers(op)),
        ...(op.kind === 'move' && op.place ? { destination: op.place } : {}),
      })),
      history_inputs: this.#rows.inputs.map(({ op, av, previous, until }) => ({
        operation: op,
        avatar: av,
        latest_previous_op: previous,
        orig_dt_until: orNull(until),
      })),
      avatars: this.#rows.avs.map((av) => ({
        id: av.id,
        goods: av.goods,
        state: av.state,
        location: av.place,
        dt_from: text(av.from),
        dt_until: orNull(av.until),
        reason: av.reason,
      })),
      goods: this.#rows.goods.map((one) => ({ ...one, code: null })),
    }
  }

  #checkRevertible(op: Op): void {
    if (op.state !== 'done') refuse('OperationError')
    if (!this.isReversible(op.id)) refuse('OperationIrreversibleError')
    for (const follower of this.#followers(op)) this.#checkRevertible(follower)
  }

  /** Each follower once, however many paths lead to it. */
  #revert(op: Op, dt: number, done: Map<string, Op>): Op {
    const known = done.get(op.id)
    if (known) return known
    const taken = this.#rows.inputs
      .filter((input) => input.previous === op.id)
      .map((input) => this.#av(input.av))
    const ways = this.#followers(op).map((follower) => this.#revert(follower, dt, done))
    const free = (one: Op) => this.#outcomes(one).filter((av) => !this.#isTaken(av))
    const brought = [...new Set(ways)].flatMap(free)
    const inputs: Av[] = []
    const take = (fits: (av: Av) => boolean) => {
      const at = brought.findIndex(fits)
      if (at >= 0) inputs.push(...brought.splice(at, 1))
      return at >= 0
    }
    const others = taken.filter((av) => !take((one) => one.goods === av.goods))
    for (const av of others) {
      const { type } = this.#goods(av.goods)
      if (!take((one) => this.#goods(one.goods).type === type)) refuse('OperationIrreversibleError')
    }
    const own = free(op).filter((av) => !inputs.includes(av))
    const ids = [...inputs, ...own].map((av) => av.id)
    const [from] = this.#inputs(op)
    const wish = { state: 'planned' as const, inputs: ids, dt }
    const way =
      op.kind === 'move'
        ? this.create({ ...wish, kind: 'move', place: from?.place ?? '' })
        : op.kind === 'assembly'
          ? this.create({ ...wish, kind: 'unpack' })
          : this.create({
              ...wish,
              kind: 'assembly',
              type: from ? this.#goods(from.goods).type : '',
            })
    done.set(op.id, way)
    return way
  }

  /** A later date pushes planned followers that would come before it. */
  #alter(op: Op, dt: number): void {
    op.dt = dt
    for (const av of this.#inputs(op)) av.until = dt
    for (const av of this.#outcomes(op)) {
      av.from = dt
      if (av.until !== null) av.until = Math.max(av.until, dt)
    }
    for (const follower of this.#followers(op)) if (follower.dt < dt) this.#alter(follower, dt)
  }

  #remove(op: Op, present: boolean): void {
    for (const { av: id, previous, until } of this.#rows.inputs.filter((one) => one.op === op.id)) {
      Object.assign(this.#av(id), { reason: previous, until, ...(present && { state: 'present' }) })
    }
    const gone = this.#outcomes(op)
    const rows = this.#rows
    rows.inputs = rows.inputs.filter((input) => input.op !== op.id)
    rows.avs = rows.avs.filter((av) => !gone.includes(av))
    rows.goods = rows.goods.filter(
      ({ id }) => !gone.some((av) => av.goods === id) || rows.avs.some((av) => av.goods === id),
    )
    rows.ops = rows.ops.filter((one) => one !== op)
  }

  /** What is left over once everything that goes in was found, first come, first served. */
  #match(op: Op, avs: readonly Av[]): Av[] {
    const lines = this.#specs[op.type ?? '']?.pack ?? []
    const left = [...avs]
    for (const [type, quantity] of lines) {
      for (let nth = 0; nth < quantity; nth++) {
        const at = left.findIndex((av) => this.#goods(av.goods).type === type)
        if (at < 0) refuse('AssemblyInputNotMatched')
        left.splice(at, 1)
      }
    }
    if (lines.length > 0 && left.length > 0) refuse('AssemblyExtraInputs')
    return left
  }

  #contents(avs: readonly Av[]) {
    return avs.map((av) => {
      const { id, type, properties } = this.#goods(av.goods)
      return { type, quantity: 1, ...(properties && { properties }), local_goods_ids: [id] }
    })
  }

  #leave(op: Op, goods: string, place: string, until: number | null): void {
    const state = op.state === 'done' ? 'present' : 'future'
    const id = this.#name('av')
    this.#rows.avs.push({ id, goods, state, place, from: op.dt, until, reason: op.id })
  }

  #make(type: string, properties: Goods['properties']): string {
    const id = this.#name('g')
    this.#rows.goods.push({ id, type, properties })
    return id
  }

  #name(prefix: string): string {
    this.#count += 1
    return `${prefix}${this.#count}`
  }

  #isTaken = (av: Av) => this.#rows.inputs.some((input) => input.av === av.id)
  #found<T>(row: T | undefined): T {
    return row ?? refuse('nothing is called so')
  }
  #op = (id: string) => this.#found(this.#rows.ops.find((op) => op.id === id))
  #av = (id: string) => this.#found(this.#rows.avs.find((av) => av.id === id))
  #goods = (id: string) => this.#found(this.#rows.goods.find((one) => one.id === id))
  #inputs = (op: Op) =>
    this.#rows.inputs.filter((input) => input.op === op.id).map((input) => this.#av(input.av))
  #outcomes = (op: Op) => this.#rows.avs.filter((av) => av.reason === op.id && av.state !== 'past')
  #follows = (op: Op) => {
    const ids = this.#rows.inputs.filter((input) => input.op === op.id).map((one) => one.previous)
    return this.#rows.ops.filter((one) => ids.includes(one.id))
  }
  #followers = (op: Op) => {
    const ids = this.#rows.inputs.filter((input) => input.previous === op.id).map((one) => one.op)
    return this.#rows.ops.filter((one) => ids.includes(one.id))
  }
}
