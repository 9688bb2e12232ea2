/**
 * Recovery: what an earlier run noted and did not finish, and a whole database from its journal.
 *
 * A replay uses the time and the numbers of the first run, so that the rows come back as they were and a number
 * that was read out on the phone stays that number.
 */
import type { Outcome } from '../commands/command.ts'
import type { Ports } from '../ports.ts'
import { raiseBookingNumber } from '../store/bookings.ts'
import { refreshStatistics } from '../store/statistics.ts'
import { acceptedIn } from './accepted.ts'
import { type Case, decide, decideMany } from './decide.ts'
import type { JournalEntry } from './journal.ts'
import { authorityOf, describe, inBatches } from './line.ts'
import type { OpenDesk } from './open-desk.ts'

type Desk = Omit<OpenDesk, 'close'>

function remember(desk: Desk, { envelope }: Case, outcome: Outcome<unknown>): void {
  if (envelope.name === 'municipality.found' && outcome.status === 'accepted') {
    desk.municipality = envelope.args as OpenDesk['municipality']
  }
}

/** Decides every command that has no outcome; one that fails stays noted and is tried at the next start again. */
export async function decideWaiting(
  ports: Ports,
  desk: Desk,
  progress: (done: number) => void,
): Promise<void> {
  const waiting = desk.outbox
    .noted()
    .map(({ envelope }) => envelope)
    .sort((a, b) => a.seq - b.seq)
  let done = 0
  for (const batch of inBatches(waiting)) {
    progress(done / waiting.length)
    const now = ports.clock.now()
    const cases = batch.map((envelope): Case => ({ envelope, now }))
    for (const { one, outcome } of await outcomesOf(ports, desk, cases)) {
      remember(desk, one, outcome)
      // Whoever gave it was told nothing before the desk stopped.
      const entry = { kind: 'outcome', id: one.envelope.id, outcome, at: now, late: true } as const
      desk.outbox.add(entry)
      await desk.journal.append(entry)
    }
    done += batch.length
  }
}

async function outcomesOf(ports: Ports, desk: Desk, cases: readonly Case[]) {
  try {
    const outcomes = await decideMany(authorityOf(desk as OpenDesk), cases)
    return cases.map((one, index) => ({ one, outcome: outcomes[index] as Outcome<unknown> }))
  } catch {
    const found: { one: Case; outcome: Outcome<unknown> }[] = []
    for (const one of cases) {
      try {
        found.push({ one, outcome: await decide(authorityOf(desk as OpenDesk), one) })
      } catch (error) {
        const { name } = one.envelope
        ports.log.write('error', 'a noted command failed again', { name, error: describe(error) })
      }
    }
    return found
  }
}

/** Replays every accepted command into an empty database. `lost` counts those that did not come back. */
export async function rebuild(
  ports: Ports,
  desk: Desk,
  entries: readonly JournalEntry[],
  progress: (done: number) => void,
): Promise<{ restored: number; lost: number }> {
  const cases = acceptedIn(entries)
  let restored = 0
  let tried = 0
  for (const batch of inBatches([...cases.values()].map((one) => one.envelope))) {
    progress(tried / cases.size)
    const group = batch.map((envelope) => cases.get(envelope.id) as Case)
    for (const { one, outcome } of await outcomesOf(ports, desk, group)) {
      remember(desk, one, outcome)
      if (outcome.status === 'accepted') restored += 1
    }
    tried += batch.length
  }
  await desk.database.transact((tx) => raiseBookingNumber(tx))
  await refreshStatistics(desk.database)
  return { restored, lost: cases.size - restored }
}
