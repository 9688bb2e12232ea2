/** The year says of each day what the week says of it, on every database. */
import { beforeEach, expect, it } from 'vitest'
import { addDays } from '../../core/domain/time.ts'
import { queries } from '../../core/queries/index.ts'
import type { CalendarRows, ResourceRow } from '../../core/queries/rows.ts'
import type { YearDay } from '../../core/queries/year-rows.ts'
import { framesFrom } from '../../renderer/features/calendar/days.ts'
import { byHall, NO_ROWS } from '../../renderer/features/calendar/hallRows.ts'
import { shownHalls } from '../../renderer/features/calendar/halls.ts'
import { pieces } from '../../renderer/features/calendar/openings.ts'
import { at, Clerk, hall, idOf, ZONE } from '../harness/authority.ts'
import { eachDatabase } from '../harness/databases.ts'

const MONDAY = '2027-06-07'
const SPRING = '2027-03-28'
const AUTUMN = '2027-10-31'

/** The same, by hand, from the rows that the week is drawn from. */
function fromWeek(
  resources: readonly ResourceRow[],
  rows: CalendarRows,
  first: string,
  days: number,
  only: readonly string[],
): YearDay[] {
  const entries = shownHalls(resources, only)
  const known = byHall(rows, entries)
  return framesFrom(first, days, ZONE).flatMap((frame): YearDay[] => {
    const sum = { open: 0, taken: 0, blocked: 0 }
    const bookings = new Set<string>()
    const requests = new Set<string>()
    for (const entry of entries) {
      if (entry.kind !== 'hall') continue
      const own = known.get(entry.hall.id) ?? NO_ROWS
      for (const piece of pieces(own, frame)) {
        const length = piece.end - piece.start
        sum.open += length * piece.of
        sum.taken += length * piece.taken
        if (piece.blocked) sum.blocked += length * piece.of
      }
      for (const row of own.booked) {
        if (row.end <= frame.start || frame.end <= row.start) continue
        if (row.state === 'booked') bookings.add(row.token)
        else requests.add(row.token)
      }
    }
    const counted = { bookings: bookings.size, requests: requests.size }
    const isEmpty = sum.open + counted.bookings + counted.requests === 0
    return isEmpty ? [] : [{ day: frame.day, ...sum, ...counted }]
  })
}

eachDatabase('the year', (database) => {
  let clerk: Clerk
  beforeEach(async () => {
    clerk = new Clerk(database())
    await clerk.gives('municipality.found', { name: 'Musterwil', zone: ZONE, context: 'allmend' })
    await clerk.addHall('gym')
    await clerk.addHall('third a', { parent: hall('gym'), sharesSpace: true })
    await clerk.addHall('third b', { parent: hall('gym'), sharesSpace: true })
    await clerk.addHall('kita', { position: 4 })
    await clerk.open('gym')
    await clerk.open('third a', { opens: '17:00' })
    await clerk.open('third b', { opens: '17:00' })
    await clerk.open('kita', { opens: '07:00', closes: '18:00', step: null, places: 12 })
  })

  const both = async (first: string, days: number, keys: readonly string[] = []) => {
    const only = keys.map(hall)
    return database().read(async (tx) => {
      const all = await queries['resource.all'](tx, {})
      const [from, until] = [first, addDays(first, days - 1)]
      const [start, end] = [
        framesFrom(first, 1, ZONE)[0]?.start,
        framesFrom(until, 1, ZONE)[0]?.end,
      ]
      const rows = await queries['calendar.range'](tx, { start: start ?? 0, end: end ?? 0 })
      const args = { from, until, ...(only.length > 0 ? { resources: only } : {}) }
      return {
        year: await queries['calendar.year'](tx, args),
        week: fromWeek(all, rows, first, days, only),
      }
    })
  }

  it('counts what is taken by bookings, by halls that share the space and by blockers, once', async () => {
    await clerk.books('gym', MONDAY, '16:00', '19:00', 'Turnier')
    await clerk.books('third a', MONDAY, '20:00', '22:00', 'Judo')
    await clerk.books('third b', MONDAY, '20:00', '21:00', 'Yoga')
    await clerk.books('kita', MONDAY, '07:00', '18:00', 'Anna', { places: 2 })
    await clerk.books('kita', MONDAY, '07:00', '18:00', 'Beat')
    await clerk.gives('reservation.request', {
      token: idOf('request'),
      resource: hall('gym'),
      during: { start: clerk.now + 7 * 86_400_000, end: clerk.now + 7 * 86_400_000 + 7_200_000 },
      places: 1,
      title: 'Fest',
      publicTitle: '',
      note: '',
      persons: null,
      person: { id: idOf('who'), name: 'Ruth Meier', organisation: '', phone: '', email: '' },
      waiting: false,
    })
    await clerk.gives('blocker.add', {
      token: idOf('blocker'),
      resources: [hall('third b'), hall('kita')],
      during: { start: at(addDays(MONDAY, 3), '07:00'), end: at(addDays(MONDAY, 4), '19:00') },
      reason: 'Reinigung',
      decisions: [],
    })
    const all = await both(addDays(MONDAY, -7), 21)
    const gym = await both(MONDAY, 7, ['gym'])
    const parts = await both(MONDAY, 7, ['third b', 'kita'])
    expect([all.year, gym.year, parts.year]).toEqual([all.week, gym.week, parts.week])
    // The gym: 3 hours of its own, and 2 in which thirds are booked, one of them twice, of 14.
    expect(gym.year[0]).toMatchObject({ open: 14 * 3_600_000, taken: 5 * 3_600_000 })
    expect(all.year.map((each) => each.requests)).toContain(1)
  })

  it('gives the Sundays when clocks change their 23 and 25 hours, and a night to both of its days', async () => {
    for (const day of [SPRING, AUTUMN]) {
      await clerk.open('gym', {
        rule: idOf(`rule of ${day}`),
        from: addDays(day, -1),
        until: addDays(day, 1),
        opens: '00:00',
        closes: '24:00',
      })
      await clerk.books('gym', day, '01:00', '04:00', `Nacht ${day}`)
    }
    const spring = await both(addDays(SPRING, -1), 3, ['gym'])
    const autumn = await both(addDays(AUTUMN, -1), 3, ['gym'])
    expect([spring.year, autumn.year]).toEqual([spring.week, autumn.week])
    expect([spring.year[1], autumn.year[1]]).toMatchObject([
      { open: 23 * 3_600_000, taken: 2 * 3_600_000 },
      { open: 25 * 3_600_000, taken: 4 * 3_600_000 },
    ])
  })
})
