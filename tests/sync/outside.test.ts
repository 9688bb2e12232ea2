/**
 * What a website or psql does on a shared server stands in the history: once for each transaction, with what came, changed
 * and went, and with nobody's name. What a desk does stands there as its commands alone.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { OutsideChange } from '../../core/domain/outside-change.ts'
import { queries } from '../../core/queries/index.ts'
import type { Database, Tx } from '../../core/store/database.ts'
import { openPostgres } from '../../core/store/postgres.ts'
import * as libres from '../contract/libres/client.ts'
import { Clerk, idOf } from '../harness/authority.ts'
import { serverKinds } from '../harness/databases.ts'
import { type Follower, followerOf, rowsOf } from '../harness/puller.ts'
import { ask, asUser, type SharedServer, sharedServer } from '../harness/shared-server.ts'

const [HALL] = libres.KEYS
const NOTHING = { added: 0, changed: 0, removed: 0 }
const utc = (time: string) => Date.parse(`2027-06-01T${time}:00Z`)
const booking = (word: string) => idOf(`web ${word}`)

describe.each(serverKinds.map((kind) => [kind.name, kind] as const))(
  'what no desk has done on %s',
  (_name, kind) => {
    let server: SharedServer
    let user: string
    let web: Database
    let own: Database
    let clerk: Clerk
    let desk: Follower
    let place: number

    /** The website's own transactions: libres knows nothing of ours. */
    const website = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
      web.kysely.transaction().setIsolationLevel('serializable').execute(work)
    const reserve = (tx: Tx, word: string, from = '08:00', until = '08:30') =>
      libres.insertReservation(tx, { token: booking(word), from, until })
    const told = () =>
      ask<{ args: OutsideChange; subjects: string[] }>(
        server.url,
        `select args, subjects from allmend.history where name = 'outside' order by at, command`,
      )
    const change = (more: Partial<OutsideChange>): OutsideChange => ({
      user,
      application: 'onegov',
      reservations: NOTHING,
      periods: NOTHING,
      closures: NOTHING,
      from: utc('08:00'),
      until: utc('08:30'),
      halls: [HALL],
      moreHalls: false,
      tokens: [],
      ...more,
    })

    beforeAll(async () => {
      server = await sharedServer(kind)
      user = `website_${new URL(server.url).pathname.slice(1)}`
      await ask(
        server.url,
        `create user "${user}"; grant usage on schema public to "${user}";
         grant select, insert, update, delete on allocations, reserved_slots, reservations,
           reservation_blockers to "${user}";
         grant usage on all sequences in schema public to "${user}"`,
      )
      web = await openPostgres({
        connectionString: asUser(server.url, user),
        applicationName: 'onegov',
        connections: 1,
      })
      own = await openPostgres({ connectionString: server.deskUrl, connections: 1 })
      clerk = new Clerk(own)
      desk = await followerOf(server)
      await desk.puller.pull()
    })
    beforeEach(async () => {
      await ask(
        server.url,
        `set session_replication_role = replica;
         delete from reserved_slots; delete from reservations; delete from reservation_blockers;
         delete from allocations; delete from allmend.history`,
      )
      await website(async (tx) => {
        ;[place = 0] = await libres.insertPlaces(tx, [0], 2)
      })
      await ask(server.url, 'delete from allmend.history')
    })
    afterAll(async () => {
      await desk.close()
      await own.close()
      await web.close()
      await ask(server.url, `drop owned by "${user}"; drop user "${user}"`)
      await server.drop()
    })

    it('is one change for each transaction, however many statements it has', async () => {
      const id = await website(async (tx) => {
        const made = await reserve(tx, 'choir')
        await libres.setApproved(tx, made)
        await libres.insertSlots(tx, [{ place: 0, allocation: place, at: '08:00' }], {
          type: 'reservation',
          token: booking('choir'),
          id: made,
        })
        // A further place is a row that nobody reads about.
        await libres.insertPlaces(tx, [1], 2)
        return made
      })
      await website((tx) => libres.setQuota(tx, place, 3))
      await website((tx) => libres.removeReservation(tx, booking('choir'), id))
      await website((tx) =>
        libres.insertBlocker(tx, { token: booking('floor'), from: '09:00', until: '10:00' }),
      )
      const rows = await told()
      const choir = { tokens: [booking('choir')] }
      expect(rows.map(({ args }) => args)).toEqual([
        change({ ...choir, reservations: { added: 1, changed: 0, removed: 0 } }),
        change({ periods: { added: 0, changed: 1, removed: 0 }, until: utc('12:00') }),
        change({ ...choir, reservations: { added: 0, changed: 0, removed: 1 } }),
        change({
          closures: { added: 1, changed: 0, removed: 0 },
          from: utc('09:00'),
          until: utc('10:00'),
          tokens: [booking('floor')],
        }),
      ])
      expect(rows[0]?.subjects).toEqual([HALL, booking('choir')])
    })

    it('counts a row once, and not at all if it came and went again or was rolled back', async () => {
      const early = await website((tx) => reserve(tx, 'early'))
      const late = await website((tx) => reserve(tx, 'late', '11:00', '11:30'))
      await ask(server.url, 'delete from allmend.history')
      await website(async (tx) => {
        const gone = await reserve(tx, 'cart')
        await libres.setApproved(tx, gone)
        await libres.removeReservation(tx, booking('cart'), gone)
      })
      expect(await told()).toEqual([])
      await website(async (tx) => {
        await libres.setApproved(tx, early)
        await libres.setApproved(tx, early)
        await sql`savepoint before`.execute(tx)
        await reserve(tx, 'never')
        await libres.setApproved(tx, late)
        await sql`rollback to savepoint before`.execute(tx)
      })
      await website(async (tx) => {
        await sql`savepoint before`.execute(tx)
        await reserve(tx, 'never')
        await sql`rollback to savepoint before`.execute(tx)
        await libres.setApproved(tx, late)
        await libres.removeReservation(tx, booking('late'), late)
      })
      expect((await told()).map(({ args }) => [args.reservations, args.tokens])).toEqual([
        [{ added: 0, changed: 1, removed: 0 }, [booking('early')]],
        [{ added: 0, changed: 0, removed: 1 }, [booking('late')]],
      ])
    })

    it('is told whole where a program has its constraints checked at once', async () => {
      await website(async (tx) => {
        await sql`set constraints all immediate`.execute(tx)
        await reserve(tx, 'one')
        await reserve(tx, 'two', '09:00', '09:30')
      })
      expect((await told()).map(({ args }) => args.reservations)).toEqual([
        { added: 2, changed: 0, removed: 0 },
      ])
    })

    it('names at most twenty halls and bookings, however much a program does', async () => {
      await ask(
        server.url,
        `do $$ begin
           for n in 1..3650 loop
             insert into allocations (resource, type, mirror_of, "group", quota, quota_limit,
               partly_available, approve_manually, _start, _end, _raster, created)
             select hall, 'generic', hall, gen_random_uuid(), 1, 0, false, false, day, day + '1 hour', 5, now()
               from (select md5((n % 30)::text)::uuid as hall, '2030-01-01'::timestamp + n * '1 day'::interval as day) one;
           end loop;
           update allocations set quota_limit = 1 where _start > '2030-01-01';
           for n in 1..100 loop
             insert into reservations (token, target, target_type, type, resource, status, email, quota, created)
             values (md5(n::text)::uuid, gen_random_uuid(), 'group', 'generic', md5('x')::uuid, 'pending', 'a@example.ch', 1, now());
           end loop;
         end $$`,
      )
      const [{ args, subjects } = { args: undefined, subjects: [] }, ...more] = await told()
      expect([
        args?.periods,
        args?.reservations,
        args?.halls.length,
        args?.moreHalls,
        args?.tokens.length,
        subjects.length,
        args?.from,
        args?.user,
        more,
      ]).toEqual([
        { added: 3650, changed: 0, removed: 0 },
        { added: 100, changed: 0, removed: 0 },
        20,
        true,
        20,
        40,
        Date.parse('2030-01-02T00:00:00Z'),
        'postgres',
        [],
      ])
    })

    it('does not keep a website from times and rows that no desk would write', async () => {
      await ask(
        server.url,
        `insert into reservation_blockers (token, target, target_type, resource, start, "end", created)
           values (gen_random_uuid(), gen_random_uuid(), 'group', '${HALL}', '-infinity', 'infinity', now());
         update reservations set quota = 2 where false`,
      )
      expect(
        (await told()).map(({ args }) => [args.closures.added, args.from, args.until]),
      ).toEqual([[1, null, null]])
    })

    it('leaves out what a desk does, before and after a website on the same server', async () => {
      await clerk.founds()
      await clerk.addHall('aula')
      await clerk.open('aula', { places: 3 })
      await website((tx) => reserve(tx, 'choir'))
      await clerk.books('aula', '2027-06-08', '18:00', '20:00', 'Chor')
      const refused = await clerk.books('aula', '2028-06-08', '18:00', '20:00', 'Zu spät')
      // The same session, by hand.
      await sql`update reservations set quota = 1 where token = ${booking('choir')}`.execute(
        own.kysely,
      )
      expect(refused.status).toBe('refused')
      const rows = await ask<{ name: string; actor: string }>(
        server.url,
        'select name, actor from allmend.history order by at, command',
      )
      const deskUser = new URL(server.deskUrl).username
      expect(rows.filter(({ name }) => name === 'outside').map(({ actor }) => actor)).toEqual([
        user,
        deskUser,
      ])
      expect(rows.filter(({ actor }) => actor === 'Frau Egli').map(({ name }) => name)).toContain(
        'reservation.book',
      )
    })

    it('reaches every desk, stands with the booking and the hall, and cannot be undone', async () => {
      await website((tx) => reserve(tx, 'choir'))
      const pulled = await desk.puller.pull()
      expect(pulled.tables.map(({ table }) => table)).toContain('allmend.history')
      expect(await rowsOf(desk.replica)).toEqual(
        await rowsOf(server.database, desk.puller.position()?.window),
      )
      const seen = (about: string) =>
        desk.replica.read((tx) => queries['history.recent'](tx, { limit: 10, about }))
      const [[row], [same], other] = [
        await seen(HALL),
        await seen(booking('choir')),
        await seen(booking('nobody')),
      ]
      expect([row?.name, row?.actor, row?.canUndo, same, other]).toEqual([
        'outside',
        user,
        false,
        row,
        [],
      ])
      expect(await clerk.gives('undo', { command: row?.command ?? '' }, idOf('undoes'))).toEqual({
        status: 'refused',
        refusal: { code: 'cannot-undo' },
      })
    })
  },
)
