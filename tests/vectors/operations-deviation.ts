/**
 * Deviation: where the desk does on purpose otherwise than the original, and what is expected instead.
 *
 * A deviation changes the recording of one step; the step is then compared against it like any other. One that
 * changes nothing, or that is met by no step, is a mistake and fails.
 */
import type {
  QuantityRow,
  RecordedAvatar,
  RecordedError,
  RecordedGoods,
  RecordedInput,
  RecordedOperation,
  Returned,
  State,
  Step,
} from './operations-format.ts'

export interface Deviation {
  readonly vector: string
  /** Counted from 1; `end`: the final quantities. */
  readonly step: number | 'end'
  readonly reason: string
  /** The error expected instead, or null for none. */
  readonly error?: RecordedError | null
  readonly returns?: Returned
  /** The step is about something that an earlier deviation kept from being made: it cannot be played. */
  readonly impossible?: true
  /** Nothing has changed since the step before. */
  readonly unchanged?: true
  /** Objects that are not there, with all that speaks of them. */
  readonly gone?: readonly string[]
  /** Other values, by the name of the object; a history input is `op2 av1`. */
  readonly set?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly added?: Partial<State>
  /** Other rows of the final quantities, by place and type; null: no such row. */
  readonly quantities?: Readonly<Record<string, Partial<QuantityRow> | null>>
}

function changed<T extends object>(
  rows: readonly T[],
  name: (row: T) => string,
  set: Deviation['set'],
) {
  return rows.map((row) => ({ ...row, ...set?.[name(row)] }))
}

export function deviate(state: State, deviation: Deviation): State {
  const { gone = [], set, added = {} } = deviation
  const stays = (name: string) => !gone.includes(name)
  const operations: readonly RecordedOperation[] = [
    ...state.operations
      .filter((one) => stays(one.id))
      .map((one) => ({
        ...one,
        inputs: one.inputs.filter(stays),
        outcomes: one.outcomes.filter(stays),
        follows: one.follows.filter(stays),
        followers: one.followers.filter(stays),
      })),
    ...(added.operations ?? []),
  ]
  const inputs: readonly RecordedInput[] = [
    ...state.history_inputs.filter((one) => stays(one.operation) && stays(one.avatar)),
    ...(added.history_inputs ?? []),
  ]
  const avatars: readonly RecordedAvatar[] = [
    ...state.avatars.filter((one) => stays(one.id)),
    ...(added.avatars ?? []),
  ]
  const goods: readonly RecordedGoods[] = [
    ...state.goods.filter((one) => stays(one.id)),
    ...(added.goods ?? []),
  ]
  return {
    operations: changed(operations, (one) => one.id, set),
    history_inputs: changed(inputs, (one) => `${one.operation} ${one.avatar}`, set),
    avatars: changed(avatars, (one) => one.id, set),
    goods: changed(goods, (one) => one.id, set),
  }
}

/** The step as it is expected; `before` is the state expected after the one before. */
export function deviatedStep(step: Step, deviation: Deviation, before: State): Step {
  const after = deviation.unchanged ? before : deviate(step.after ?? before, deviation)
  return {
    ...step,
    ...(deviation.error === undefined ? {} : { error: deviation.error }),
    ...(deviation.returns === undefined ? {} : { returns: deviation.returns }),
    after,
  }
}

export function deviatedQuantities(
  rows: readonly QuantityRow[],
  deviation: Deviation,
): readonly QuantityRow[] {
  const key = (row: QuantityRow) => `${row.location} ${row.type}`
  const known = new Set(rows.map(key))
  const changes = deviation.quantities ?? {}
  const [first] = rows
  const days = Object.fromEntries(Object.keys(first?.at ?? {}).map((day) => [day, 0]))
  const fresh = Object.keys(changes).filter((name) => !known.has(name))
  const empty = fresh.map((name) => {
    const [location = '', type = ''] = name.split(' ')
    return { location, type, present: 0, infinity: 0, at: days }
  })
  return [...rows, ...empty].flatMap((row) => {
    const change = changes[key(row)]
    if (change === null) return []
    return change ? [{ ...row, ...change, at: { ...row.at, ...change.at } }] : [row]
  })
}
