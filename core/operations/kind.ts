/**
 * Kind: what one kind of operation does by itself, in hooks that the lifecycle calls at fixed moments.
 *
 * A hook works on the ledger and returns when it is done; it never reads a database or a clock. Where a kind says
 * nothing the default holds, and the defaults are right for most.
 */
import type { Instant, Uuid } from '../domain/time.ts'
import type {
  Avatar,
  JsonObject,
  KindName,
  Operation,
  OperationState,
} from '../store/operations-model.ts'
import type { Ledger } from './ledger.ts'

/** What the caller may say of an operation besides its state, inputs and dates. */
export interface Fields {
  /** Arrival: where to. Move: its destination. */
  readonly place?: Uuid | null
  /** Arrival: what arrives. Assembly: what it makes. */
  readonly itemType?: Uuid | null
  readonly code?: string | null
  readonly properties?: JsonObject | null
  /** Assembly: which of the type's ways to be assembled; `default` by default. */
  readonly name?: string | null
  readonly parameters?: JsonObject | null
  readonly claim?: Uuid | null
  readonly actor?: string | null
  readonly comment?: string | null
}

/** An operation about to be made. Without `input` or `inputs` it takes nothing. */
export interface Plan extends Fields {
  /** The id it shall have; one is made otherwise. */
  readonly id?: Uuid
  /** Arrival: the id the new piece shall have. */
  readonly item?: Uuid
  readonly state?: OperationState | undefined
  readonly input?: Avatar | undefined
  readonly inputs?: readonly Avatar[] | undefined
  readonly dtExecution?: Instant | undefined
  readonly dtStart?: Instant | undefined
}

/** A plan once its state, date and inputs are settled. */
export interface Proposal extends Fields {
  readonly id?: Uuid
  readonly item?: Uuid
  readonly state: OperationState
  readonly inputs: readonly Avatar[]
  readonly dtExecution: Instant
  readonly dtStart: Instant | null
}

/** A way back, to be planned for the date that was asked for. */
export type Way = Omit<Plan, 'state' | 'dtExecution' | 'dtStart'> & { readonly kind: KindName }

export interface Kind {
  readonly name: KindName
  /** How many avatars it takes; `some` is any number but none. */
  readonly inputs: number | 'some'
  /** Checks beyond number and state of the inputs; nothing has been made yet. */
  checkCreateConditions?(ledger: Ledger, proposal: Proposal): void
  /** May replace inputs and fields of the operation. Default: as proposed. */
  beforeInsert?(ledger: Ledger, proposal: Proposal): Proposal
  /** Makes the outcomes and adjusts the inputs. */
  afterInsert(ledger: Ledger, operation: Operation, proposal: Proposal): void
  /** Checks beyond the presence of the inputs. */
  checkExecuteConditions?(ledger: Ledger, operation: Operation): void
  /**
   * Makes the outcomes present and the inputs past, with the final date, which `dtExecution` already bears.
   * Default: `settle` of outcomes.ts.
   */
  executePlanned?(ledger: Ledger, operation: Operation): void
  /** Default: the inputs get their original values back, then the outcomes go. */
  cancelSingle?(ledger: Ledger, operation: Operation): void
  /** Default: the same, and the inputs are present again. */
  obliviateSingle?(ledger: Ledger, operation: Operation): void
  /** Default: no. */
  isReversible?(ledger: Ledger, operation: Operation): boolean
  /**
   * Says what is to be planned as the way back of this one operation, after the ways back of its followers
   * (`follows`). Only called where `isReversible` says yes.
   */
  planRevertSingle?(ledger: Ledger, operation: Operation, follows: readonly Operation[]): Way
}
