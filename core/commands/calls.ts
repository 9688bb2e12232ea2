/**
 * The arguments and results of every command, as schemas. No handler is imported here, so the screen may use
 * them to check a form with the very rule that the core applies. Instants are UTC milliseconds, days are
 * `YYYY-MM-DD`, clock times `HH:MM` in the zone of the resource.
 */
import * as z from 'zod'
import { CANTONS } from '../domain/holidays.ts'
import { languages } from '../domain/language.ts'
import { DETAILS } from '../domain/publish-target.ts'
import { RESOURCE_KINDS } from '../domain/resource.ts'
import { isZone } from '../domain/time.ts'
import { type MaterialResults, materialCalls } from './material-calls.ts'
import { instant, someText, text, uuid } from './values.ts'

export { instant, uuid } from './values.ts'
export const day = z.iso.date()
export const clockTime = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/)

export const span = z.strictObject({ start: instant, end: instant })

export const resourceKind = z.enum(RESOURCE_KINDS)

const stepMinutes = z.union([
  z.literal(5),
  z.literal(10),
  z.literal(15),
  z.literal(30),
  z.literal(60),
])

/** What can be said of a resource; the key is for ever, everything else may change. */
const resourceFacts = {
  name: someText(120),
  /** Heading under which it stands, for example the building. */
  group: text(120),
  kind: resourceKind,
  /** The resource whose part it is, or null. */
  parent: uuid.nullable(),
  /** True: booking the parent takes this one, and the other way round. */
  sharesSpace: z.boolean(),
  /** Persons allowed at once; null = not said. */
  capacity: z.int().min(1).max(100_000).nullable(),
  features: z.array(someText(60)).max(40),
  /** Index of the hall colour, 0 to 11. */
  color: z.int().min(0).max(11),
  position: z.int().min(0).max(1_000_000),
  /** Other names by which people call it. */
  aliases: z.array(someText(120)).max(20).optional(),
  /** Minutes in which its time is usually cut; null = not said. */
  step: stepMinutes.nullable().optional(),
}

export const resourceAdd = z.strictObject({
  /** The lasting name under which libres derives the uuid; unique, never shown. */
  key: z.string().trim().min(1).max(120),
  ...resourceFacts,
})

export const resourceChange = z.strictObject({
  resource: uuid,
  /** Only what changes. */
  facts: z.strictObject(resourceFacts).partial(),
})

export const resourceRemove = z.strictObject({ resource: uuid })

/** ISO weekdays, 1 = Monday to 7 = Sunday. */
const weekdays = z.array(z.int().min(1).max(7)).min(1).max(7)

/** On these weekdays between two days, from-to, for one or many resources. */
const periodFacts = {
  resources: z.array(uuid).min(1).max(200),
  from: day,
  until: day,
  weekdays,
  opens: clockTime,
  /** `24:00` is midnight at the end of the day; a time at or before `opens` means the next day. */
  closes: clockTime,
  /** Minutes per step; null = only the whole span can be booked. */
  step: stepMinutes.nullable(),
  places: z.int().min(1).max(1000),
  /** Most places one booking may take; 0 = no limit. */
  mostPerBooking: z.int().min(0).max(1000),
  /** True: a member of staff decides; false: booked at once. */
  byStaff: z.boolean(),
  /** Days left out (holidays), `YYYY-MM-DD`. */
  except: z.array(day).max(4000),
}

export const availabilityPeriod = z.strictObject({
  ...periodFacts,
  /** All dates of a hall can only be booked together, as a whole. */
  together: z.boolean(),
})

/** A rule: a period under a name. A large one comes in several commands, one after the other. */
export const availabilityAdd = z.strictObject({
  /** Names the whole rule; made by the caller, so that undo and the editor can refer to it. */
  rule: uuid,
  ...periodFacts,
  /** True: dates that overlap existing availability are left out; false: they are a refusal. */
  skipOverlapping: z.boolean(),
  together: z.boolean().optional(),
  /** Which part of a large rule this is, from 1. Undoing the last part takes back all of them. */
  part: z.strictObject({ number: z.int().min(1).max(999), of: z.int().min(2).max(999) }).optional(),
})

/** Puts other dates and terms in place of a rule's; dates that are used and cannot follow stay as they are. */
export const availabilityChange = z.strictObject({
  rule: uuid,
  /** What the rule is to be from now on; none = nothing but what is used. */
  periods: z.array(availabilityPeriod).max(500),
  /** Dates before this day stay as they are, whatever the periods say. */
  since: day.optional(),
})

/** Removes unused dates by hall, day and weekday, whichever rule they belong to. */
export const availabilityClear = z.strictObject({
  resources: z.array(uuid).min(1).max(200),
  from: day,
  until: day,
  weekdays,
})

/** Brings back what `availability.clear` removed. */
export const availabilityRestore = z.strictObject({
  parts: z
    .array(z.strictObject({ rule: uuid.nullable(), periods: z.array(availabilityPeriod).max(500) }))
    .max(2000),
  cleared: availabilityClear,
})

export const availabilityRemove = z.strictObject({ rule: uuid })

/** Something before an @, a dot after it: libres' own rule, anchored. Empty is allowed: e-mail is optional. */
export const emailAddress = /^[^@\s]+@[^@\s]+\.[^@\s]+$/

export const personFacts = z.strictObject({
  id: uuid,
  name: someText(200),
  organisation: text(200),
  /** As typed; the core keeps E.164 beside it where it can. */
  phone: text(40),
  email: text(254),
})

/** Everything the desk keeps of a person; the organisation is empty for somebody who speaks for herself. */
export const personCard = z.strictObject({
  name: someText(200),
  organisation: text(200),
  /** As typed; the core keeps E.164 beside them. */
  phones: z.array(someText(40)).max(8),
  email: text(254),
  street: text(200),
  postcode: text(20),
  town: text(120),
  language: z.enum(['', ...languages]),
  /** Internal, never exported. */
  note: text(4000),
})

export const personAdd = z.strictObject({ person: uuid, card: personCard })
export const personChange = z.strictObject({ person: uuid, card: personCard.partial() })
export const personRemove = z.strictObject({ person: uuid })

/** `from` becomes one with `into`, which stays. */
export const personMerge = z.strictObject({ into: uuid, from: uuid })

/** Takes a merge apart: the cards before and after it, and what had moved. */
export const personSplit = z.strictObject({
  into: uuid,
  from: uuid,
  before: personCard,
  after: personCard,
  bookings: z.array(uuid).max(100_000),
  also: z.array(uuid).max(100_000),
})

/** Where and when, and how much of it. */
const wishFacts = {
  /** Names the booking; made by the caller (uuid 7). */
  token: uuid,
  resource: uuid,
  /** Further resources at the same time, all of them or none. */
  also: z.array(uuid).max(4).optional(),
  during: span,
  /** How many places of the resource. */
  places: z.int().min(1).max(1000),
}

const bookingFacts = {
  ...wishFacts,
  title: someText(200),
  /** What the public calendar may show; empty = only "busy". */
  publicTitle: text(200),
  /** Internal, never exported. */
  note: text(4000),
  /** Expected persons; null = not said. */
  persons: z.int().min(1).max(100_000).nullable(),
  person: personFacts,
}

export const reservationBook = z.strictObject({
  ...bookingFacts,
  /** True: also where a colleague holds the time for somebody else. */
  evenIfHeld: z.boolean().optional(),
})

/** Keeps a time for the call of that token for a quarter of an hour; what the call held before is let go. */
export const reservationHold = z.strictObject(wishFacts)

export const reservationLetGo = z.strictObject({ token: uuid })

export const reservationRequest = z.strictObject({
  ...bookingFacts,
  /** True: on the waiting list, also where the time is taken. */
  waiting: z.boolean(),
})

/** What is said of a booking, without its dates. Only what changes. */
export const reservationChange = z.strictObject({
  token: uuid,
  facts: reservationBook
    .pick({ title: true, publicTitle: true, note: true, persons: true })
    .partial(),
})

const decided = z.enum(['booked', 'open', 'waiting', 'denied'])

/** In this order, all or nothing. */
export const requestDecide = z.strictObject({
  decisions: z
    .array(
      z.strictObject({
        token: uuid,
        as: decided,
        /** For `waiting`: its place in the order, as an instant; null = at the end. */
        since: instant.nullable(),
        /** For `denied`: why. */
        reason: text(500),
        /** Only where the decisions before took its place; otherwise it stays as it is. */
        ifLost: z.boolean(),
      }),
    )
    .min(1)
    .max(200),
})

export const reservationCancel = z.strictObject({ token: uuid, reason: text(500) })

export const reservationRestore = z.strictObject({ token: uuid })

/** One more date of a booking, or one more hall. */
export const reservationAdd = z.strictObject({
  token: uuid,
  resource: uuid,
  during: span,
  places: z.int().min(1).max(1000),
})

/** One date of several is cancelled. */
export const reservationDrop = z.strictObject({
  token: uuid,
  /** Which: where it stands now. */
  from: z.strictObject({ resource: uuid, start: instant }),
  reason: text(500),
})

/** One date of a booking goes to another time or resource; also how it becomes longer or shorter. */
export const reservationMove = z.strictObject({
  token: uuid,
  /** Which date: where it stands now. */
  from: z.strictObject({ resource: uuid, start: instant }),
  to: z.strictObject({ resource: uuid, ...span.shape }),
})

/** What becomes of a booking that a larger change meets. */
export const affectedDecision = z.discriminatedUnion('do', [
  /** It stays; the change goes around it. */
  z.strictObject({ token: uuid, do: z.literal('keep') }),
  z.strictObject({ token: uuid, do: z.literal('cancel') }),
  z.strictObject({ token: uuid, do: z.literal('waiting') }),
  z.strictObject({ ...reservationMove.shape, do: z.literal('move') }),
])

/** A command carried out as part of a larger one, as its undo needs it. */
export const affectedStep = z.strictObject({
  name: z.string().max(60),
  args: z.unknown(),
  result: z.unknown(),
})

const affectedDecisions = z.array(affectedDecision).max(2000)
const affectedSteps = z.array(affectedStep).max(2000)

export const blockerAdd = z.strictObject({
  /** Names the blocker in all its halls; made by the caller. */
  token: uuid,
  resources: z.array(uuid).min(1).max(200),
  during: span,
  reason: text(500),
  /** A word for each booking in the way. */
  decisions: affectedDecisions,
})

/** `steps`: what adding it did to bookings, taken back with it; none where it is only lifted. */
export const blockerRemove = z.strictObject({ token: uuid, steps: affectedSteps })

/** Who stood where: the record, and its place from 0. */
const laneMoves = z
  .array(
    z.strictObject({ id: z.int(), from: z.int().min(0).max(999), to: z.int().min(0).max(999) }),
  )
  .max(2000)

/** How many places one date of a hall has. */
export const placesChange = z.strictObject({
  resource: uuid,
  /** Where the date begins. */
  start: instant,
  places: z.int().min(1).max(1000),
  /** What becomes of bookings that are in the way. */
  decisions: affectedDecisions,
  /** For undo: who goes back to which place, what the change did to bookings, and the words it was told. */
  back: z
    .strictObject({ moves: laneMoves, steps: affectedSteps, decisions: affectedDecisions })
    .optional(),
})

/** The first command of every desk: the municipality, its time zone and its name in libres. */
export const municipalityFound = z.strictObject({
  name: someText(120),
  /** IANA time zone of every resource that says nothing else. */
  zone: z.string().refine(isZone),
  /** The libres context under which all resources are named. */
  context: someText(120),
})

/** `until` is the last day. */
const namedDays = z
  .strictObject({ from: day, until: day, name: someText(120) })
  .refine(({ from, until }) => from <= until)

export const holidaysChange = z
  .strictObject({
    canton: z.enum(CANTONS).nullable(),
    /** Also the days kept in parts of the canton only, or by custom. */
    optional: z.boolean(),
    own: z.array(namedDays).max(500),
    school: z.array(namedDays).max(1000),
  })
  .partial()

export const publishTargetSave = z.strictObject({
  id: uuid,
  name: someText(80),
  folder: z.string().trim().min(1).max(1000),
  /** Null: all halls, also those added later. */
  halls: z.array(uuid).min(1).max(200).nullable(),
  daysBack: z.int().min(0).max(366),
  daysAhead: z.int().min(1).max(1100),
  detail: z.enum(DETAILS),
  language: z.enum(languages),
  automatic: z.boolean(),
})

export const publishTargetRemove = z.strictObject({ id: uuid })

export const undo = z.strictObject({ command: uuid })

export const callArgs = {
  'municipality.found': municipalityFound,
  'holidays.change': holidaysChange,
  'publish.target.save': publishTargetSave,
  'publish.target.remove': publishTargetRemove,
  'resource.add': resourceAdd,
  'resource.change': resourceChange,
  'resource.remove': resourceRemove,
  'availability.add': availabilityAdd,
  'availability.remove': availabilityRemove,
  'availability.change': availabilityChange,
  'availability.clear': availabilityClear,
  'availability.restore': availabilityRestore,
  'reservation.book': reservationBook,
  'reservation.hold': reservationHold,
  'reservation.let-go': reservationLetGo,
  'person.add': personAdd,
  'person.change': personChange,
  'person.remove': personRemove,
  'person.merge': personMerge,
  'person.split': personSplit,
  'reservation.request': reservationRequest,
  'reservation.change': reservationChange,
  'request.decide': requestDecide,
  'reservation.cancel': reservationCancel,
  'reservation.restore': reservationRestore,
  'reservation.move': reservationMove,
  'reservation.add': reservationAdd,
  'reservation.drop': reservationDrop,
  'places.change': placesChange,
  'blocker.add': blockerAdd,
  'blocker.remove': blockerRemove,
  ...materialCalls,
  undo,
} as const

export type CommandName = keyof typeof callArgs
export type ArgsOf<N extends CommandName> = z.infer<(typeof callArgs)[N]>

/** One date of a booking on one resource. */
export type DateAt = Readonly<{ resource: string; start: number; end: number }>

/** What an accepted command gives back. */
export interface Results extends MaterialResults {
  'municipality.found': Record<string, never>
  'holidays.change': { before: ArgsOf<'holidays.change'> }
  'publish.target.save': { before: ArgsOf<'publish.target.save'> | null }
  'publish.target.remove': { restore: ArgsOf<'publish.target.save'> }
  'resource.add': { resource: string }
  'resource.change': { before: ArgsOf<'resource.change'>['facts'] }
  'resource.remove': { restore: ArgsOf<'resource.add'> }
  'availability.add': { created: number; skipped: number }
  'availability.remove': { removed: number; restore: ArgsOf<'availability.add'> | null }
  'availability.change': {
    created: number
    removed: number
    changed: number
    kept: number
    /** The rule as it was, so far as it went. */
    before: z.infer<typeof availabilityPeriod>[]
  }
  'availability.clear': {
    removed: number
    parts: z.infer<typeof availabilityRestore>['parts']
  }
  'availability.restore': { created: number }
  'reservation.book': { number: number }
  'reservation.hold': { until: number }
  'reservation.let-go': Record<string, never>
  'person.add': { name: string }
  'person.change': { before: ArgsOf<'person.change'>['card']; name: string }
  'person.remove': { card: ArgsOf<'person.add'>['card'] }
  'person.merge': {
    before: ArgsOf<'person.add'>['card']
    after: ArgsOf<'person.add'>['card']
    bookings: readonly string[]
    also: readonly string[]
    name: string
    other: string
  }
  'person.split': { name: string; other: string }
  'reservation.request': { number: number }
  'reservation.change': {
    before: ArgsOf<'reservation.change'>['facts']
    number: number
    title: string
  }
  'request.decide': {
    decided: readonly Readonly<{
      token: string
      number: number
      title: string
      as: z.infer<typeof decided>
      was: Readonly<{ as: z.infer<typeof decided>; since: number | null; reason: string }>
    }>[]
  }
  'reservation.cancel': { number: number; title: string }
  'reservation.restore': { number: number; title: string }
  /** Number 0 and an empty title where another program made the reservation. */
  'reservation.move': { number: number; title: string; from: DateAt; to: DateAt }
  'reservation.add': { number: number; title: string; date: DateAt & Readonly<{ places: number }> }
  'reservation.drop': ResultOf<'reservation.add'>
  'places.change': {
    before: number
    /** Who went to another place. */
    moves: z.infer<typeof laneMoves>
    steps: z.infer<typeof affectedSteps>
  }
  'blocker.add': { blocked: number; steps: z.infer<typeof affectedSteps> }
  'blocker.remove': { reason: string; restore: z.infer<typeof blockerAdd> | null }
  undo: { name: CommandName; args: unknown; result: unknown }
}
export type ResultOf<N extends CommandName> = Results[N]

/** One command on its way: the id makes sending it twice harmless. */
export type CommandCall<N extends CommandName = CommandName> = {
  [M in N]: Readonly<{ id: string; name: M; args: ArgsOf<M> }>
}[N]

export const commandCall = z.strictObject({
  id: uuid,
  name: z.enum(Object.keys(callArgs) as [CommandName, ...CommandName[]]),
  args: z.unknown(),
})
