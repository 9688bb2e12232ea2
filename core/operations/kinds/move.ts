/** Move: a piece goes to another place. Its way back goes to where it was taken from. */
import { comingBack } from '../coming-back.ts'
import { OperationIrreversibleError } from '../errors.ts'
import type { Kind } from '../kind.ts'
import { endInputs, leave } from '../outcomes.ts'

export const move: Kind = {
  name: 'move',
  inputs: 1,
  afterInsert(ledger, operation, { inputs }) {
    const stays = inputs.map(({ item, dtUntil }) => ({ item, dtUntil }))
    endInputs(ledger, operation)
    // A move to nowhere is refused by the database: the column must not be null.
    for (const stay of stays)
      leave(ledger, operation, { ...stay, place: operation.place as string })
  },
  isReversible: () => true,
  planRevertSingle(ledger, operation, follows) {
    const [from] = ledger.inputsOf(operation)
    const [input] = comingBack(ledger, operation, follows)
    if (!from || !input) throw new OperationIrreversibleError(operation)
    return { kind: 'move', place: from.place, input }
  },
}
