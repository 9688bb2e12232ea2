/**
 * The rows of the engine of equipment and keys, as everything above the store reads them.
 *
 * An item is one physical piece; an avatar says that it was, is or will be at a place; an operation takes avatars
 * and leaves others behind; a history input is one avatar taken by one operation. Times are UTC milliseconds.
 */
import type { Instant, Uuid } from '../domain/time.ts'

export type JsonObject = Readonly<Record<string, unknown>>

export type OperationState = 'planned' | 'started' | 'done'
export type Presence = 'past' | 'present' | 'future'
export type KindName = 'arrival' | 'move' | 'departure' | 'unpack' | 'assembly'

export interface ItemType {
  readonly id: Uuid
  readonly code: string
  readonly name: string
  readonly parent: Uuid | null
  /** What can be done with it: `unpack` and `assembly` (see core/operations/README.md). */
  readonly behaviours: JsonObject | null
  readonly properties: JsonObject | null
}

export interface Place {
  readonly id: Uuid
  readonly name: string
  readonly parent: Uuid | null
  /** What it is used for (`store`, `workshop` …); a place without one has that of the place it lies in. */
  readonly tag: string | null
  /** The room of the desk that it is. */
  readonly resource: Uuid | null
  /** The person it stands for: a key lent to somebody is at that person's place. */
  readonly borrower: Uuid | null
}

export interface Item {
  readonly id: Uuid
  readonly type: Uuid
  /** What is written on it; two pieces may bear the same over the years, so it is not a name. */
  readonly code: string | null
  readonly properties: JsonObject | null
}

export interface Operation {
  readonly id: Uuid
  readonly kind: KindName
  readonly state: OperationState
  /** Done: when it was completed. Else: when it is supposed to be, a theory that execution corrects. */
  readonly dtExecution: Instant
  /** When it set off; null: not recorded, it takes no time. */
  readonly dtStart: Instant | null
  /** Arrival: where to. Move: its destination. */
  readonly place: Uuid | null
  /** Arrival: what arrives. Assembly: what it makes. */
  readonly itemType: Uuid | null
  /** Arrival: the code and properties given to the piece. */
  readonly code: string | null
  readonly properties: JsonObject | null
  /** Assembly: which of the type's ways to be assembled, and what is special this time. */
  readonly name: string | null
  readonly parameters: JsonObject | null
  /** Assembly: for each line of its specification the avatars that meet it. */
  readonly match: readonly (readonly Uuid[])[] | null
  /** Why it is planned; null: house work. */
  readonly claim: Uuid | null
  readonly actor: string | null
  readonly comment: string | null
}

export interface Avatar {
  readonly id: Uuid
  readonly item: Uuid
  readonly state: Presence
  readonly place: Uuid
  readonly dtFrom: Instant
  /** Exclusive; null: nothing is known to end it. */
  readonly dtUntil: Instant | null
  /** The operation it is an outcome of or, once past, the one that took it. */
  readonly reason: Uuid
}

export interface HistoryInput {
  readonly operation: Uuid
  readonly avatar: Uuid
  /** The avatar's reason before the operation took it. */
  readonly latestPreviousOp: Uuid
  /** The avatar's end before the operation took it. */
  readonly origDtUntil: Instant | null
}

/** What a booking wants to have: so many pieces of a type, at a place, for a time. */
export interface Claim {
  readonly id: Uuid
  /** The token of the booking. */
  readonly booking: Uuid
  readonly type: Uuid
  readonly quantity: number
  /** Half-open: the pieces are to be there from `outAt` on and are fetched at `backAt`. */
  readonly outAt: Instant
  readonly backAt: Instant
  readonly place: Uuid
}
