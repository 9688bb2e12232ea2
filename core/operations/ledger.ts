/**
 * Ledger: the part of the graph that one call works on, in memory, with an account of what it changed.
 *
 * The engine works here without waiting for a database: what a call needs is read at once before, and what it
 * changed is written at once after, so a chain of ten thousand costs as many statements as a chain of two. A
 * ledger knows only what was loaded into it; loading an operation means with its inputs and its outcomes.
 */
import type { Instant, Uuid } from '../domain/time.ts'
import type { Avatar, HistoryInput, Item, ItemType, Operation } from '../store/operations-model.ts'
import type { Ids } from './ids.ts'
import { Table, type TableChanges } from './table.ts'

/** Rows as the store gives them. */
export interface Loaded {
  readonly operations?: readonly Operation[]
  readonly avatars?: readonly Avatar[]
  readonly inputs?: readonly HistoryInput[]
  readonly items?: readonly Item[]
  readonly types?: readonly ItemType[]
}

export interface LedgerChanges {
  readonly operations: TableChanges<Operation>
  readonly avatars: TableChanges<Avatar>
  readonly items: TableChanges<Item>
  readonly inputs: Readonly<{ made: readonly HistoryInput[]; removed: readonly HistoryInput[] }>
  /** Items that lost an avatar: those left with none at all never were. */
  readonly bereft: readonly Uuid[]
}

const byId = (one: { id: Uuid }, other: { id: Uuid }) => (one.id < other.id ? -1 : 1)

function put<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const known = map.get(key)
  if (known) known.add(value)
  else map.set(key, new Set([value]))
}

export class Ledger {
  readonly now: Instant
  readonly ids: Ids
  readonly #operations = new Table<Operation>()
  readonly #avatars = new Table<Avatar>()
  readonly #items = new Table<Item>()
  readonly #types = new Map<Uuid, ItemType>()
  readonly #typesByCode = new Map<string, ItemType>()
  readonly #avatarsOf = new Map<Uuid, Set<Avatar>>()
  readonly #inputsOf = new Map<Uuid, Set<HistoryInput>>()
  readonly #inputsAfter = new Map<Uuid, Set<HistoryInput>>()
  readonly #takenBy = new Map<Uuid, HistoryInput>()
  readonly #madeInputs = new Set<HistoryInput>()
  readonly #removedInputs = new Set<HistoryInput>()
  readonly #bereft = new Set<Uuid>()

  constructor(now: Instant, ids: Ids) {
    this.now = now
    this.ids = ids
  }

  load(rows: Loaded): void {
    for (const type of rows.types ?? []) {
      this.#types.set(type.id, type)
      this.#typesByCode.set(type.code, type)
    }
    for (const item of rows.items ?? []) this.#items.load(item)
    for (const operation of rows.operations ?? []) this.#operations.load(operation)
    for (const avatar of rows.avatars ?? []) {
      if (this.#avatars.load(avatar)) put(this.#avatarsOf, avatar.reason, avatar)
    }
    for (const input of rows.inputs ?? []) {
      if (!this.#takenBy.has(input.avatar)) this.#index(input)
    }
  }

  operation(id: Uuid): Operation {
    return this.#operations.get(id)
  }

  findOperation(id: Uuid): Operation | undefined {
    return this.#operations.find(id)
  }

  operations(): IterableIterator<Operation> {
    return this.#operations.values()
  }

  avatar(id: Uuid): Avatar {
    return this.#avatars.get(id)
  }

  findAvatar(id: Uuid): Avatar | undefined {
    return this.#avatars.find(id)
  }

  avatars(): IterableIterator<Avatar> {
    return this.#avatars.values()
  }

  item(id: Uuid): Item {
    return this.#items.get(id)
  }

  itemOf(avatar: Avatar): Item {
    return this.#items.get(avatar.item)
  }

  type(id: Uuid): ItemType {
    const type = this.#types.get(id)
    if (!type) throw new Error(`type ${id} is not in the ledger`)
    return type
  }

  findType(id: Uuid): ItemType | undefined {
    return this.#types.get(id)
  }

  typeByCode(code: string): ItemType | undefined {
    return this.#typesByCode.get(code)
  }

  /** What the operation took, in the order in which it was made. */
  inputsOf(operation: Operation): Avatar[] {
    return this.historyOf(operation)
      .map((input) => this.#avatars.get(input.avatar))
      .sort(byId)
  }

  historyOf(operation: Operation): HistoryInput[] {
    return [...(this.#inputsOf.get(operation.id) ?? [])]
  }

  /** What the operation left behind and nobody has taken since: none that is past. */
  outcomesOf(operation: Operation): Avatar[] {
    return [...(this.#avatarsOf.get(operation.id) ?? [])]
      .filter((avatar) => avatar.state !== 'past')
      .sort(byId)
  }

  /** The operations whose outcomes this one took; each once. Of those that the ledger holds. */
  followsOf(operation: Operation): Operation[] {
    return this.#distinct(this.historyOf(operation).map((input) => input.latestPreviousOp))
  }

  /** The operations that took outcomes of this one; each once. Of those that the ledger holds. */
  followersOf(operation: Operation): Operation[] {
    const inputs = [...(this.#inputsAfter.get(operation.id) ?? [])]
    return this.#distinct(inputs.map((input) => input.operation))
  }

  /** The avatars of this operation that others have taken. */
  takenFrom(operation: Operation): Avatar[] {
    return [...(this.#inputsAfter.get(operation.id) ?? [])]
      .map((input) => this.#avatars.get(input.avatar))
      .sort(byId)
  }

  /** The operation that takes or took the avatar. */
  takerOf(avatar: Avatar): Uuid | undefined {
    return this.#takenBy.get(avatar.id)?.operation
  }

  makeOperation(operation: Operation): Operation {
    return this.#operations.make(operation)
  }

  changeOperation(operation: Operation, values: Partial<Omit<Operation, 'id'>>): void {
    this.#operations.change(operation, values)
  }

  /** Removes the operation and with it its history inputs. */
  removeOperation(operation: Operation): void {
    for (const input of this.historyOf(operation)) this.#removeInput(input)
    this.#operations.remove(operation)
  }

  makeInput(input: HistoryInput): void {
    this.#index(input)
    this.#madeInputs.add(input)
  }

  makeItem(item: Item): Item {
    return this.#items.make(item)
  }

  changeItem(item: Item, values: Partial<Omit<Item, 'id'>>): void {
    this.#items.change(item, values)
  }

  makeAvatar(avatar: Omit<Avatar, 'id'>): Avatar {
    const made = this.#avatars.make({ id: this.ids.next(), ...avatar })
    put(this.#avatarsOf, made.reason, made)
    return made
  }

  changeAvatar(avatar: Avatar, values: Partial<Omit<Avatar, 'id' | 'item'>>): void {
    this.#avatarsOf.get(avatar.reason)?.delete(avatar)
    this.#avatars.change(avatar, values)
    put(this.#avatarsOf, avatar.reason, avatar)
  }

  removeAvatar(avatar: Avatar): void {
    this.#avatarsOf.get(avatar.reason)?.delete(avatar)
    this.#avatars.remove(avatar)
    this.#bereft.add(avatar.item)
  }

  changes(): LedgerChanges {
    return {
      operations: this.#operations.changes(),
      avatars: this.#avatars.changes(),
      items: this.#items.changes(),
      inputs: { made: [...this.#madeInputs], removed: [...this.#removedInputs] },
      bereft: [...this.#bereft],
    }
  }

  #index(input: HistoryInput): void {
    put(this.#inputsOf, input.operation, input)
    put(this.#inputsAfter, input.latestPreviousOp, input)
    this.#takenBy.set(input.avatar, input)
  }

  #removeInput(input: HistoryInput): void {
    this.#inputsOf.get(input.operation)?.delete(input)
    this.#inputsAfter.get(input.latestPreviousOp)?.delete(input)
    this.#takenBy.delete(input.avatar)
    if (!this.#madeInputs.delete(input)) this.#removedInputs.add(input)
  }

  #distinct(ids: readonly Uuid[]): Operation[] {
    return [...new Set(ids)].flatMap((id) => this.#operations.find(id) ?? []).sort(byId)
  }
}
