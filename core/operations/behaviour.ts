/**
 * Behaviour: what can be done with items of a type, read from the type and its parents. A type says only what it
 * does otherwise than its parent: dictionaries are merged, everything else is replaced.
 */
import type { Item, ItemType, JsonObject } from '../store/operations-model.ts'
import type { Ledger } from './ledger.ts'

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function merged(parent: unknown, child: unknown): unknown {
  if (child === undefined) return parent
  if (!isObject(parent) || !isObject(child)) return child
  const result: Record<string, unknown> = { ...parent }
  for (const [key, value] of Object.entries(child)) result[key] = merged(parent[key], value)
  return result
}

/** The type and its parents, nearest first. */
export function lineage(ledger: Ledger, type: ItemType): ItemType[] {
  const line: ItemType[] = []
  for (let next: ItemType | undefined = type; next !== undefined && !line.includes(next); ) {
    line.push(next)
    next = next.parent === null ? undefined : ledger.type(next.parent)
  }
  return line
}

/** Undefined where neither the type nor a parent has it. */
export function behaviourOf(ledger: Ledger, type: ItemType, name: string): JsonObject | undefined {
  const whole = lineage(ledger, type)
    .map((one): unknown => one.behaviours?.[name])
    .reduceRight((parent, child) => merged(parent, child), undefined as unknown)
  return isObject(whole) ? whole : undefined
}

/** Is it the type, or a kind of it? */
export function isOfType(ledger: Ledger, item: Item, type: ItemType): boolean {
  return lineage(ledger, ledger.type(item.type)).includes(type)
}

/** A property of the piece or, where it has none, of its type or the nearest parent that has it. */
export function propertyOf(ledger: Ledger, item: Item, name: string): unknown {
  if (item.properties && name in item.properties) return item.properties[name]
  const bearer = lineage(ledger, ledger.type(item.type)).find((type) => {
    return type.properties !== null && name in type.properties
  })
  return bearer?.properties?.[name]
}
