/**
 * A batch decided side by side must leave exactly the rows and outcomes that deciding one by one leaves. Set
 * ALLMEND_SEED to repeat a failing story.
 */
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import type { Outcome } from '../../core/commands/command.ts'
import { dice } from '../../core/sample/dice.ts'
import type { Database } from '../../core/store/database.ts'
import { type Case, decide, decideMany } from '../../core/sync/decide.ts'
import { at, Clerk, hall, idOf } from '../harness/authority.ts'
import { eachDatabase } from '../harness/databases.ts'
import { emptyDatabase } from '../harness/kinds.ts'

const DAYS = ['2027-06-07', '2027-06-08', '2027-06-09', '2027-06-10']
const seeds = process.env.ALLMEND_SEED ? [Number(process.env.ALLMEND_SEED)] : [1, 2, 3]

async function founded(database: Database): Promise<Clerk> {
  const clerk = new Clerk(database)
  await clerk.founds()
  await clerk.addHall('gym')
  await clerk.addHall('third', { parent: hall('gym'), sharesSpace: true })
  await clerk.addHall('kita')
  await clerk.addHall('aula')
  await clerk.open('gym')
  await clerk.open('third')
  await clerk.open('kita', { step: null, places: 3 })
  await clerk.open('aula')
  return clerk
}

/** Wishes, some of which meet: then the later one is refused. */
function wishes(clerk: Clerk, seed: number, free: boolean): Case[] {
  const die = dice(seed)
  const taken = new Map<string, number>()
  const cases: Case[] = []
  for (let index = 0; index < 60; index++) {
    const key = die.pick(['gym', 'third', 'aula', 'kita'])
    const day = die.pick(DAYS)
    const hour = die.between(8, 20)
    const slot = `${key === 'third' ? 'gym' : key} ${day} ${key === 'kita' ? '' : hour}`
    const before = taken.get(slot) ?? 0
    if (free && before >= (key === 'kita' ? 3 : 1)) continue
    taken.set(slot, before + 1)
    const clock = (wanted: number) => `${String(wanted).padStart(2, '0')}:00`
    const during =
      key === 'kita'
        ? { start: at(day, '08:00'), end: at(day, '22:00') }
        : { start: at(day, clock(hour)), end: at(day, clock(hour + 1)) }
    const envelope = clerk.envelope(
      'reservation.book',
      {
        token: idOf(`token ${index}`),
        resource: hall(key),
        during,
        places: 1,
        title: `Nummer ${index}`,
        publicTitle: '',
        note: '',
        persons: index + 1,
        person: {
          id: idOf(`person ${index % 7}`),
          name: `Person ${index % 7}`,
          organisation: '',
          phone: die.roll() < 0.1 ? `079 000 01 ${10 + index}` : '079 000 01 40',
          email: '',
        },
      },
      idOf(`wish ${index}`),
    )
    cases.push({ envelope, now: clerk.now })
  }
  return cases
}

async function oneByOne(clerk: Clerk, cases: readonly Case[]): Promise<Outcome<unknown>[]> {
  const outcomes: Outcome<unknown>[] = []
  for (const one of cases) outcomes.push(await decide(clerk.authority, one))
  return outcomes
}

/** Everything that was written, without the numbers that the database handed out in passing. */
async function rows(database: Database): Promise<unknown> {
  return database.read(async (tx) => {
    const all = await Promise.all(
      [
        sql`select s.resource, s.start::text, s."end"::text, s.reservation_token, r.target, a._start::text
          from reserved_slots s join reservations r on r.id = s.source_id and r.token = s.reservation_token
          join allocations a on a.id = s.allocation_id order by 1, 2`,
        sql`select resource, mirror_of, _start::text, quota from allocations order by 1, 3`,
        sql`select token, target, resource, start::text, "end"::text, status, quota from reservations order by 1`,
        sql`select token, title, persons, person, dates from allmend.booking order by 1`,
        sql`select id, name, phone from allmend.person order by 1`,
        sql`select command, subjects from allmend.history order by 1`,
      ].map(async (query) => (await query.execute(tx)).rows),
    )
    return all
  })
}

eachDatabase('a batch side by side', (database) => {
  for (const seed of seeds) {
    it(`is the same as one by one, seed ${seed}`, async () => {
      const outcomes: unknown[] = []
      for (const together of [true, false]) {
        await emptyDatabase(database())
        const clerk = await founded(database())
        const cases = wishes(clerk, seed, true)
        const decided = together
          ? await decideMany(clerk.authority, cases)
          : await oneByOne(clerk, cases)
        expect(decided.every((one) => one.status === 'accepted')).toBe(true)
        outcomes.push({ count: cases.length, rows: await rows(database()) })
      }
      expect(outcomes[0]).toEqual(outcomes[1])
    })

    it(`refuses the same where wishes meet, seed ${seed}`, async () => {
      const outcomes: string[][] = []
      for (const together of [true, false]) {
        await emptyDatabase(database())
        const clerk = await founded(database())
        const cases = wishes(clerk, seed, false)
        const decided = together
          ? await decideMany(clerk.authority, cases)
          : await oneByOne(clerk, cases)
        outcomes.push(decided.map((one) => one.status))
      }
      expect(outcomes[0]).toContain('refused')
      expect(outcomes[0]).toEqual(outcomes[1])
    })
  }
})
