/** Outbox rows: what waits and what came to nothing, as a screen shows it. */
import type { ConcernedCommand, WaitingCommand } from '../contract.ts'
import type { Instant, Span, Uuid } from '../domain/time.ts'
import { alternativesTo } from '../plans/alternatives.ts'
import type { Tx } from '../store/database.ts'
import { allResources } from '../store/resources.ts'
import type { Concern, Noted, Outbox } from '../sync/outbox.ts'
import type { Predicted } from '../sync/rehearsal.ts'

export function waitingRow(
  outbox: Outbox,
  noted: Noted,
  now: Instant,
  predicted: Predicted | undefined,
): WaitingCommand {
  const { id, name, args, actor, issuedAt } = noted.envelope
  const stale = noted.missed ? 'missed' : 'stale'
  return {
    id,
    name,
    args,
    actor,
    issuedAt,
    standing: noted.withdrawn ? 'withdrawn' : outbox.isStale(noted, now) ? stale : 'waiting',
    predicted: predicted ?? null,
  }
}

/** With what is free now for the same wishes. What rested on another concern stands with it. */
export async function concernsOf(
  tx: Tx,
  outbox: Outbox,
  now: Instant,
): Promise<ConcernedCommand[]> {
  const all = outbox.concerns()
  const ids = new Set(all.map(({ envelope }) => envelope.id))
  const above = ({ envelope }: Concern) => envelope.dependsOn?.find((id) => ids.has(id))
  const resources = all.length > 0 ? await allResources(tx) : []
  const rows: ConcernedCommand[] = []
  for (const concern of all) {
    if (above(concern) !== undefined) continue
    const { envelope, at, refusal } = concern
    const { id, name, args, actor, issuedAt } = envelope
    const wish = wishIn(args)
    const resource = resources.find((one) => one.id === wish?.resource)
    const alternatives =
      refusal && 'alternatives' in refusal && wish && resource
        ? await alternativesTo(tx, now, {
            resource,
            during: wish.during,
            places: wish.places,
            token: wish.token ?? id,
          })
        : []
    const also = below(id, all).map(({ envelope: { id, name, args } }) => ({ id, name, args }))
    rows.push({ id, name, args, actor, issuedAt, at, refusal, alternatives, also })
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

function wishIn(args: unknown): Wish | undefined {
  const { resource, during, places, token } = args as Partial<Wish>
  return resource !== undefined && during !== undefined && places !== undefined
    ? { resource, during, places, ...(token === undefined ? {} : { token }) }
    : undefined
}
