/**
 * Queries: what the screens have read, kept until it is no longer true.
 *
 * Promises one request at a time per question, old rows until new ones are there, and a new request for every
 * question whose span a change touches. Never polls and never shows a wait for local data.
 */
import type { Changed, Reply } from '../../core/contract.ts'
import { overlaps } from '../../core/domain/time.ts'
import type {
  BookedRow,
  CalendarRows,
  QueryArgs,
  QueryName,
  Rows,
} from '../../core/queries/rows.ts'
import { desk } from './client.ts'
import { inPart, withBooked } from './inPart.ts'
import { useLink } from './link.ts'

/** Questions nobody looks at any more but that may come back: the weeks left and right, the last few bookings. */
const KEPT = 24
/** How long after a booking everything else is looked at again. */
const CALM_MS = 1_500

export type Answer<Q extends QueryName> = Readonly<{
  /** Undefined only until the first answer. */
  rows: Rows[Q] | undefined
  failed: string | null
}>

interface Question {
  readonly name: QueryName
  readonly args: Readonly<Record<string, unknown>>
  answer: Answer<QueryName>
  asking: boolean
  /** A change came while we were asking: the answer on its way may be old. */
  again: boolean
  /** Until the whole is read again after a part of it. */
  calm: ReturnType<typeof setTimeout> | undefined
  readonly listeners: Set<() => void>
}

const questions = new Map<string, Question>()
const nothing: Answer<never> = Object.freeze({ rows: undefined, failed: null })

export function keyOf(name: QueryName, args: unknown): string {
  return `${name} ${JSON.stringify(args)}`
}

function question(key: string, name: QueryName, args: unknown): Question {
  const known = questions.get(key)
  if (known) {
    // Moves it to the end: the map's order is the order of last use.
    questions.delete(key)
    questions.set(key, known)
    return known
  }
  const made: Question = {
    name,
    args: args as Question['args'],
    answer: nothing,
    asking: false,
    again: false,
    calm: undefined,
    listeners: new Set(),
  }
  questions.set(key, made)
  forgetOldest()
  return made
}

function forgetOldest(): void {
  const unseen = [...questions].filter(([, each]) => each.listeners.size === 0)
  for (const [key] of unseen.slice(0, Math.max(0, unseen.length - KEPT))) questions.delete(key)
}

/** A broken channel is an answer too: whoever waited on the question would wait for ever otherwise. */
async function replyTo({ name, args }: Question): Promise<Reply<Rows[QueryName]>> {
  try {
    return await desk.invoke('query', { name, args })
  } catch (error) {
    return { ok: false, error: { code: 'failed', detail: String(error) } }
  }
}

/** `halls`: only what is known of these has changed. */
async function ask(each: Question, halls?: readonly string[]): Promise<void> {
  if (each.asking) {
    each.again = true
    return
  }
  each.asking = true
  let part = halls && each.name === 'calendar.range' ? halls : undefined
  do {
    each.again = false
    const before = part && (each.answer.rows as CalendarRows | undefined)
    const reply = await replyTo(
      part && before ? { ...each, args: { ...each.args, resources: asked(each, part) } } : each,
    )
    if (!reply.ok) {
      each.answer = { rows: each.answer.rows, failed: reply.error.detail || reply.error.code }
    } else if (part && before) {
      const rows = inPart(before, reply.value as CalendarRows, part)
      each.answer = { rows, failed: null }
      wholeWhenCalm(each)
    } else each.answer = { rows: reply.value, failed: null }
    // Whatever came meanwhile may lie anywhere.
    part = undefined
  } while (each.again)
  each.asking = false
  for (const listener of each.listeners) listener()
}

/**
 * A new booking may bring a caller's new name to bookings in other halls. That can wait until the clerk has read
 * the number out.
 */
function wholeWhenCalm(each: Question): void {
  clearTimeout(each.calm)
  each.calm = setTimeout(() => {
    if (each.listeners.size > 0) void ask(each)
  }, CALM_MS)
}

/** Those of the halls that the question is about at all. */
function asked({ args }: Question, halls: readonly string[]): readonly string[] {
  const only = args.resources as readonly string[] | undefined
  return only ? halls.filter((hall) => only.includes(hall)) : halls
}

/**
 * Bookings that the core has just said are committed: on the screen with its word, and not only when their hall has
 * been read anew, which is on its way.
 */
export function showCommitted(rows: readonly BookedRow[]): void {
  for (const each of questions.values()) {
    const known = each.answer.rows as CalendarRows | undefined
    if (!isCalendar(each) || !known) continue
    const { start, end, resources } = each.args as QueryArgs<'calendar.range'>
    const here = rows.filter(
      (row) => overlaps(row, { start, end }) && (!resources || resources.includes(row.resource)),
    )
    const next = withBooked(known, here)
    if (next === known) continue
    each.answer = { rows: next, failed: each.answer.failed }
    for (const listener of each.listeners) listener()
  }
}

export function touches(changed: Changed, name: QueryName, args: Question['args']): boolean {
  if (!changed.queries.includes(name)) return false
  if (name === 'calendar.range' && changed.resources && Array.isArray(args.resources)) {
    const only: readonly unknown[] = args.resources
    if (!changed.resources.some((each) => only.includes(each))) return false
  }
  const { start, end } = args
  if (typeof start !== 'number' || typeof end !== 'number') return true
  return (changed.start ?? -Infinity) < end && start < (changed.end ?? Infinity)
}

function isCalendar({ name }: Question): boolean {
  return name === 'calendar.range'
}

function refresh(affected: (each: Question) => boolean, halls?: readonly string[]): void {
  // The database answers one after the other: what the clerk looks at comes before badges and lists.
  const inOrder = [...questions].sort(
    ([, one], [, other]) => Number(isCalendar(other)) - Number(isCalendar(one)),
  )
  for (const [key, each] of inOrder) {
    if (!affected(each)) continue
    if (each.listeners.size > 0 || each.asking) void ask(each, halls)
    else questions.delete(key)
  }
}

desk.on((event) => {
  if (event.type === 'changed') {
    refresh((each) => touches(event.changed, each.name, each.args), event.changed.resources)
  } else if (event.type === 'status' && event.status.phase === 'ready') {
    // Questions asked before the desk was ready were answered with `not-ready`.
    refresh((each) => each.answer.failed !== null)
  }
})
useLink.subscribe((link, before) => {
  if (link.restored !== before.restored) refresh(() => true)
})

export function answerTo<Q extends QueryName>(name: Q, args: QueryArgs<Q> | null): Answer<Q> {
  if (args === null) return nothing
  return (questions.get(keyOf(name, args))?.answer ?? nothing) as Answer<Q>
}

/** Listens to a question and asks it where no answer is kept. Returns the way to stop. */
export function listen<Q extends QueryName>(
  name: Q,
  args: QueryArgs<Q>,
  listener: () => void,
): () => void {
  const each = question(keyOf(name, args), name, args)
  each.listeners.add(listener)
  if (each.answer.rows === undefined && !each.asking) void ask(each)
  return () => {
    each.listeners.delete(listener)
    forgetOldest()
  }
}

/** Asks ahead of time, for the weeks to the left and to the right. */
export function prefetch<Q extends QueryName>(name: Q, args: QueryArgs<Q>): void {
  const each = question(keyOf(name, args), name, args)
  if (each.answer.rows === undefined && !each.asking) void ask(each)
}

/** Asks once more, after a failure that somebody has read. */
export function again<Q extends QueryName>(name: Q, args: QueryArgs<Q>): void {
  void ask(question(keyOf(name, args), name, args))
}

/** Asks once, outside React; from what is kept where it can be. */
export async function read<Q extends QueryName>(name: Q, args: QueryArgs<Q>): Promise<Rows[Q]> {
  const kept = answerTo(name, args).rows
  if (kept !== undefined) return kept
  const reply = await desk.invoke('query', { name, args })
  if (!reply.ok) throw new Error(`query ${name}: ${reply.error.code} ${reply.error.detail}`)
  return reply.value as Rows[Q]
}
