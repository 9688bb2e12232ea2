/** Departure: a piece leaves for good, written off, lost or used up. It leaves nothing and has no way back. */
import type { Kind } from '../kind.ts'
import { endInputs } from '../outcomes.ts'

export const departure: Kind = {
  name: 'departure',
  inputs: 1,
  afterInsert(ledger, operation) {
    endInputs(ledger, operation)
  },
}
