/**
 * The list of queries: named reads for the screens, one consistent snapshot each.
 */
import { definition, isCommand } from '../commands/index.ts'
import { isLive } from '../domain/hold.ts'
import { holidaysIn } from '../domain/holidays.ts'
import { OUTSIDE } from '../domain/outside-change.ts'
import { stateOf } from '../domain/standing.ts'
import { holidaysByLaw } from '../holidays/by-law.ts'
import { bookingByToken } from '../store/bookings.ts'
import { blockedIn, bookedIn, freeIn } from '../store/calendar.ts'
import type { Tx } from '../store/database.ts'
import { historyActors, historyOf, recentHistory, type StoredHistory } from '../store/history.ts'
import { heldTimes } from '../store/holds.ts'
import { findPeople } from '../store/people.ts'
import { allResources } from '../store/resources.ts'
import { search } from '../store/search.ts'
import { readHolidaySettings, readMunicipality, readPublishTargets } from '../store/settings.ts'
import { unnamedResources } from '../store/unnamed.ts'
import {
  availabilityOne,
  availabilityPeriods,
  availabilityPreview,
  availabilityUnused,
} from './availability.ts'
import { blockerImpact, blockersAll } from './blockers.ts'
import { hallFind } from './hall-find.ts'
import { materialAnswers } from './material.ts'
import { peopleList, personOne } from './people.ts'
import { placesOne } from './places.ts'
import { deniedRequests, requestQueue } from './requests.ts'
import {
  type BookingRow,
  type HistoryRow,
  NEWER,
  type QueryArgs,
  type QueryName,
  type Rows,
} from './rows.ts'
import { calendarYear } from './year.ts'

type Queries = { readonly [Q in QueryName]: (tx: Tx, args: QueryArgs<Q>) => Promise<Rows[Q]> }

function historyRow(stored: StoredHistory): HistoryRow {
  const { version: _, name, ...row } = stored
  if (name === OUTSIDE) return { ...row, name, canUndo: false }
  if (!isCommand(name)) return { ...row, name: NEWER, args: null, result: null, canUndo: false }
  const canUndo =
    stored.undoneBy === null && definition(name).inverse?.(stored.args, stored.result) !== undefined
  return { ...row, name, canUndo }
}

async function bookingRow(tx: Tx, token: string): Promise<BookingRow | null> {
  const booking = await bookingByToken(tx, token)
  if (!booking) return null
  const resources = new Map((await allResources(tx)).map((one) => [one.id, one.name]))
  const history = await historyOf(tx, token)
  const { cancelledAt: _, standing: __, denied: ___, held: ____, dates, ...facts } = booking
  return {
    ...facts,
    state: stateOf(booking),
    places: Math.max(1, ...dates.map((date) => date.places)),
    dates: dates.map(({ resource, start, end }) => ({
      resource,
      resourceName: resources.get(resource) ?? '',
      start,
      end,
    })),
    history: history.map(historyRow),
  }
}

export const queries: Queries = {
  'calendar.range': async (tx, { start, end, resources }) => {
    // Sent together: each question that waits for the answer before it costs a turn of two threads.
    const [free, booked, blocked] = await Promise.all([
      freeIn(tx, { start, end }, resources),
      bookedIn(tx, { start, end }, resources),
      blockedIn(tx, { start, end }, resources),
    ])
    return { free, booked, blocked }
  },
  'calendar.year': calendarYear,
  'booking.one': (tx, { token }) => bookingRow(tx, token),
  'request.queue': (tx) => requestQueue(tx),
  'hold.all': async (tx, { now }) =>
    (await heldTimes(tx, now))
      .filter((each) => isLive(each, now))
      .map(({ ofDesk: _, ...held }) => held),
  'request.denied': (tx) => deniedRequests(tx),
  'resource.all': (tx) => allResources(tx),
  'resource.unnamed': async (tx) => ({
    context: (await readMunicipality(tx))?.context ?? '',
    halls: await unnamedResources(tx),
  }),
  'person.list': (tx, args) => peopleList(tx, args),
  'person.one': (tx, { person }) => personOne(tx, person, historyRow),
  'person.find': (tx, { text }) => findPeople(tx, text),
  'history.recent': async (tx, { limit, about = null, actor = null }) =>
    (await recentHistory(tx, { limit, about, actor })).map(historyRow),
  'history.actors': (tx) => historyActors(tx),
  'search.all': (tx, { text, now, most }) => search(tx, text, now, most),
  'holiday.range': async (tx, { from, until, language }) => {
    const settings = await readHolidaySettings(tx)
    const { canton, optional } = settings
    const byLaw = await holidaysByLaw(canton, optional, from, until, language)
    return holidaysIn(settings, byLaw, from, until)
  },
  'publish.targets': (tx) => readPublishTargets(tx),
  'holiday.settings': (tx) => readHolidaySettings(tx),
  'hall.find': hallFind,
  'places.one': placesOne,
  'blocker.impact': blockerImpact,
  'blocker.all': blockersAll,
  ...materialAnswers,
  'availability.periods': availabilityPeriods,
  'availability.one': availabilityOne,
  'availability.preview': availabilityPreview,
  'availability.unused': availabilityUnused,
}
