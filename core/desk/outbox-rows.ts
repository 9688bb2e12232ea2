/** Outbox rows: what waits and what came to nothing, as a screen shows it. */
import type { ConcernedCommand, WaitingCommand } from '../contract.ts'
import type { Instant, Span, Uuid } from '../domain/time.ts'
import { alternativesTo } from '../plans/alternatives.ts'
import type { Tx } from '../store/database.ts'
import { allResources } from '../store/resources.ts'
import type { Concern, Noted, Outbox } from '../sync/outbox.ts'
import type { Predicted } from '../sync/rehearsal.ts'
import { type Tell, tell } from './told.ts'

/** Everything that a person may want to know about, in one snapshot. `waiting`: with what would become of each. */
export async function outboxRows(
  tx: Tx,
  outbox: Outbox,
  now: Instant,
  predicted: ReadonlyMap<Uuid, Predicted> | undefined,
): Promise<Readonly<{ waiting: WaitingCommand[]; concerns: ConcernedCommand[] }>> {
  const noted = outbox.noted()
  const concerns = outbox.concerns()
  const told = await tell(
    tx,
    [...concerns, ...noted].map(({ envelope }) => envelope),
  )
  return {
    waiting: noted.map((one) =>
      waitingRow(outbox, one, now, predicted?.get(one.envelope.id), told),
    ),
    concerns: await concernsOf(tx, concerns, now, told),
  }
}

function waitingRow(
  outbox: Outbox,
  noted: Noted,
  now: Instant,
  predicted: Predicted | undefined,
  told: Tell,
): WaitingCommand {
  const { id, name, args, actor, issuedAt } = noted.envelope
  const stale = noted.missed ? 'missed' : 'stale'
  return {
    id,
    name,
    args,
    told: told.of(noted.envelope),
    actor,
    issuedAt,
    standing: noted.withdrawn ? 'withdrawn' : outbox.isStale(noted, now) ? stale : 'waiting',
    predicted: predicted ?? null,
  }
}

/** With what is free now for the same wishes. What rested on another concern stands with it. */
async function concernsOf(
  tx: Tx,
  all: readonly Concern[],
  now: Instant,
  told: Tell,
): Promise<ConcernedCommand[]> {
  const ids = new Set(all.map(({ envelope }) => envelope.id))
  const above = ({ envelope }: Concern) => envelope.dependsOn?.find((id) => ids.has(id))
  const resources = all.length > 0 ? await allResources(tx) : []
  const rows: ConcernedCommand[] = []
  for (const concern of all) {
    if (above(concern) !== undefined) continue
    const { envelope, at, refusal } = concern
    const { id, name, args, actor, issuedAt } = envelope
    const wish = wishIn(args, told)
    const resource = resources.find((one) => one.id === wish?.resource)
    const alternatives =
      refusal && 'wish' in refusal && wish && resource
        ? await alternativesTo(tx, now, { ...wish, resource, token: wish.token ?? id })
        : []
    const also = below(id, all).map(({ envelope: resting }) => {
      const { id, name, args } = resting
      return { id, name, args, told: told.of(resting) }
    })
    const words = told.of(envelope)
    rows.push({ id, name, args, told: words, actor, issuedAt, at, refusal, alternatives, also })
  }
  return rows
}

/** All that rest on it, over any number of steps. */
function below(id: Uuid, all: readonly Concern[]): Concern[] {
  const found = new Set([id])
  const resting: Concern[] = []
  for (const concern of all) {
    if (!concern.envelope.dependsOn?.some((other) => found.has(other))) continue
    found.add(concern.envelope.id)
    resting.push(concern)
  }
  return resting
}

/** The ids that are dealt with when this one is. */
export function withThoseThatRestOn(outbox: Outbox, id: Uuid): Uuid[] {
  return [id, ...below(id, outbox.concerns()).map(({ envelope }) => envelope.id)]
}

type Wish = Readonly<{ resource: Uuid; during: Span; places: number; token?: Uuid }>
type Moving = Readonly<{
  token: Uuid
  from: Readonly<{ resource: Uuid; start: Instant }>
  to: Span & Readonly<{ resource: Uuid }>
}>

/** The time that a command wishes for; moving keeps as many places as the date has. */
function wishIn(args: unknown, told: Tell): Wish | undefined {
  const { resource, during, places, token } = args as Partial<Wish>
  if (resource !== undefined && during !== undefined && places !== undefined) {
    return { resource, during, places, ...(token === undefined ? {} : { token }) }
  }
  const { from, to } = args as Partial<Moving>
  if (token === undefined || from === undefined || to === undefined) return undefined
  const moved = told
    .booking(token)
    ?.dates.find((date) => date.resource === from.resource && date.start === from.start)
  const { start, end } = to
  return { resource: to.resource, during: { start, end }, places: moved?.places ?? 1, token }
}
