/** People as a list and as a card: who they are, what they book, and who may be the same person. */
import { stateOf } from '../domain/standing.ts'
import type { Uuid } from '../domain/time.ts'
import type { Tx } from '../store/database.ts'
import { historyOf, type StoredHistory } from '../store/history.ts'
import { bookingsOfPerson, listPeople, peopleAlike, personById } from '../store/people.ts'
import { allResources } from '../store/resources.ts'
import type { HistoryRow, PersonBookingRow, PersonOne, QueryArgs, Rows } from './rows.ts'

export async function peopleList(
  tx: Tx,
  args: QueryArgs<'person.list'>,
): Promise<Rows['person.list']> {
  const found = await listPeople(tx, args)
  return { rows: found.map(({ of: _, ...row }) => row), of: found[0]?.of ?? 0 }
}

async function bookingRows(tx: Tx, id: Uuid): Promise<PersonBookingRow[]> {
  const stored = await bookingsOfPerson(tx, id)
  const names = new Map((await allResources(tx)).map((hall) => [hall.id, hall.name]))
  return stored.flatMap((one) => {
    const [first] = one.dates
    if (!first) return []
    return {
      token: one.token,
      number: one.number,
      title: one.title,
      state: stateOf(one),
      start: first.start,
      end: first.end,
      dates: one.dates.length,
      resourceName: names.get(first.resource) ?? '',
    }
  })
}

export async function personOne(
  tx: Tx,
  asked: Uuid,
  historyRow: (stored: StoredHistory) => HistoryRow,
): Promise<PersonOne | null> {
  const named = await personById(tx, asked)
  const person = named?.mergedInto ? await personById(tx, named.mergedInto) : named
  if (!person) return null
  const { id, mergedInto: _, ...card } = person
  return {
    id,
    card,
    bookings: await bookingRows(tx, id),
    alike: await peopleAlike(tx, id),
    history: (await historyOf(tx, id)).map(historyRow),
  }
}
