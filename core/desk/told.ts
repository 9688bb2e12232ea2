/**
 * Told: what the words of an undecided command need beyond its arguments: what the bookings that it names are called,
 * and what an undo takes back. Read once for all of them.
 */
import type { CommandName } from '../commands/calls.ts'
import type { Told } from '../contract.ts'
import type { Uuid } from '../domain/time.ts'
import { type NamedBooking, namedBookings } from '../store/bookings.ts'
import type { Tx } from '../store/database.ts'
import { historyEntries } from '../store/history.ts'
import type { Envelope } from '../sync/envelope.ts'

export type Tell = Readonly<{
  of(envelope: Envelope): Told
  /** Of a committed booking: its dates. */
  booking(token: Uuid): NamedBooking | undefined
}>

/** `envelopes`: all that are undecided or came to nothing; a later one may be about what an earlier one makes. */
export async function tell(tx: Tx, envelopes: readonly Envelope[]): Promise<Tell> {
  const names = new Map<Uuid, Readonly<{ title: string; number: number }>>()
  for (const { args } of envelopes) {
    const { token, title } = args as Readonly<{ token?: Uuid; title?: string }>
    if (token !== undefined && title !== undefined) names.set(token, { title, number: 0 })
  }
  const committed = new Map<Uuid, NamedBooking>()
  for (const row of await namedBookings(tx, [...new Set(envelopes.flatMap(tokensIn))])) {
    committed.set(row.token, row)
    names.set(row.token, { title: row.title, number: Math.max(0, row.number) })
  }
  const commands = new Map(envelopes.map((one) => [one.id, { ...one, result: null }]))
  const undone = envelopes.flatMap((one) => undoneBy(one) ?? [])
  const known = new Map<Uuid, Readonly<{ name: string; args: unknown; result: unknown }>>(commands)
  for (const entry of await historyEntries(tx, undone)) known.set(entry.command, entry)

  return {
    of(envelope) {
      const bookings = Object.fromEntries(
        tokensIn(envelope).flatMap((token) => {
          const named = names.get(token)
          return named ? [[token, named]] : []
        }),
      )
      const before = known.get(undoneBy(envelope) ?? '')
      const undoes = before
        ? { name: before.name as CommandName, args: before.args, result: before.result }
        : null
      return { bookings, undoes }
    },
    booking: (token) => committed.get(token),
  }
}

type Naming = Readonly<{
  token?: Uuid
  decisions?: readonly Readonly<{ token?: Uuid }>[]
  wants?: readonly Readonly<{ token?: Uuid }>[]
}>

function tokensIn({ args }: Envelope): Uuid[] {
  const { token, decisions = [], wants = [] } = args as Naming
  return [token, ...decisions.map((one) => one.token), ...wants.map((one) => one.token)].filter(
    (one) => one !== undefined,
  )
}

function undoneBy({ name, args }: Envelope): Uuid | undefined {
  return name === 'undo' ? (args as { command: Uuid }).command : undefined
}
