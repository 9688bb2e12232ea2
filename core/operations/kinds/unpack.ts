/**
 * Unpack: a set is taken apart where it stands. What comes out is said by the behaviour `unpack` of its type and
 * by its own contents; the set itself is then past.
 *
 * Behaviour: `outcomes` (lines of contents), `uniform_outcomes` (the pieces bear the properties of the set, and
 * its own contents are not looked at), `reverse_assembly` (how it is put together again; `pack` by default).
 */
import type { Uuid } from '../../domain/time.ts'
import type { ItemType, JsonObject, Operation } from '../../store/operations-model.ts'
import { behaviourOf, propertyOf } from '../behaviour.ts'
import { comingBack } from '../coming-back.ts'
import { CONTENTS, type ContentsLine, linesOf } from '../contents.ts'
import { OperationInputsError, OperationIrreversibleError } from '../errors.ts'
import type { Kind } from '../kind.ts'
import type { Ledger } from '../ledger.ts'
import { endInputs, leave } from '../outcomes.ts'

function setType(ledger: Ledger, operation: Operation): ItemType {
  const [set] = ledger.inputsOf(operation)
  if (!set) throw new Error(`unpack ${operation.id} has no input`)
  return ledger.type(ledger.itemOf(set).type)
}

/** The name of the way to put it together again, if its type has one. */
function reverseAssembly(ledger: Ledger, type: ItemType): string | undefined {
  const name = behaviourOf(ledger, type, 'unpack')?.reverse_assembly ?? 'pack'
  const ways = behaviourOf(ledger, type, 'assembly')
  return typeof name === 'string' && ways && name in ways ? name : undefined
}

/** The pieces of one line: those it names, or new ones. */
function piecesOf(
  ledger: Ledger,
  operation: Operation,
  line: ContentsLine,
  shared: JsonObject | null,
): readonly Uuid[] {
  const { local_goods_ids: named, quantity, properties } = line
  if (named) {
    if (named.length === quantity) return named
    const inputs = ledger.inputsOf(operation)
    throw new OperationInputsError(operation, `${named.length} pieces for ${quantity}`, inputs)
  }
  const type = ledger.typeByCode(line.type)
  if (!type) throw new Error(`no item type ${line.type}`)
  const own = properties && Object.keys(properties).length > 0 ? properties : null
  return Array.from({ length: quantity }, () => {
    const id = ledger.ids.next()
    return ledger.makeItem({ id, type: type.id, code: null, properties: shared ?? own }).id
  })
}

export const unpack: Kind = {
  name: 'unpack',
  inputs: 1,
  checkCreateConditions(ledger, { inputs }) {
    const [set] = inputs
    if (set && !behaviourOf(ledger, ledger.type(ledger.itemOf(set).type), 'unpack')) {
      throw new OperationInputsError('unpack', 'its type cannot be unpacked', inputs)
    }
  },
  afterInsert(ledger, operation, { inputs }) {
    const [set] = inputs
    if (!set) throw new Error(`unpack ${operation.id} has no input`)
    const item = ledger.itemOf(set)
    const behaviour = behaviourOf(ledger, ledger.type(item.type), 'unpack') ?? {}
    const uniform = behaviour.uniform_outcomes === true
    const lines = [
      ...linesOf(behaviour.outcomes),
      ...(uniform ? [] : linesOf(propertyOf(ledger, item, CONTENTS))),
    ]
    if (lines.length === 0) throw new OperationInputsError(operation, 'nothing comes out', inputs)
    const { place, dtUntil } = set
    endInputs(ledger, operation)
    for (const line of lines) {
      for (const piece of piecesOf(ledger, operation, line, uniform ? item.properties : null)) {
        leave(ledger, operation, { item: piece, place, dtUntil })
      }
    }
  },
  isReversible(ledger, operation) {
    return reverseAssembly(ledger, setType(ledger, operation)) !== undefined
  },
  planRevertSingle(ledger, operation, follows) {
    const type = setType(ledger, operation)
    const name = reverseAssembly(ledger, type)
    if (name === undefined) throw new OperationIrreversibleError(operation)
    return {
      kind: 'assembly',
      itemType: type.id,
      name,
      inputs: comingBack(ledger, operation, follows),
    }
  },
}
