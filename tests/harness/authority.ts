/** An authority over a test database, with a founded municipality and short ways to say who does what. */
import type { ArgsOf, CommandName, ResultOf } from '../../core/commands/calls.ts'
import type { Outcome } from '../../core/commands/command.ts'
import { definition } from '../../core/commands/index.ts'
import { resourceUuid } from '../../core/commands/resource.ts'
import { addDays, type Day, dayOf, instantAt, mondayOf } from '../../core/domain/time.ts'
import { uuid5 } from '../../core/domain/uuid.ts'
import type { Database } from '../../core/store/database.ts'
import { type Authority, decide } from '../../core/sync/decide.ts'
import type { Envelope } from '../../core/sync/envelope.ts'

export const ZONE = 'Europe/Zurich'
export const CONTEXT = 'allmend'
const DESK = 'de500000-0000-4000-8000-000000000001'
const NAMES = '0a11e0d0-0000-4000-8000-000000000000'

/** A uuid that is the same for the same word. */
export const idOf = (word: string) => uuid5(NAMES, word)
export const hall = (key: string) => resourceUuid(CONTEXT, key)
export const at = (day: string, time: string) => instantAt(day, time, ZONE)

/** The Monday after next month, and the days after it: what desks have a copy of depends on what day it is. */
export function comingDays(count: number): readonly Day[] {
  const monday = mondayOf(addDays(dayOf(Date.now(), ZONE), 38))
  return Array.from({ length: count }, (_, day) => addDays(monday, day))
}

export class Clerk {
  readonly authority: Authority
  now = at('2027-06-01', '09:00')
  #seq = 0

  constructor(database: Database) {
    this.authority = { database, municipality: { context: CONTEXT, zone: ZONE }, desk: DESK }
  }

  envelope<N extends CommandName>(name: N, args: ArgsOf<N>, id?: string): Envelope {
    this.#seq += 1
    const { version } = definition(name)
    return {
      id: id ?? idOf(`command ${this.#seq}`),
      seq: this.#seq,
      name,
      version,
      args,
      actor: 'Frau Egli',
      issuedAt: this.now,
    }
  }

  async gives<N extends CommandName>(
    name: N,
    args: ArgsOf<N>,
    id?: string,
  ): Promise<Outcome<ResultOf<N>>> {
    const envelope = this.envelope(name, args, id)
    return (await decide(this.authority, { envelope, now: this.now })) as Outcome<ResultOf<N>>
  }

  /** The municipality of most tests. */
  founds() {
    return this.gives('municipality.found', {
      name: 'Musterwil',
      zone: ZONE,
      context: CONTEXT,
    })
  }

  addHall(key: string, more: Partial<ArgsOf<'resource.add'>> = {}) {
    return this.gives('resource.add', {
      key,
      name: key,
      group: '',
      kind: 'hall',
      parent: null,
      sharesSpace: false,
      capacity: null,
      features: [],
      color: 0,
      position: 0,
      ...more,
    })
  }

  open(key: string, more: Partial<ArgsOf<'availability.add'>> = {}) {
    return this.gives('availability.add', {
      rule: idOf(`rule of ${key}`),
      resources: [hall(key)],
      from: '2027-06-07',
      until: '2027-06-13',
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      opens: '08:00',
      closes: '22:00',
      step: 30,
      places: 1,
      mostPerBooking: 0,
      byStaff: false,
      except: [],
      skipOverlapping: false,
      ...more,
    })
  }

  books(
    key: string,
    day: string,
    from: string,
    to: string,
    title: string,
    more: Partial<ArgsOf<'reservation.book'>> = {},
    id?: string,
  ) {
    return this.gives(
      'reservation.book',
      {
        token: idOf(`booking ${title}`),
        resource: hall(key),
        during: { start: at(day, from), end: at(day, to) },
        places: 1,
        title,
        publicTitle: '',
        note: '',
        persons: null,
        person: {
          id: idOf(`person of ${title}`),
          name: 'Ruth Meier',
          organisation: '',
          phone: '079 000 01 40',
          email: '',
        },
        ...more,
      },
      id,
    )
  }
}
