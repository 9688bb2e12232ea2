/** The arguments and results of the commands about equipment and keys, as schemas. */
import * as z from 'zod'
import { instant, someText, text, uuid } from './values.ts'

/** Equipment goes out for bookings; a key also across the counter, to a person. */
export const ITEM_KINDS = ['equipment', 'key'] as const
/** What a place of the house is for: pieces are lent from a store, never from the workshop. */
export const STORE_TAGS = ['store', 'workshop'] as const
/** How a piece comes into the house, and how it leaves it for good. */
export const ARRIVALS = ['bought', 'found'] as const
export const DEPARTURES = ['written-off', 'lost', 'used-up'] as const

const typeFacts = { name: someText(80), kind: z.enum(ITEM_KINDS) }
const storeFacts = { name: someText(80), tag: z.enum(STORE_TAGS) }

const count = z.int().min(1).max(5000)
const operations = z.array(uuid).min(1).max(5000)

export const itemTypeAdd = z.strictObject({ type: uuid, ...typeFacts })
export const itemTypeChange = z.strictObject({
  type: uuid,
  facts: z.strictObject(typeFacts).partial(),
})
export const itemTypeRemove = z.strictObject({ type: uuid })

/** So many pieces of a type in a set. */
const part = z.strictObject({ type: uuid, quantity: z.int().min(1).max(500) })
/** What a set of the type is made of; nothing: it is no set. */
export const itemTypeCompose = z.strictObject({
  type: uuid,
  contents: z.array(part).max(50),
  /** More may be put in than is listed. */
  extra: z.boolean(),
})
export const setPack = z.strictObject({
  type: uuid,
  /** Where the pieces are and the set will be. */
  place: uuid,
  count: z.int().min(1).max(100),
  /** What is put into each of them besides. */
  extra: z.array(part).max(50),
  at: instant,
})
export const setUnpack = z.strictObject({ items: z.array(uuid).min(1).max(100), at: instant })

export const storeAdd = z.strictObject({ store: uuid, ...storeFacts })
export const storeChange = z.strictObject({
  store: uuid,
  facts: z.strictObject(storeFacts).partial(),
})
export const storeRemove = z.strictObject({ store: uuid })

export const pieceArrive = z
  .strictObject({
    type: uuid,
    store: uuid,
    count,
    /** One for each piece, or none at all. */
    codes: z.array(text(40)).max(5000),
    /** Names the pieces, where the caller has to speak of them afterwards; else none. */
    items: z.array(uuid).max(5000),
    at: instant,
    why: z.enum(ARRIVALS),
  })
  .refine(({ count: wanted, codes, items }) =>
    [codes, items].every((all) => all.length === 0 || all.length === wanted),
  )

export const pieceDepart = z.strictObject({
  type: uuid,
  place: uuid,
  count,
  /** These very pieces; none: whichever nothing is planned with. */
  items: z.array(uuid).max(5000),
  at: instant,
  why: z.enum(DEPARTURES),
})

/** What a booking wants to have, where and from when until when. */
export const materialLine = z
  .strictObject({
    /** Names the line; made by the caller. */
    claim: uuid,
    type: uuid,
    quantity: count,
    outAt: instant,
    backAt: instant,
    /** The hall it is brought to; null: the person has it. */
    resource: uuid.nullable(),
  })
  .refine(({ outAt, backAt }) => outAt < backAt)
export type MaterialLine = z.infer<typeof materialLine>

/** All that these bookings want to have; what is not named they want no more. */
export const materialWant = z.strictObject({
  wants: z
    .array(z.strictObject({ token: uuid, lines: z.array(materialLine).max(100) }))
    .min(1)
    .max(500),
})

export const tripExecute = z.strictObject({
  operations,
  /** When it was really done. */
  at: instant,
  /** Where the trips lead, by which those are found that were planned anew meanwhile. */
  claim: uuid.nullable(),
  place: uuid,
})
export const tripStart = z.strictObject({ operations, at: instant })
/** Called off before anything was done: of a claim all of it, else these trips with what hangs on them. */
export const tripCancel = z.strictObject({ operations, claim: uuid.nullable() })
/** Called off after it was done: ways back are planned, of a claim for all that is out for it. */
export const tripBringBack = z.strictObject({ operations, claim: uuid.nullable(), at: instant })
export const tripObliviate = z.strictObject({
  operations,
  /** House work that was only ticked by mistake is planned again, for then. */
  again: instant.nullable(),
})

/** Done although it was not planned (any more): brought and, where `backAt` says when, fetched again. */
export const tripRecord = z
  .strictObject({
    type: uuid,
    count,
    /** Where the pieces were taken; null: from whichever store has them. */
    from: uuid.nullable(),
    place: uuid,
    at: instant,
    backAt: instant.nullable(),
    /** The line of the booking that they were for; null, or one that is gone: house work. */
    claim: uuid.nullable(),
  })
  .refine(({ at, backAt }) => backAt === null || backAt > at)

export const keyHandOut = z.strictObject({
  item: uuid,
  person: uuid,
  at: instant,
  /** When it is to be back. */
  until: instant,
})
export const keyTakeBack = z.strictObject({ item: uuid, at: instant })

export const materialCalls = {
  'item-type.add': itemTypeAdd,
  'item-type.change': itemTypeChange,
  'item-type.remove': itemTypeRemove,
  'item-type.compose': itemTypeCompose,
  'set.pack': setPack,
  'set.unpack': setUnpack,
  'store.add': storeAdd,
  'store.change': storeChange,
  'store.remove': storeRemove,
  'piece.arrive': pieceArrive,
  'piece.depart': pieceDepart,
  'material.want': materialWant,
  'trip.execute': tripExecute,
  'trip.start': tripStart,
  'trip.cancel': tripCancel,
  'trip.bring-back': tripBringBack,
  'trip.obliviate': tripObliviate,
  'trip.record': tripRecord,
  'key.hand-out': keyHandOut,
  'key.take-back': keyTakeBack,
} as const

/** Trips as the history tells them. */
export type ToldTrips = readonly Readonly<{
  count: number
  name: string
  code: string | null
  from: string
  to: string
  title: string
  number: number
}>[]

/** A booking that gets fewer pieces than it wants, because of what was just done. */
export type ToldShort = readonly Readonly<{
  title: string
  number: number
  name: string
  missing: number
}>[]

type TypeFacts = z.infer<typeof itemTypeChange>['facts']
type StoreFacts = z.infer<typeof storeChange>['facts']
type Wants = z.infer<typeof materialWant>['wants']

export interface MaterialResults {
  'item-type.add': Record<string, never>
  'item-type.change': { before: TypeFacts; name: string }
  'item-type.remove': { restore: z.infer<typeof itemTypeAdd> }
  'item-type.compose': {
    before: Omit<z.infer<typeof itemTypeCompose>, 'type'>
    name: string
    told: readonly Readonly<{ name: string; quantity: number }>[]
  }
  'set.pack': { operations: readonly string[]; name: string; place: string }
  'set.unpack': { operations: readonly string[]; name: string; place: string; short: ToldShort }
  'store.add': Record<string, never>
  'store.change': { before: StoreFacts; name: string }
  'store.remove': { restore: z.infer<typeof storeAdd> }
  'piece.arrive': { operations: readonly string[]; name: string; place: string }
  'piece.depart': {
    operations: readonly string[]
    name: string
    place: string
    codes: readonly string[]
    short: ToldShort
  }
  'material.want': {
    before: Wants
    told: readonly Readonly<{
      number: number
      title: string
      lines: readonly Readonly<{ name: string; quantity: number }>[]
    }>[]
  }
  'trip.execute': {
    /** Those that were really done: planned anew meanwhile, they are others than those named. */
    operations: readonly string[]
    told: ToldTrips
    /** For when they had been planned. */
    planned: number
    short: ToldShort
  }
  'trip.start': { told: ToldTrips }
  'trip.cancel': { before: Wants; told: ToldTrips }
  'trip.bring-back': { before: Wants; operations: readonly string[]; told: ToldTrips }
  'trip.obliviate': {
    told: ToldTrips
    /** What doing it once more takes. */
    redo: z.infer<typeof tripExecute> | null
  }
  'trip.record': { operations: readonly string[]; told: ToldTrips; short: ToldShort }
  'key.hand-out': { operations: readonly string[]; name: string; code: string; who: string }
  'key.take-back': {
    operations: readonly string[]
    name: string
    code: string
    who: string
    /** For when its return was planned; null: it was not. */
    planned: number | null
  }
}
