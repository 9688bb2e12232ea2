/**
 * World: plays the steps of a scenario with our engine, on a database, each step in its own transaction.
 *
 * It speaks our ids; the scenario's names are translated by whoever calls. What cannot be understood in a
 * scenario is thrown, never passed over.
 */

import type { Instant, Uuid } from '../../core/domain/time.ts'
import { OperationError } from '../../core/operations/errors.ts'
import { type Ids, idsOf } from '../../core/operations/ids.ts'
import { Ledger } from '../../core/operations/ledger.ts'
import * as engine from '../../core/operations/operations.ts'
import { quantity } from '../../core/operations/quantity.ts'
import type { Database, Tx } from '../../core/store/database.ts'
import { codeOf } from '../../core/store/failures.ts'
import { itemTypes } from '../../core/store/operations.ts'
import type { JsonObject, KindName } from '../../core/store/operations-model.ts'
import { insertItemTypes, insertPlaces } from '../../core/store/operations-write.ts'
import type {
  QuantityRow,
  RecordedError,
  Returned,
  State,
  Step,
  Vector,
} from './operations-format.ts'

/** The names the original gives its errors; of ours the nearest of these counts. */
const RECORDED_ERRORS = new Set([
  'OperationError',
  'OperationInputsError',
  'OperationInputWrongState',
  'OperationMissingInputsError',
  'OperationIrreversibleError',
  'AssemblyInputNotMatched',
  'AssemblyExtraInputs',
])

const KINDS: Readonly<Record<string, KindName>> = {
  Arrival: 'arrival',
  Move: 'move',
  Departure: 'departure',
  Unpack: 'unpack',
  Assembly: 'assembly',
}

export interface Played {
  readonly error: RecordedError | null
  /** What was thrown, in full, for the report. */
  readonly thrown: string | null
  readonly returns: Returned | undefined
}

function errorOf(thrown: unknown): RecordedError | undefined {
  if (thrown instanceof OperationError) {
    for (let one = thrown.constructor; one !== Error; one = Object.getPrototypeOf(one)) {
      if (RECORDED_ERRORS.has(one.name)) return { class: one.name, is_operation_error: true }
    }
  }
  if (thrown instanceof RangeError) return { class: 'ValueError', is_operation_error: false }
  if (codeOf(thrown)?.startsWith('23'))
    return { class: 'IntegrityError', is_operation_error: false }
  return undefined
}

/** `2018-01-02T00:00:00Z`. */
const textOf = (at: Instant) => new Date(at).toISOString().replace('.000Z', 'Z')
/** Scenarios are set in 2018, so anything this late is a reading of the clock. */
const CLOCK_FROM = Date.UTC(2020, 0, 1)
const recorded = (at: Instant) => (at >= CLOCK_FROM ? '<now>' : textOf(at))
const orNull = (at: Instant | null) => (at === null ? null : recorded(at))

function instantOf(text: string | null | undefined): Instant | undefined {
  return text === null || text === undefined ? undefined : Date.parse(text)
}

/** A uuid made of a small number, for what the setup makes. */
const numbered = (group: string, index: number) =>
  `${group}-0000-4000-8000-${String(index).padStart(12, '0')}`

export class World {
  readonly #database: Database
  readonly #types = new Map<string, Uuid>()
  readonly #typeCodes = new Map<Uuid, string>()
  readonly #places = new Map<string, Uuid>()
  readonly #placeCodes = new Map<Uuid, string>()
  #now: Instant = Date.UTC(2026, 10, 21, 20)
  #commands = 0

  constructor(database: Database) {
    this.#database = database
  }

  async setUp(setup: Vector['setup']): Promise<void> {
    for (const [index, { code }] of setup.types.entries()) {
      const id = numbered('00000001', index)
      this.#types.set(code, id)
      this.#typeCodes.set(id, code)
    }
    for (const [index, { code }] of setup.locations.entries()) {
      const id = numbered('00000002', index)
      this.#places.set(code, id)
      this.#placeCodes.set(id, code)
    }
    await this.#database.transact(async (tx) => {
      await insertItemTypes(
        tx,
        setup.types.map(({ code, parent, behaviours, properties }) => ({
          id: this.#type(code),
          code,
          name: code,
          parent: parent ? this.#type(parent) : null,
          behaviours: behaviours ?? null,
          properties: properties ?? null,
        })),
      )
      await insertPlaces(
        tx,
        setup.locations.map(({ code, parent, tag }) => ({
          id: this.#place(code),
          name: code,
          parent: parent ? this.#place(parent) : null,
          tag: tag ?? null,
          resource: null,
          borrower: null,
        })),
      )
    })
  }

  /** `id` gives our id for a name of the scenario. Throws what is not a refusal. */
  async play(step: Step, id: (name: string) => Uuid): Promise<Played> {
    this.#now += 1000
    this.#commands += 1
    const ids = idsOf(this.#now, numbered('00000003', this.#commands))
    try {
      const returns = await this.#database.transact((tx) => this.#do(step, { tx, ids }, id))
      return { error: null, thrown: null, returns }
    } catch (thrown) {
      const error = errorOf(thrown)
      if (!error) throw thrown
      return { error, thrown: String(thrown), returns: undefined }
    }
  }

  async #do(
    step: Step,
    { tx, ids }: { tx: Tx; ids: Ids },
    id: (name: string) => Uuid,
  ): Promise<Returned | undefined> {
    const work: engine.Work = { tx, now: this.#now, ids }
    const dt = instantOf(step.dt_execution)
    const op = () => id(step.op as string)
    switch (step.do) {
      case 'create':
        return (await engine.create(work, this.#wanted(step, id))).id
      case 'execute':
        await engine.execute(work, [op()], dt)
        return undefined
      case 'cancel':
        await engine.cancel(work, [op()])
        return undefined
      case 'obliviate':
        await engine.obliviate(work, [op()])
        return undefined
      case 'plan_revert': {
        const { reversal, startWith } = await engine.planRevert(work, op(), dt)
        return { reversal: reversal.id, start_with: startWith.map((one) => one.id) }
      }
      case 'ask':
        if (step.question !== 'is_reversible') throw new Error(`unknown question ${step.question}`)
        return engine.isReversible(tx, op())
      case 'quantity':
        return quantity(tx, {
          ...(step.type ? { type: this.#type(step.type) } : {}),
          ...(step.location ? { place: this.#place(step.location) } : {}),
          recurse: step.recursive ?? true,
          ...('location_tag' in step ? { tag: step.location_tag ?? null } : {}),
          states: step.additional_states ?? [],
          ...(step.at ? { at: step.at === 'infinity' ? 'infinity' : Date.parse(step.at) } : {}),
        })
      default:
        throw new Error(`unknown step ${step.do}`)
    }
  }

  #wanted(step: Step, id: (name: string) => Uuid): engine.NewOperation {
    const kind = KINDS[step.operation ?? '']
    if (!kind) throw new Error(`unknown operation ${step.operation}`)
    const wanted: Record<string, unknown> = { kind, state: step.state }
    const dtExecution = instantOf(step.dt_execution)
    if (dtExecution !== undefined) wanted.dtExecution = dtExecution
    // Null is said of what was not passed, like leaving it out.
    if (step.input) wanted.input = id(step.input)
    if (step.inputs) wanted.inputs = step.inputs.map(id)
    for (const [field, value] of Object.entries(step.fields ?? {})) {
      if (value === null) continue
      switch (field) {
        case 'goods_type':
        case 'outcome_type':
          wanted.itemType = this.#type(value as string)
          break
        case 'location':
        case 'destination':
          wanted.place = this.#place(value as string)
          break
        case 'goods_code':
          wanted.code = value
          break
        case 'goods_properties':
          wanted.properties = withIds(value as JsonObject, id)
          break
        case 'parameters':
          wanted.parameters = withIds(value as JsonObject, id)
          break
        case 'dt_start':
          wanted.dtStart = Date.parse(value as string)
          break
        case 'name':
        case 'comment':
          wanted[field] = value
          break
        default:
          throw new Error(`unknown field ${field}`)
      }
    }
    return wanted as unknown as engine.NewOperation
  }

  /** All there is, in the form of the recording, with our ids. What is computed, the engine computes. */
  async state(): Promise<State> {
    return this.#database.read(async (tx) => {
      const ledger = new Ledger(0, idsOf(0, numbered('00000004', 0)))
      const operations = await tx
        .selectFrom('allmend.operation')
        .selectAll()
        .orderBy('id')
        .execute()
      const avatars = await tx.selectFrom('allmend.avatar').selectAll().orderBy('id').execute()
      const inputs = await tx.selectFrom('allmend.history_input').selectAll().execute()
      const items = await tx.selectFrom('allmend.item').selectAll().orderBy('id').execute()
      ledger.load({
        types: await itemTypes(tx),
        operations: operations.map((row) => ({
          ...row,
          dtExecution: row.dt_execution,
          dtStart: row.dt_start,
          itemType: row.item_type,
        })),
        avatars: avatars.map((row) => ({ ...row, dtFrom: row.dt_from, dtUntil: row.dt_until })),
        inputs: inputs.map((row) => ({
          ...row,
          latestPreviousOp: row.latest_previous_op,
          origDtUntil: row.orig_dt_until,
        })),
      })
      const idsOfAll = (rows: readonly { id: Uuid }[]) => rows.map((row) => row.id)
      return {
        operations: [...ledger.operations()].map((one) => ({
          id: one.id,
          type: `wms_${one.kind}`,
          state: one.state,
          dt_execution: recorded(one.dtExecution),
          dt_start: orNull(one.dtStart),
          inputs: idsOfAll(ledger.inputsOf(one)),
          outcomes: idsOfAll(ledger.outcomesOf(one)),
          follows: idsOfAll(ledger.followsOf(one)),
          followers: idsOfAll(ledger.followersOf(one)),
          ...(one.kind === 'move' && one.place
            ? { destination: this.#placeCodes.get(one.place) ?? one.place }
            : {}),
        })),
        history_inputs: inputs.map((row) => ({
          operation: row.operation,
          avatar: row.avatar,
          latest_previous_op: row.latest_previous_op,
          orig_dt_until: orNull(row.orig_dt_until),
        })),
        avatars: [...ledger.avatars()].map((one) => ({
          id: one.id,
          goods: one.item,
          state: one.state,
          location: this.#placeCodes.get(one.place) ?? one.place,
          dt_from: recorded(one.dtFrom),
          dt_until: orNull(one.dtUntil),
          reason: one.reason,
        })),
        goods: items.map((row) => ({
          id: row.id,
          type: this.#typeCodes.get(row.type) ?? row.type,
          code: row.code,
          properties: row.properties,
        })),
      }
    })
  }

  /** Every place and type by itself, at the days given; rows of nothing but zeros are left out. */
  async quantities(days: readonly string[]): Promise<QuantityRow[]> {
    return this.#database.read(async (tx) => {
      const rows: QuantityRow[] = []
      for (const [location, place] of this.#places) {
        for (const [code, type] of this.#types) {
          const here = { place, type, recurse: false }
          const at: Record<string, number> = {}
          for (const day of days) {
            const moment = Date.parse(`${day}T00:00:00Z`)
            at[day] = await quantity(tx, { ...here, states: ['past', 'future'], at: moment })
          }
          const present = await quantity(tx, here)
          const infinity = await quantity(tx, { ...here, states: ['future'], at: 'infinity' })
          if ([present, infinity, ...Object.values(at)].some((count) => count > 0)) {
            rows.push({ location, type: code, present, at, infinity })
          }
        }
      }
      return rows
    })
  }

  #type(code: string): Uuid {
    const id = this.#types.get(code)
    if (!id) throw new Error(`unknown type ${code}`)
    return id
  }

  #place(code: string): Uuid {
    const id = this.#places.get(code)
    if (!id) throw new Error(`unknown location ${code}`)
    return id
  }
}

/** A property or parameter with the names of goods in it replaced by our ids. */
function withIds<T>(value: T, id: (name: string) => Uuid): T {
  if (typeof value === 'string') return (/^g\d+$/.test(value) ? id(value) : value) as T
  if (Array.isArray(value)) return value.map((part) => withIds(part, id)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, withIds(part, id)]),
  ) as T
}
