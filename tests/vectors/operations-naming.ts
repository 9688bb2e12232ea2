/**
 * Naming: which of our ids is which name of the recording.
 *
 * Names are given as objects appear and never change. New objects are told apart by all they say and by what
 * points at them, as far as it reaches; objects that nothing tells apart are interchangeable, and any pairing of
 * them is right. Where nothing agrees because something is wrong, they are paired by less and less, so that the
 * report can name the one thing that differs.
 */
import type { State } from './operations-format.ts'

type Label = string

/** How closely two objects have to agree: everything; everything but dates and states; only their kind. */
const LEVELS = ['all', 'shape', 'kind'] as const
type Level = (typeof LEVELS)[number]

/** Enough for a label to reach across the largest scenario. */
const ROUNDS = 8

const sorted = (labels: readonly Label[]) => [...new Set(labels)].sort()

/** A property with the ids (or names) in it replaced by labels. */
function relabel(value: unknown, label: (id: string) => Label): unknown {
  if (typeof value === 'string') return label(value)
  if (Array.isArray(value)) return value.map((part) => relabel(part, label))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, relabel(part, label)]))
}

/** A property with its lists as sets (sorted texts) and its keys in order. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((part) => JSON.stringify(unordered(part))).sort()
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, part]) => [key, unordered(part)]),
  )
}

function labelsOf(state: State, known: ReadonlyMap<string, string>, level: Level) {
  const labels = new Map<string, Label>()
  const label = (id: string) => labels.get(id) ?? id
  const all = [...state.operations, ...state.avatars, ...state.goods]
  const kindOf = new Map<string, string>([
    ...state.operations.map(({ id, type }) => [id, type] as const),
    ...state.avatars.map(({ id }) => [id, 'avatar'] as const),
    ...state.goods.map(({ id, type }) => [id, `goods ${type}`] as const),
  ])
  for (const { id } of all) labels.set(id, known.get(id) ?? `?${kindOf.get(id)}`)
  if (level === 'kind') return labels
  const exact = level === 'all'
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Map(labels)
    const describe = (id: string, facts: unknown) => {
      if (!known.has(id)) next.set(id, shorten(`?${kindOf.get(id)}${JSON.stringify(facts)}`))
    }
    for (const one of state.operations) {
      describe(one.id, [
        one.destination,
        exact ? [one.state, one.dt_execution, one.dt_start] : [],
        sorted(one.inputs.map(label)),
        sorted(one.outcomes.map(label)),
        sorted(one.follows.map(label)),
        sorted(one.followers.map(label)),
      ])
    }
    for (const one of state.avatars) {
      const taken = state.history_inputs.filter((input) => input.avatar === one.id)
      describe(one.id, [
        label(one.goods),
        one.location,
        exact ? [one.state, one.dt_from, one.dt_until, label(one.reason)] : [],
        taken.map((input) => [
          label(input.operation),
          label(input.latest_previous_op),
          exact ? input.orig_dt_until : null,
        ]),
      ])
    }
    for (const one of state.goods) {
      const stays = state.avatars.filter((avatar) => avatar.goods === one.id)
      describe(one.id, [
        one.code,
        exact ? unordered(relabel(one.properties, label)) : null,
        stays.map((avatar) => label(avatar.id)).sort(),
      ])
    }
    for (const [id, value] of next) labels.set(id, value)
  }
  return labels
}

/** Labels grow with every round; only whether two are equal matters. */
const short = new Map<string, string>()
function shorten(label: string): string {
  const known = short.get(label)
  if (known) return known
  const made = `#${short.size}`
  short.set(label, made)
  return made
}

const idsIn = (state: State) =>
  [...state.operations, ...state.avatars, ...state.goods].map((one) => one.id)

export class Naming {
  readonly #nameOf = new Map<string, string>()
  readonly #idOf = new Map<string, string>()

  pair(name: string, id: string): void {
    if (this.#nameOf.has(id) || this.#idOf.has(name)) return
    this.#nameOf.set(id, name)
    this.#idOf.set(name, id)
  }

  knows(name: string): boolean {
    return this.#idOf.has(name)
  }

  id(name: string): string {
    const id = this.#idOf.get(name)
    if (!id) throw new Error(`nothing is called ${name}`)
    return id
  }

  /** The name; for what has none, the id. */
  name(id: string): string {
    return this.#nameOf.get(id) ?? id
  }

  /** Finds names for all that is new. */
  extend(theirs: State, ours: State): void {
    for (const level of LEVELS) {
      while (this.#pairOne(theirs, ours, level)) {
        // Each pair found may tell others apart.
      }
    }
  }

  #pairOne(theirs: State, ours: State, level: Level): boolean {
    const names = idsIn(theirs).filter((name) => !this.#idOf.has(name))
    const ids = idsIn(ours).filter((id) => !this.#nameOf.has(id))
    if (names.length === 0 || ids.length === 0) return false
    const sameNames = new Map([...this.#idOf.keys()].map((name) => [name, name]))
    const theirLabels = labelsOf(theirs, sameNames, level)
    const ourLabels = labelsOf(ours, this.#nameOf, level)
    for (const name of names) {
      const id = ids.find((candidate) => ourLabels.get(candidate) === theirLabels.get(name))
      if (id === undefined) continue
      this.pair(name, id)
      return true
    }
    return false
  }

  /** Our state in the names of the recording. */
  rename(state: State): State {
    const name = (id: string) => this.name(id)
    return {
      operations: state.operations.map((one) => ({
        ...one,
        id: name(one.id),
        inputs: one.inputs.map(name),
        outcomes: one.outcomes.map(name),
        follows: one.follows.map(name),
        followers: one.followers.map(name),
      })),
      history_inputs: state.history_inputs.map((one) => ({
        ...one,
        operation: name(one.operation),
        avatar: name(one.avatar),
        latest_previous_op: name(one.latest_previous_op),
      })),
      avatars: state.avatars.map((one) => ({
        ...one,
        id: name(one.id),
        goods: name(one.goods),
        reason: name(one.reason),
      })),
      goods: state.goods.map((one) => ({
        ...one,
        id: name(one.id),
        properties: relabel(one.properties, name) as Record<string, unknown> | null,
      })),
    }
  }
}

/** A state as plain nested objects, by name, sets sorted: two of them are equal or differ at a path. */
export function plain(state: State): Record<string, unknown> {
  const named = <T extends { id: string }>(rows: readonly T[], view: (row: T) => unknown) =>
    Object.fromEntries(
      [...rows].sort((a, b) => (a.id < b.id ? -1 : 1)).map((row) => [row.id, view(row)]),
    )
  return {
    operations: named(state.operations, (one) => ({
      ...one,
      inputs: sorted(one.inputs),
      outcomes: sorted(one.outcomes),
      follows: sorted(one.follows),
      followers: sorted(one.followers),
    })),
    history_inputs: Object.fromEntries(
      state.history_inputs
        .map((one) => [`${one.operation} takes ${one.avatar}`, one] as const)
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    ),
    avatars: named(state.avatars, (one) => one),
    goods: named(state.goods, (one) => ({
      ...one,
      properties: unordered(one.properties),
    })),
  }
}
