/**
 * Refusals: every way in which the desk says no.
 *
 * A refusal is a value. It names who or what is in the way and what can be done instead; the screen turns it
 * into a sentence in the clerk's language (`renderer/format/refusal.ts`), and a test pairs each code with one.
 * A refusal never carries phone numbers or e-mail addresses: it is stored in receipts.
 */
import type { Instant, Span, Uuid } from './time.ts'

/** The booking that stands in the way, in words a clerk can read out. */
export type InTheWay = Readonly<{
  token: Uuid
  /** The number read out on the phone; 0 where the row came from another program and has none. */
  number: number
  title: string
  resource: Uuid
  resourceName: string
  start: Instant
  end: Instant
}>

/** A place and time that was free when the refusal was made. */
export type Alternative = Readonly<{
  resource: Uuid
  resourceName: string
  start: Instant
  end: Instant
}>

/** A booking that has pieces of a type. */
export type HasPieces = Readonly<{
  token: Uuid
  number: number
  title: string
  quantity: number
  start: Instant
  end: Instant
}>

/** What a wish was for: repeated in the refusal so that the sentence stands alone. */
export type Wish = Readonly<{ resource: Uuid; resourceName: string; start: Instant; end: Instant }>

export type Refusal =
  /** The time is taken. `by` lists the bookings in the way, earliest first; alternatives have been checked. */
  | Readonly<{
      code: 'taken'
      wish: Wish
      by: readonly InTheWay[]
      alternatives: readonly Alternative[]
    }>
  /**
   * It is free, but somebody else keeps it for a caller until then. `who`: the clerk, who may have no name; null for
   * somebody on the website.
   * A booking may be given all the same.
   */
  | Readonly<{
      code: 'held'
      wish: Wish
      who: string | null
      until: Instant
      alternatives: readonly Alternative[]
    }>
  /** The time is closed by a blocker. */
  | Readonly<{ code: 'blocked'; wish: Wish; reason: string; alternatives: readonly Alternative[] }>
  /** No availability covers the whole wish. `open` is what is reservable that day. */
  | Readonly<{
      code: 'not-available'
      wish: Wish
      open: readonly Span[]
      alternatives: readonly Alternative[]
    }>
  /** Only the whole availability may be booked, not a piece of it. */
  | Readonly<{ code: 'only-whole'; wish: Wish; whole: Span }>
  /** The times are given only together with others, so one date alone cannot go there or leave. */
  | Readonly<{ code: 'only-together'; wish: Wish }>
  /** More places wanted than are free (or than one booking may take, `limit`). */
  | Readonly<{ code: 'too-few-places'; wish: Wish; wanted: number; free: number; limit: number }>
  | Readonly<{ code: 'too-short'; wish: Wish; minutes: number }>
  | Readonly<{ code: 'too-long'; wish: Wish; hours: number }>
  /** The local time does not exist, or the end is not after the start. */
  | Readonly<{ code: 'end-before-start' }>
  /** An e-mail address that cannot be one. */
  | Readonly<{ code: 'bad-email' }>
  /** A phone number with letters, or with too few digits. */
  | Readonly<{ code: 'bad-phone' }>
  /** A new availability overlaps one that exists; `count` overlaps, the first few named. */
  | Readonly<{
      code: 'overlaps'
      resource: Uuid
      resourceName: string
      count: number
      first: readonly Span[]
    }>
  /** The rule gives no date at all (for example a weekday that does not occur between the two dates). */
  | Readonly<{ code: 'no-dates' }>
  /** The thing is not there, or not any more. `date`: the booking is, but not at that time. */
  | Readonly<{
      code: 'gone'
      what:
        | 'resource'
        | 'booking'
        | 'date'
        | 'availability'
        | 'person'
        | 'command'
        | 'target'
        | 'blocker'
        | 'item-type'
        | 'piece'
        | 'store'
        | 'trip'
    }>
  /** Bookings in the way that nobody has decided about: they came in after the clerk looked. */
  | Readonly<{ code: 'undecided'; by: readonly InTheWay[]; count: number }>
  /** There is no availability, or everything in it stays: a blocker would take nothing. */
  | Readonly<{ code: 'nothing-to-block' }>
  /** What can only be booked together is booked as a whole: it has no steps. */
  | Readonly<{ code: 'together-in-steps' }>
  | Readonly<{ code: 'already-cancelled'; number: number; title: string }>
  /** The only date of a booking: without it there would be nothing left. */
  | Readonly<{ code: 'last-date'; number: number; title: string }>
  /** Somebody decided it so already. */
  | Readonly<{
      code: 'already-decided'
      number: number
      title: string
      as: 'booked' | 'open' | 'waiting' | 'denied'
    }>
  /** A resource, booking or number with that name exists. */
  | Readonly<{
      code: 'exists'
      what:
        | 'resource'
        | 'booking'
        | 'date'
        | 'availability'
        | 'municipality'
        | 'target'
        | 'blocker'
        | 'person'
        | 'item-type'
        | 'store'
      name: string
    }>
  /** It cannot be removed while bookings hang on it. */
  | Readonly<{
      code: 'in-use'
      what: 'resource' | 'availability' | 'person' | 'places' | 'item-type' | 'store'
      name: string
      by: readonly InTheWay[]
      count: number
    }>
  /** More pieces wanted than are free then. `by`: who has the rest, the largest first. */
  | Readonly<{
      code: 'too-few-pieces'
      name: string
      wanted: number
      free: number
      start: Instant
      end: Instant
      by: readonly HasPieces[]
    }>
  /** There are not so many pieces at that place. */
  | Readonly<{ code: 'too-few-there'; name: string; place: string; wanted: number; there: number }>
  /** Material is for what is booked, not for requests. */
  | Readonly<{ code: 'not-booked'; number: number; title: string }>
  /** What is to be wanted is over already. */
  | Readonly<{ code: 'in-the-past' }>
  /** What is done was done by now. */
  | Readonly<{ code: 'in-the-future' }>
  /** Not for a trip that is only planned, under way, or done. */
  | Readonly<{ code: 'trip-state'; state: 'planned' | 'started' | 'done' }>
  /** What the trip takes is not there yet (an earlier trip is not done), or not any more. */
  | Readonly<{ code: 'not-there'; name: string; place: string; when: 'yet' | 'any-more' }>
  /** Something else is under way or planned with the piece. */
  | Readonly<{ code: 'piece-planned'; name: string }>
  /** The piece only came there later than that. */
  | Readonly<{ code: 'before-arrival'; name: string; place: string; from: Instant; at: Instant }>
  /** Nothing says what is in it, so it can neither be packed nor taken apart. */
  | Readonly<{ code: 'no-set'; name: string }>
  /** No more may be in it than is listed. */
  | Readonly<{ code: 'no-extras'; name: string }>
  /** Nobody can bring that back: it has left the house for good. */
  | Readonly<{ code: 'irreversible' }>
  /** More was done with the pieces since; that has to be taken back first. */
  | Readonly<{ code: 'happened-since'; name: string }>
  /** The key is not in a store. `place`: with whom or where it is. */
  | Readonly<{ code: 'key-out'; name: string; place: string; since: Instant }>
  /** It is at home already. */
  | Readonly<{ code: 'key-in'; name: string; place: string }>
  /** A resource cannot be a part of itself or of one of its own parts. */
  | Readonly<{ code: 'circle'; name: string }>
  | Readonly<{ code: 'already-undone' }>
  /** The command is of a kind that has no way back, or was itself refused. */
  | Readonly<{ code: 'cannot-undo' }>
  /** Noted before, and taken back by the clerk before it was decided. */
  | Readonly<{ code: 'withdrawn' }>
  /** It rests on another command of this desk, which was refused or taken back. */
  | Readonly<{ code: 'rests-on-refused' }>
  /** The shared database asks for a newer program: this desk shows, and changes nothing. */
  | Readonly<{ code: 'outdated' }>
  /** The server cannot be reached, and later it would be worth nothing: nobody is told there that a time is held. */
  | Readonly<{ code: 'cut-off' }>
  /** Several desks at once wanted the same rows, and this one lost eight times: nothing is wrong, try again. */
  | Readonly<{ code: 'busy' }>
  /** A fault in the program stopped it half way; everything was rolled back and the log has the details. */
  | Readonly<{ code: 'failed' }>

export type RefusalCode = Refusal['code']
