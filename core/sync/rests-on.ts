/** Rests on: which waiting commands a new one has no sense without, because it names what they make. */
import { definition } from '../commands/index.ts'
import type { Uuid } from '../domain/time.ts'
import { argumentsOf } from './decide.ts'
import type { Envelope } from './envelope.ts'

/** Ids of the waiting commands, in their order. */
export function restsOn(args: unknown, waiting: readonly Envelope[]): readonly Uuid[] {
  if (waiting.length === 0) return []
  const named = new Set<string>()
  collect(args, named)
  return waiting
    .filter((earlier) => {
      const made = definition(earlier.name).makes?.(argumentsOf(earlier)) ?? []
      return [earlier.id, ...made].some((id) => named.has(id))
    })
    .map(({ id }) => id)
}

/** A person that is told in full needs nobody who was told of them before. */
function collect(value: unknown, named: Set<string>, key = ''): void {
  if (typeof value === 'string') named.add(value)
  else if (Array.isArray(value)) for (const each of value) collect(each, named)
  else if (value !== null && typeof value === 'object' && key !== 'person') {
    for (const [name, each] of Object.entries(value)) collect(each, named, name)
  }
}
