/** The queue: what waits for a decision, joined with what is free for it at this very moment; and what was denied. */
import type { ResourceRow } from '../domain/resource.ts'
import type { BookedDate } from '../store/bookings.ts'
import type { Tx } from '../store/database.ts'
import { lastDenied, openRequests, pendingFit } from '../store/requests.ts'
import { allResources } from '../store/resources.ts'
import type { DeniedRow, RequestRow } from './rows.ts'

function namedBy(halls: readonly ResourceRow[]) {
  const names = new Map(halls.map((hall) => [hall.id, hall.name]))
  return (date: BookedDate) => ({ ...date, resourceName: names.get(date.resource) ?? '' })
}

export async function requestQueue(tx: Tx): Promise<RequestRow[]> {
  const stored = await openRequests(tx)
  if (stored.length === 0) return []
  const halls = await allResources(tx)
  const named = namedBy(halls)
  const fits = await pendingFit(
    tx,
    halls,
    stored.map((one) => one.token),
  )
  const byToken = new Map(fits.map((fit) => [fit.token, fit]))
  return stored.map((one) => {
    const fit = byToken.get(one.token)
    return {
      ...one,
      dates: one.dates.map(named),
      places: fit?.places ?? 1,
      free: Math.max(0, fit?.free ?? 0),
    }
  })
}

export async function deniedRequests(tx: Tx): Promise<DeniedRow[]> {
  const stored = await lastDenied(tx)
  const named = namedBy(stored.length === 0 ? [] : await allResources(tx))
  return stored.map((one) => ({ ...one, dates: one.dates.map(named) }))
}
