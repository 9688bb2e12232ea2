/**
 * A large municipality for the bench: 60 halls, and some weeks with 2,500 bookings each from this one on. Made through
 * the commands into a data folder, which the measured desk then opens.
 */
import { join } from 'node:path'
import type { CommandCall } from '../../core/commands/calls.ts'
import { resourceUuid } from '../../core/commands/resource.ts'
import { addDays, dayOf, instantAt, mondayOf } from '../../core/domain/time.ts'
import { uuid7 } from '../../core/domain/uuid.ts'
import { dice } from '../../core/sample/dice.ts'
import { refreshStatistics } from '../../core/store/statistics.ts'
import { Line } from '../../core/sync/line.ts'
import { openDesk } from '../../core/sync/open-desk.ts'
import { root } from '../../electron/start/folders.mjs'
import { testPorts } from '../harness/ports.ts'

const HALLS = 60
/** This week and the next one. */
const WEEKS = 2
/** Starts of the bookings of a hall's day: six of them, so that 60 halls × 7 days make 2,520 a week. */
const STARTS = ['08:00', '10:00', '12:00', '14:00', '17:00', '19:00']
const ZONE = 'Europe/Zurich'
const CONTEXT = 'allmend'

export function largeCalls(weeks: number): CommandCall[] {
  const die = dice(60)
  const id = () => uuid7(Date.now(), die.bytes(16))
  const monday = mondayOf(dayOf(Date.now(), ZONE))
  const keys = Array.from({ length: HALLS }, (_, index) => `hall-${index + 1}`)
  const hall = (key: string) => resourceUuid(CONTEXT, key)
  const person = { name: 'Ruth Meier', organisation: '', phone: '044 000 01 40', email: '' }
  const people = Array.from({ length: 200 }, (_, index) => ({
    ...person,
    id: id(),
    name: `Ruth Meier ${index}`,
  }))
  return [
    { id: id(), name: 'municipality.found', args: { name: 'Bench', zone: ZONE, context: CONTEXT } },
    ...keys.map(
      (key, index): CommandCall => ({
        id: id(),
        name: 'resource.add',
        args: {
          key,
          name: `Halle ${index + 1}`,
          group: `Schulhaus ${Math.floor(index / 6) + 1}`,
          kind: 'hall',
          parent: null,
          sharesSpace: false,
          capacity: 100,
          features: [],
          color: index % 12,
          position: index,
        },
      }),
    ),
    {
      id: id(),
      name: 'availability.add',
      args: {
        rule: id(),
        resources: keys.map(hall),
        from: addDays(monday, -7),
        until: addDays(monday, 7 * weeks + 46),
        weekdays: [1, 2, 3, 4, 5, 6, 7],
        opens: '08:00',
        closes: '22:00',
        step: 30,
        places: 1,
        mostPerBooking: 0,
        byStaff: false,
        except: [],
        skipOverlapping: false,
      },
    },
    ...Array.from({ length: 7 * weeks }, (_, day) => addDays(monday, day)).flatMap((day) =>
      keys.flatMap((key) =>
        STARTS.map((start): CommandCall => {
          const from = instantAt(day, start, ZONE)
          return {
            id: id(),
            name: 'reservation.book',
            args: {
              token: id(),
              resource: hall(key),
              during: { start: from, end: from + 90 * 60_000 },
              places: 1,
              title: die.pick(['Training', 'Probe', 'Turnstunde', 'Sitzung', 'Kurs']),
              publicTitle: '',
              note: '',
              persons: 20,
              person: die.pick(people),
            },
          }
        }),
      ),
    ),
  ]
}

export async function makeLargeDesk(
  folder: string,
  weeks = WEEKS,
): Promise<{ bookings: number; seconds: number }> {
  const place = {
    dataFolder: folder,
    preparedImage: join(root, 'out', 'prepared', 'database.tar.gz'),
  }
  const desk = await openDesk(testPorts(), place, () => undefined)
  const line = new Line(testPorts(), desk, () => 'Bench')
  const all = largeCalls(weeks)
  const began = performance.now()
  await line.giveMany(all, () => undefined)
  const seconds = (performance.now() - began) / 1000
  await refreshStatistics(desk.database)
  await desk.close()
  return { bookings: all.filter((call) => call.name === 'reservation.book').length, seconds }
}
