/** A blocker: time taken away from reservation, with a reason. A snapshot of its row. */
import type { BlockerRow } from '../store/blockers.ts'
import { Claim } from './claim.ts'
import type { Surroundings } from './surroundings.ts'

export class Blocker extends Claim {
  readonly reason: string | null

  constructor(row: BlockerRow, around: Surroundings) {
    super(row, around)
    this.reason = row.reason
  }
}
