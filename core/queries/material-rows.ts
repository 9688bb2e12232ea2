/** Arguments and rows of the questions about equipment and keys. */
import * as z from 'zod'
import { instant, uuid } from '../commands/calls.ts'
import type { HasPieces } from '../domain/refusal.ts'

export const materialQueries = {
  /** Types and stores there are, with how many pieces each has now. */
  'material.things': z.strictObject({}),
  /** Trips of a day in rows of sums; `late`: with those that should have been done before it. */
  'material.day': z.strictObject({ start: instant, end: instant, late: z.boolean() }),
  /** How many pieces of a type nobody has claimed for any part of a window, and who has the others. */
  'material.free': z.strictObject({
    type: uuid,
    start: instant,
    end: instant,
    /** The booking that asks: it is not told that it has some itself. */
    token: uuid.nullable(),
    /** Whoever is over by now gets nothing more. */
    now: instant,
  }),
  /** Where all pieces are at a moment between `start` and `end`, and how many are in the stores from then to then. */
  'material.stock': z.strictObject({ at: instant, start: instant, end: instant }),
  /** Each piece of a type, or all keys: where it is now and what is next. */
  'material.pieces': z.strictObject({ type: uuid.nullable() }),
  /** All stays of one piece: past, present and future. */
  'material.item': z.strictObject({ item: uuid }),
  /** What a booking wants to have, and how far it has come. */
  'material.booking': z.strictObject({ token: uuid }),
} as const

export type ItemKind = 'equipment' | 'key'

export type ThingType = Readonly<{
  id: string
  name: string
  kind: ItemKind
  count: number
  /** Of a set: what belongs to it, and whether more may be put in. */
  contents: readonly Readonly<{ type: string; name: string; quantity: number }>[]
  extra: boolean
}>

export type ThingRows = Readonly<{
  types: readonly ThingType[]
  stores: readonly Readonly<{
    id: string
    name: string
    tag: 'store' | 'workshop'
    count: number
  }>[]
}>

/** So many pieces of a type that go from one place to another at one moment for one reason. */
export type TripRow = Readonly<{
  operations: readonly string[]
  state: 'planned' | 'started' | 'done'
  /** When it is to be, or was, done. */
  at: number
  /** When it set off. */
  startedAt: number | null
  type: string
  name: string
  kind: ItemKind
  count: number
  codes: readonly string[]
  from: string
  to: string
  place: string
  /** The place it is taken from. */
  source: string
  /** `out`: to where a booking wants it; `back`: home from there; `house`: nothing to do with a booking. */
  way: 'out' | 'back' | 'house'
  claim: string | null
  token: string | null
  number: number
  title: string
  who: string
  phone: string
  /** Expected by the booking; 0: not said. */
  persons: number
  /** All pieces are where the trip begins. */
  ready: boolean
  /** Done, and nothing was done with the pieces since. */
  latest: boolean
}>

/** A booking that gets fewer pieces than it wants. */
export type MissingRow = Readonly<{
  claim: string
  token: string
  number: number
  title: string
  type: string
  name: string
  place: string
  to: string
  at: number
  missing: number
}>

export type DaySheet = Readonly<{ trips: readonly TripRow[]; missing: readonly MissingRow[] }>

export type FreeRows = Readonly<{ free: number; total: number; by: readonly HasPieces[] }>

export type StockRow = Readonly<{
  type: string
  name: string
  kind: ItemKind
  /** Pieces in the house at the moment. */
  count: number
  places: readonly Readonly<{
    place: string
    name: string
    tag: 'store' | 'workshop' | null
    count: number
  }>[]
  /** How many more (or fewer) are in the stores from `at` on; what is there at `start` comes first. */
  steps: readonly Readonly<{ at: number; by: number }>[]
}>

export type PieceRow = Readonly<{
  item: string
  type: string
  name: string
  code: string | null
  place: string
  placeName: string
  tag: 'store' | 'workshop' | null
  since: number
  /** Of a set that is packed: what is in it. */
  inside: readonly Readonly<{ name: string; quantity: number }>[]
  /** What is planned next, and when. */
  next: Readonly<{ at: number; to: string; state: 'planned' | 'started' }> | null
  /** The booking it is out for. */
  number: number
  title: string
}>

export type Stay = Readonly<{
  place: string
  name: string
  tag: 'store' | 'workshop' | null
  from: number
  until: number | null
  state: 'past' | 'present' | 'future'
  /** What brought it there. */
  by: 'arrival' | 'move' | 'departure' | 'unpack' | 'assembly'
  why: string
  number: number
  title: string
  token: string | null
  /** How it left the house from here. */
  gone: string | null
  /** The set it was put into here. */
  into: string | null
}>

export type ItemLife = Readonly<{
  item: string
  code: string | null
  type: string
  name: string
  kind: ItemKind
  stays: readonly Stay[]
}>

export type ClaimRow = Readonly<{
  claim: string
  type: string
  name: string
  kind: ItemKind
  quantity: number
  outAt: number
  backAt: number
  /** The hall; null: the person has it. */
  resource: string | null
  place: string
  /** Taken by others while its booking was off. */
  withdrawn: boolean
  /** Pieces that are planned to go out, are there now, and are home again. */
  planned: number
  there: number
  back: number
  missing: number
}>

export interface MaterialRows {
  'material.things': ThingRows
  'material.day': DaySheet
  'material.free': FreeRows
  'material.stock': readonly StockRow[]
  'material.pieces': readonly PieceRow[]
  'material.item': ItemLife | null
  'material.booking': readonly ClaimRow[]
}
