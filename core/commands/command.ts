/**
 * Command: the only way anything changes in the desk.
 *
 * A command has a name (a verb a clerk says, for ever), a version, a schema for its arguments and a handler.
 * Handlers read no clock, no random and no settings, only their `Context`, so that replaying the journal gives
 * the same rows. A refusal is a returned value; an exception is a bug and rolls everything back.
 */
import type * as z from 'zod'
import type { Refusal } from '../domain/refusal.ts'
import type { Instant, Span, Uuid } from '../domain/time.ts'
import type { Tx } from '../store/database.ts'

export type Outcome<R> =
  | Readonly<{ status: 'accepted'; result: R }>
  | Readonly<{ status: 'refused'; refusal: Refusal }>

/** Who does it: the name the clerk goes by on this desk. */
export type Actor = Readonly<{ name: string; desk: Uuid }>

/** Everything that may vary between two runs of a handler. */
export interface Context {
  readonly tx: Tx
  readonly now: Instant
  readonly actor: Actor
  readonly commandId: Uuid
  /** The municipality's namespace for libres: context name and zone. */
  readonly municipality: Readonly<{ context: string; zone: string }>
  /** The result of the earlier run when a journal is replayed: what the database once handed out stays. */
  readonly recorded?: unknown
}

/** What a command takes that may be decided beside others: they must not want the same. */
export type Takes = Readonly<{
  token: Uuid
  resource: Uuid
  during: Span
  /** With everything that the command says of them. */
  person: Readonly<{ id: Uuid }>
}>

/** A command as it travels: name and arguments, before an id and an author are attached. */
export type AnyCall = Readonly<{ name: string; args: unknown }>

export interface CommandDefinition<N extends string, A, R> {
  readonly name: N
  readonly version: number
  readonly args: z.ZodType<A>
  /** Turns arguments of an older version into today's; a name lives for ever. */
  readonly upcast?: (old: unknown, from: number) => A
  /** Undo is a new command, not a time machine. Absent or undefined: there is no way back. */
  readonly inverse?: (args: A, result: R) => AnyCall | undefined
  /** The things this command is about (tokens, resource ids): their history lists it. */
  readonly subjects: (args: A, result: R) => readonly Uuid[]
  /** The ids it gives to what it makes: a later command that names one of them rests on this one. Absent: none. */
  readonly makes?: (args: A) => readonly Uuid[]
  /** True: it changes nothing that lasts, and the history leaves it out. */
  readonly passing?: true
  /** Absent or undefined: in a batch it is decided alone. */
  readonly takes?: (args: A) => Takes | undefined
  handle(context: Context, args: A): Promise<Outcome<R>>
}

export function accepted<R>(result: R): Outcome<R> {
  return { status: 'accepted', result }
}

export function refused(refusal: Refusal): Outcome<never> {
  return { status: 'refused', refusal }
}
