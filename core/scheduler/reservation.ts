/**
 * A reservation: a wish for one allocation (or one group of them), pending until somebody or the program approves
 * it. A snapshot of its row; what it asks of other rows it reads when asked.
 */
import type { Uuid } from '../domain/time.ts'
import { type JsonObject, mastersByTargets } from '../store/allocations.ts'
import type { ReservationRow } from '../store/reservations.ts'
import { Claim } from './claim.ts'
import type { Surroundings } from './surroundings.ts'

export class Reservation extends Claim {
  /** The discriminator in the rows of this class. */
  static readonly type: string = 'generic'

  readonly type: string
  readonly status: 'pending' | 'approved'
  readonly data: JsonObject
  readonly email: string
  /** The shopping cart it lies in, until that is confirmed. */
  readonly sessionId: Uuid | null
  /** Places. */
  readonly quota: number
  readonly #around: Surroundings

  constructor(row: ReservationRow, around: Surroundings) {
    super(row, around)
    this.#around = around
    this.type = row.type
    this.status = row.status
    this.data = around.load(row.data)
    this.email = row.email
    this.sessionId = row.sessionId
    this.quota = row.quota
  }

  /** Whether nobody has to decide: no master of the target wants manual approval. */
  async autoapprovable(): Promise<boolean> {
    const masters = await mastersByTargets(this.#around.tx(), [this.target])
    return masters.every((master) => !master.approveManually)
  }
}
