/** The queue: what waits for a decision, joined with what is free for it at this very moment. */
import type { Tx } from '../store/database.ts'
import { openRequests, pendingFit } from '../store/requests.ts'
import { allResources } from '../store/resources.ts'
import type { RequestRow } from './rows.ts'

export async function requestQueue(tx: Tx): Promise<RequestRow[]> {
  const stored = await openRequests(tx)
  if (stored.length === 0) return []
  const halls = await allResources(tx)
  const names = new Map(halls.map((hall) => [hall.id, hall.name]))
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
      dates: one.dates.map((date) => ({ ...date, resourceName: names.get(date.resource) ?? '' })),
      places: fit?.places ?? 1,
      free: Math.max(0, fit?.free ?? 0),
    }
  })
}
