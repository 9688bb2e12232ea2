/**
 * Plays one reservation vector on a database that it empties first: every step a transaction, committed when it returns, rolled
 * back when it throws. Answers the first difference, and the deviations that a rule allows.
 *
 * The rule: where the original fell over (AttributeError, ZeroDivisionError, a bare AssertionError), any typed
 * error of ours will do, as long as nothing is changed by it.
 */
import { sql } from 'kysely'
import { Failure } from '../../../core/domain/failure.ts'
import { LibresError } from '../../../core/scheduler/errors.ts'
import type { Database, Tx } from '../../../core/store/database.ts'
import { type Difference, difference } from '../compare.ts'
import { operations } from './operations.ts'
import { byText, type Step, World } from './world.ts'

type Result = {
  ok?: unknown
  error?: string
  family?: string
  events?: unknown[]
  message?: string
  detail?: unknown
}

export type Vector = Readonly<{
  name: string
  steps: readonly Step[]
  expected: readonly Result[]
}>

export type Played = Readonly<{
  failure: Readonly<{ index: number; step: Step; difference: Difference; thrown?: unknown }> | null
  /** `AssertionError as PreconditionFailed` and the like, once for each time. */
  deviations: readonly string[]
}>

/** What the original calls an error that has another name here. */
const ORIGINAL_NAMES: Readonly<Record<string, string>> = {
  NotFound: 'NoResultFound',
  Ambiguous: 'MultipleResultsFound',
  PreconditionFailed: 'AssertionError',
}

const FELL_OVER = new Set(['AttributeError', 'ZeroDivisionError', 'AssertionError'])

/** SQLSTATE classes under the names of Python's database API. */
function databaseError(error: unknown): string | undefined {
  const code = (error as { code?: unknown }).code
  if (typeof code !== 'string') return undefined
  if (code.startsWith('22')) return 'DataError'
  return code.startsWith('23') ? 'IntegrityError' : undefined
}

/** `queries` bind times as they are given, and SQLAlchemy puts its own name on what a column refuses. */
function nameOf(error: unknown, step: Step): string {
  const { name } = error as Error
  const isBound = String(step.op).startsWith('queries.')
  if (isBound && name === 'NotTimezoneAware') return 'StatementError'
  return databaseError(error) ?? ORIGINAL_NAMES[name] ?? name
}

const isTyped = (error: unknown) => error instanceof LibresError || error instanceof Failure

/** Rolls back and hands on what the step came to. */
class Undo extends Error {
  readonly thrown: unknown

  constructor(thrown: unknown) {
    super('undo')
    this.thrown = thrown
  }
}

async function run(world: World, step: Step): Promise<{ result: Result; thrown?: unknown }> {
  const operation = operations[step.op as string]
  if (!operation) throw new Error(`No operation ${String(step.op)}.`)
  const session = world.registry.masterContext.getService('sessionProvider')
  world.heard = []
  const work = async (tx: Tx) => {
    try {
      return await operation(world, step, tx)
    } catch (error) {
      // A conflict would be tried again by the database; a vector has nobody to conflict with.
      throw new Undo(error)
    }
  }
  try {
    const ok = await session.run(() => work(session.session()))
    return { result: { ok: ok ?? null, ...events(world) } }
  } catch (error) {
    const thrown = error instanceof Undo ? error.thrown : error
    return { result: { error: nameOf(thrown, step), ...events(world) }, thrown }
  }
}

function events(world: World): { events?: unknown[] } {
  return world.heard.length > 0 ? { events: world.heard } : {}
}

/** What is compared: messages and details are there to be read, and the order within an event means nothing. */
function compared({ message: _, detail: __, family: ___, events: heard, ...rest }: Result): Result {
  if (!heard) return rest
  const sorted = heard.map((event) => {
    const { reservations } = event as { reservations?: unknown[] }
    return reservations
      ? { ...(event as object), reservations: reservations.map(ordered).sort(byText) }
      : event
  })
  return { ...rest, events: sorted }
}

function ordered(record: unknown): unknown {
  return Object.fromEntries(
    Object.entries(record as object).sort(([one], [other]) => (one < other ? -1 : 1)),
  )
}

/** The deviation that the rule allows here, if any. */
function allowed(expected: Result, actual: Result, thrown: unknown): string | undefined {
  if (expected.family !== 'python' || !FELL_OVER.has(expected.error ?? '')) return undefined
  if (!isTyped(thrown)) return undefined
  const { error: _, ...expectedRest } = compared(expected)
  const { error: __, ...actualRest } = compared(actual)
  if (difference(expectedRest, actualRest)) return undefined
  return `${expected.error} as ${(thrown as Error).name}`
}

/** Every row of libres goes. Much quicker than truncating, and numbers need not begin again. */
async function emptyBookings(database: Database): Promise<void> {
  await sql`with slots as (delete from reserved_slots), wishes as (delete from reservations),
      blockers as (delete from reservation_blockers)
    delete from allocations`.execute(database.kysely)
}

export async function play(database: Database, vector: Vector): Promise<Played> {
  await emptyBookings(database)
  const world = new World(database)
  const deviations: string[] = []
  for (const [index, step] of vector.steps.entries()) {
    const expected = vector.expected[index] as Result
    const { result, thrown } = await run(world, step)
    const deviation = allowed(expected, result, thrown)
    if (deviation) {
      deviations.push(deviation)
      continue
    }
    const found = difference(compared(expected), compared(result))
    if (found) return { failure: { index, step, difference: found, thrown }, deviations }
  }
  return { failure: null, deviations }
}
