/** What a stored booking wants, hall by hall: for restoring, approving and asking again. */
import type { ResourceRow } from '../domain/resource.ts'
import type { Uuid } from '../domain/time.ts'
import type { BookedDate, StoredBooking } from '../store/bookings.ts'
import { resourceWithRelatives } from '../store/resources.ts'
import { accepted, type Context, type Outcome, refused } from './command.ts'
import type { Wanted } from './take-slots.ts'

function byResource(dates: readonly BookedDate[]): Map<Uuid, BookedDate[]> {
  const found = new Map<Uuid, BookedDate[]>()
  for (const date of dates) found.set(date.resource, [...(found.get(date.resource) ?? []), date])
  return found
}

/** One wish for each hall of the booking; refused where a hall is gone. */
export async function wantedOf(
  context: Context,
  booking: StoredBooking,
): Promise<Outcome<readonly Wanted[]>> {
  const wanted: Wanted[] = []
  for (const [resource, dates] of byResource(booking.dates)) {
    const family = await resourceWithRelatives(context.tx, resource)
    if (family.length === 0) return refused({ code: 'gone', what: 'resource' })
    wanted.push({
      token: booking.token,
      family: family as readonly [ResourceRow, ...ResourceRow[]],
      spans: dates,
      places: Math.max(...dates.map((date) => date.places)),
      email: booking.person?.email ?? '',
    })
  }
  return accepted(wanted)
}
