/**
 * Workplace: what the door needs of a desk, whether it decides by itself or shares a server with others.
 */
import type { CommandCall } from '../commands/calls.ts'
import type { Outcome } from '../commands/command.ts'
import type { Notice, Outbox, Status, WaitingCommand } from '../contract.ts'
import type { Uuid } from '../domain/time.ts'
import type { QueryCall, QueryName, Rows } from '../queries/rows.ts'
import type { Database } from '../store/database.ts'

export type Municipality = Readonly<{ name: string; zone: string; context: string }>

/** `queued`: it is safe on this desk, and nobody has decided it yet. */
export type Given =
  | Outcome<unknown>
  | Readonly<{ status: 'queued'; predicted: WaitingCommand['predicted'] }>

export interface Workplace {
  /** For reading: the authority itself, or the copy of it. */
  readonly database: Database
  readonly notices: readonly Notice[]
  /** Null until founded. */
  municipality(): Municipality | null
  status(): Pick<Status, 'mode' | 'server' | 'asOf' | 'waiting' | 'concerns'>
  give(call: CommandCall): Promise<Given>
  query<Q extends QueryName>(call: QueryCall<Q>): Promise<Rows[Q]>
  outbox(): Promise<Outbox>
  withdraw(id: Uuid): Promise<void>
  confirm(id: Uuid): Promise<void>
  handled(id: Uuid): Promise<void>
  tryNow(): void
  /** Lets what is running finish. */
  close(): Promise<void>
}
