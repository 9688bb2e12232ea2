/**
 * Decide: the one place where a command gets its outcome, inside one SERIALIZABLE transaction with its receipt.
 *
 * It promises that a command has one outcome however often it is sent; that a refusal is committed too, because
 * only then is what it read valid; and that accepted effects, receipt and history appear together or not at all.
 */
import { createHash } from 'node:crypto'
import { type Context, type Outcome, refused } from '../commands/command.ts'
import { definition } from '../commands/index.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { Instant, Uuid } from '../domain/time.ts'
import type { Database, Tx } from '../store/database.ts'
import { isViolation } from '../store/failures.ts'
import { type Asking, onOneTrip } from '../store/one-trip.ts'
import { type HistoryEntry, receiptOf, settleReceipts, startReceipts } from '../store/receipts.ts'
import { allResources } from '../store/resources.ts'
import { backToPlace, markPlace } from '../store/savepoint.ts'
import type { Envelope } from './envelope.ts'
import { roundsOf } from './side-by-side.ts'

/** The database that decides, and in whose name. */
export interface Authority {
  readonly database: Database
  readonly municipality: Context['municipality']
  readonly desk: Uuid
  /**
   * Of a shared server: refuses programs that it does not serve, and tells its time, which is that of the decision.
   * Desks' own clocks differ.
   */
  readonly enter?: (tx: Asking) => Promise<Instant>
}

/** An envelope with the time of the decision; `recorded` is the result of the earlier run when replayed. */
export type Case = Readonly<{
  envelope: Envelope
  now: Instant
  recorded?: unknown
  /** It gets this outcome without a look at the rules, unless it has one already. */
  refusal?: Refusal
}>

/** The same id was used for another command: a bug of the sender, never guessed around. */
export class IdClash extends Error {
  override readonly name = 'IdClash'
}

/** Same text for the same value: object keys sorted, so that a resend through another path hashes alike. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

function hashOf(args: unknown): string {
  return createHash('sha256').update(canonical(args)).digest('hex')
}

function receiptStart(authority: Authority, { envelope }: Case) {
  const { id, seq, name, version, args, actor } = envelope
  const argsHash = hashOf(args)
  return { id, desk: authority.desk, seq, name, version, argsHash, actor }
}

const understood = new WeakMap<Envelope, unknown>()

/** The arguments as today's version understands them; looked at once for each envelope. */
export function argumentsOf(envelope: Envelope): unknown {
  const known = understood.get(envelope)
  if (known !== undefined) return known
  const { name, version, args } = envelope
  const { version: today, upcast, args: schema } = definition(name)
  const parsed = schema.parse(version === today || !upcast ? args : upcast(args, version))
  understood.set(envelope, parsed)
  return parsed
}

function handle(authority: Authority, tx: Tx, one: Case): Promise<Outcome<unknown>> {
  const { envelope, now, recorded } = one
  const context: Context = {
    tx,
    now,
    actor: { name: envelope.actor, desk: authority.desk },
    commandId: envelope.id,
    municipality: authority.municipality,
    ...(recorded === undefined ? {} : { recorded }),
  }
  return definition(envelope.name).handle(context, argumentsOf(envelope))
}

/** Of what was accepted; nothing of what leaves no trace. */
function historyOf(authority: Authority, one: Case, result: unknown): HistoryEntry[] {
  return definition(one.envelope.name).passing ? [] : [historyEntry(authority, one, result)]
}

export function historyEntry(authority: Authority, one: Case, result: unknown): HistoryEntry {
  const { id, name, version, actor } = one.envelope
  const args = argumentsOf(one.envelope)
  const undoes = name === 'undo' ? (args as { command: Uuid }).command : null
  const subjects = definition(name).subjects(args, result)
  return {
    command: id,
    at: one.now,
    actor,
    desk: authority.desk,
    name,
    version,
    args,
    result,
    subjects,
    undoes,
  }
}

async function earlierOutcome(tx: Tx, one: Case): Promise<Outcome<unknown>> {
  const receipt = await receiptOf(tx, one.envelope.id)
  if (!receipt) throw new Error('a receipt that stopped an insert cannot be read')
  if (receipt.name !== one.envelope.name || receipt.argsHash !== hashOf(one.envelope.args)) {
    throw new IdClash(`command ${one.envelope.id} was already used for another ${receipt.name}`)
  }
  // It is written with what the command did, or not at all: without it nobody may say what became of the command.
  if (receipt.outcome === null) throw new Error(`the receipt of ${one.envelope.id} says nothing`)
  return receipt.outcome as Outcome<unknown>
}

/** Runs a command inside a transaction that goes on; what is refused leaves nothing behind. */
export async function tryOut(authority: Authority, tx: Tx, one: Case): Promise<Outcome<unknown>> {
  await markPlace(tx)
  return handleFromPlace(authority, tx, one)
}

async function handleFromPlace(authority: Authority, tx: Tx, one: Case) {
  const outcome = await handle(authority, tx, one)
  if (outcome.status === 'refused') await backToPlace(tx)
  return outcome
}

/** The outcome it has already; null where nobody has decided it. */
export function knownOutcome(
  authority: Authority,
  envelope: Envelope,
): Promise<Outcome<unknown> | null> {
  return authority.database.read(async (tx) => {
    await authority.enter?.(tx)
    const receipt = await receiptOf(tx, envelope.id)
    return receipt ? (receipt.outcome as Outcome<unknown>) : null
  })
}

/** Decides one command, or gives the outcome it already has. Throws `Busy` and the errors of a lost database. */
export function decide(authority: Authority, given: Case): Promise<Outcome<unknown>> {
  return authority.database.transact(async (tx) => {
    // All on the trip of BEGIN.
    const [now, fresh] = await onOneTrip(tx, (trip) =>
      Promise.all([
        authority.enter?.(trip) ?? given.now,
        startReceipts(trip, [receiptStart(authority, given)]),
        markPlace(trip),
      ]),
    )
    const one: Case = { ...given, now }
    if (fresh.size === 0) return earlierOutcome(tx, one)
    const outcome = one.refusal ? refused(one.refusal) : await handleFromPlace(authority, tx, one)
    await settleReceipts(
      tx,
      [{ id: one.envelope.id, outcome }],
      outcome.status === 'accepted' ? historyOf(authority, one, outcome.result) : [],
    )
    return outcome
  })
}

/** Rolls a batch back when one of its commands is refused. */
class BatchRefused extends Error {}

/** Positions of the cases that are decided side by side, round after round. */
async function roundsIn(
  authority: Authority,
  tx: Tx,
  cases: readonly Case[],
): Promise<readonly (readonly number[])[]> {
  const all = cases.map(({ envelope }) => {
    const { takes } = definition(envelope.name)
    return takes?.(argumentsOf(envelope))
  })
  const apart = all.filter((takes) => takes !== undefined).length < 2
  const branches = apart ? [] : await allResources(tx)
  return roundsOf(all, branches, authority.municipality.zone)
}

async function decideTogether(
  authority: Authority,
  cases: readonly Case[],
): Promise<Outcome<unknown>[]> {
  return authority.database.transact(async (tx) => {
    const [now, fresh] = await onOneTrip(tx, (trip) =>
      Promise.all([
        authority.enter?.(trip),
        startReceipts(
          trip,
          cases.map((one) => receiptStart(authority, one)),
        ),
      ]),
    )
    const outcomes: Outcome<unknown>[] = []
    const settled: { id: Uuid; outcome: Outcome<unknown> }[] = []
    const history: HistoryEntry[] = []
    const decideOne = async (position: number) => {
      const given = cases[position] as Case
      const one = now === undefined ? given : { ...given, now }
      if (!fresh.has(one.envelope.id)) {
        outcomes[position] = await earlierOutcome(tx, one)
        return
      }
      const outcome = await handle(authority, tx, one)
      if (outcome.status === 'refused') throw new BatchRefused()
      outcomes[position] = outcome
      settled.push({ id: one.envelope.id, outcome })
      history.push(...historyOf(authority, one, outcome.result))
    }
    for (const round of await roundsIn(authority, tx, cases)) {
      const decided = await Promise.allSettled(round.map(decideOne))
      const failed = decided.find((one) => one.status === 'rejected')
      if (failed) throw failed.reason
    }
    await settleReceipts(tx, settled, history)
    return outcomes
  })
}

/**
 * Decides many commands in their order, each with its own receipt and history: in one transaction while all are
 * accepted, one by one as soon as one is refused. For founding, for replaying a journal, and for a line of notes.
 */
export async function decideMany(
  authority: Authority,
  cases: readonly Case[],
): Promise<Outcome<unknown>[]> {
  try {
    return await decideTogether(authority, cases)
  } catch (error) {
    // Two that were taken for strangers met after all: one by one each hears who was first.
    if (!(error instanceof BatchRefused) && !isViolation(error)) throw error
  }
  const outcomes: Outcome<unknown>[] = []
  for (const one of cases) outcomes.push(await decide(authority, one))
  return outcomes
}
