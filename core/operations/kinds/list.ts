/** The kinds of operation there are. */
import type { KindName, Operation } from '../../store/operations-model.ts'
import type { Kind } from '../kind.ts'
import { arrival } from './arrival.ts'
import { assembly } from './assembly.ts'
import { departure } from './departure.ts'
import { move } from './move.ts'
import { unpack } from './unpack.ts'

const kinds: Readonly<Record<KindName, Kind>> = { arrival, move, departure, unpack, assembly }

export function kindNamed(name: KindName): Kind {
  return kinds[name]
}

export function kindOf(operation: Operation): Kind {
  return kinds[operation.kind]
}
