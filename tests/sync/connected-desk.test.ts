/** A desk that shares a server: what goes up, what comes down, and what survives a bad network. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { CommandCall } from '../../core/commands/calls.ts'
import type { Outcome } from '../../core/commands/command.ts'
import { addDays, type Day, type Uuid } from '../../core/domain/time.ts'
import type { Database, Tx } from '../../core/store/database.ts'
import { REPLICATED } from '../../core/store/shared/replicated.ts'
import {
  type ConnectedDesk,
  type Heard,
  openConnectedDesk,
} from '../../core/sync/connected-desk.ts'
import { at, Clerk, comingDays, hall, idOf } from '../harness/authority.ts'
import { serverKinds } from '../harness/databases.ts'
import { HostileProxy } from '../harness/hostile-proxy.ts'
import { preparedForTests } from '../harness/kinds.ts'
import { testPorts } from '../harness/ports.ts'
import { ask, type SharedServer, sharedServer } from '../harness/shared-server.ts'

const DAYS = comingDays(5)
const [MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY] = DAYS as [Day, Day, Day, Day, Day]

function booking(title: string, day: string, from: string, to: string): CommandCall {
  return {
    id: idOf(`command ${title}`),
    name: 'reservation.book',
    args: {
      token: idOf(`booking ${title}`),
      resource: hall('aula'),
      during: { start: at(day, from), end: at(day, to) },
      places: 1,
      title,
      publicTitle: '',
      note: '',
      persons: null,
      person: { id: idOf('person'), name: 'Ruth Meier', organisation: '', phone: '', email: '' },
    },
  }
}

/** Every replicated row as text, table by table. */
async function contentOf(database: Database): Promise<Record<string, readonly string[]>> {
  const content: Record<string, readonly string[]> = {}
  for (const { table } of REPLICATED) {
    const { rows } = await sql<{ row: string }>`
      select to_jsonb(t)::text as row from ${sql.id(...table.split('.'))} t
    `.execute(database.kysely)
    content[table] = rows.map(({ row }) => row).sort()
  }
  return content
}

async function titlesSeen(tx: Tx): Promise<string[]> {
  const rows = await tx.selectFrom('allmend.booking').select('title').execute()
  return rows.map(({ title }) => title)
}
const titlesIn = (database: Database) => database.read(titlesSeen)

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`never: ${what}`)
}

describe.each(serverKinds.map((kind) => [kind.name, kind] as const))(
  'a desk on %s',
  (_name, kind) => {
    let server: SharedServer
    let prepared: string
    const desks: ConnectedDesk<string[]>[] = []
    const proxies: HostileProxy[] = []
    const folders: string[] = []

    const folder = async () => {
      const made = await mkdtemp(join(tmpdir(), 'allmend-shared-'))
      folders.push(made)
      return made
    }
    const throughProxy = async () => {
      const proxy = await HostileProxy.before(server.deskUrl)
      proxies.push(proxy)
      return proxy
    }
    const openDesk = async (
      address = server.deskUrl,
      dataFolder?: string,
      heard: Heard<string[]> = {},
    ) => {
      const desk = await openConnectedDesk(
        testPorts(),
        {
          dataFolder: dataFolder ?? (await folder()),
          preparedImage: prepared,
          address,
          label: 'Schalter 1',
          actor: () => 'Frau Egli',
          every: 1000,
        },
        { look: titlesSeen, ...heard },
      )
      desks.push(desk)
      return desk
    }
    const close = async (desk: ConnectedDesk<string[]>) => {
      desks.splice(desks.indexOf(desk), 1)
      await desk.close()
    }
    const booked = async (title: string) => {
      const [row] = await ask<{ slots: number; receipts: number; outcome: Outcome<unknown> }>(
        server.url,
        `select (select count(*) from reserved_slots where reservation_token = $1)::int as slots,
              (select count(*) from sync.receipt where command_id = $2)::int as receipts,
              (select outcome from sync.receipt where command_id = $2) as outcome`,
        [idOf(`booking ${title}`), idOf(`command ${title}`)],
      )
      return row
    }

    beforeAll(async () => {
      prepared = await preparedForTests()
      server = await sharedServer(kind)
      const clerk = new Clerk(server.database)
      await clerk.founds()
      await clerk.addHall('aula')
      await clerk.open('aula', { from: MONDAY, until: addDays(MONDAY, 365) })
    })
    afterEach(async () => {
      for (const desk of desks.splice(0)) await desk.close()
      for (const proxy of proxies.splice(0)) await proxy.close()
    })
    afterAll(async () => {
      await server.drop()
      for (const one of folders) await rm(one, { recursive: true, force: true })
    })

    it('books on the server, and another desk sees it without asking', async () => {
      const [one, other] = await Promise.all([openDesk(), openDesk()])
      await Promise.all([one.pull(), other.pull()])
      const outcome = await one.give(booking('Chor', MONDAY, '18:00', '20:00'))
      expect(outcome).toEqual({ status: 'accepted', result: { number: expect.any(Number) } })
      const title = () =>
        sql`select from allmend.booking where title = 'Chor'`.execute(other.replica.kysely)
      await until('the other desk sees it', async () => (await title()).rows.length === 1)
      const second = await other.give(booking('Turnverein', MONDAY, '19:00', '21:00'))
      expect(second).toMatchObject({
        status: 'refused',
        refusal: { code: 'taken', by: [{ title: 'Chor' }] },
      })
      expect(await booked('Turnverein')).toEqual({ slots: 0, receipts: 1, outcome: second })
    })

    it('has after a pull exactly what the server has, after changes of every kind', async () => {
      const heard: string[] = []
      const desk = await openDesk(undefined, undefined, {
        pulled: ({ tables }) => {
          for (const { table, keys } of tables) heard.push(`${table} ${keys?.join(' ')}`)
        },
      })
      await desk.pull()
      await desk.give(booking('Lager', TUESDAY, '08:00', '12:00'))
      await desk.give({
        id: idOf('cancel Lager'),
        name: 'reservation.cancel',
        args: { token: idOf('booking Lager'), reason: 'krank' },
      })
      await ask(
        server.url,
        `
      insert into allmend.person_phone values ('${idOf('person')}', 1, '079 1', '0791'),
        ('${idOf('person')}', 2, E'0''7\\\\9 "2"', '0792');
      update allmend.person set note = E'Zeile\\n{"a": 1},\\t\\\\ ü' where id = '${idOf('person')}';
      insert into allmend.setting values ('null', 'null'), ('deep', '{"a": [1.10, 12345678901234567890]}');
      delete from reserved_slots where allocation_id in (select allocation_id from reserved_slots limit 1)`,
      )
      await desk.pull()
      heard.length = 0
      await ask(
        server.url,
        `
      delete from allmend.person_phone where position = 1;
      update allmend.setting set key = 'renamed' where key = 'deep'`,
      )
      // It was woken, too: which of the pulls brought it is all the same.
      await desk.pull()
      expect(heard.sort()).toEqual([
        `allmend.person_phone ${idOf('person')}`,
        expect.stringMatching(/^allmend.setting (deep renamed|renamed deep)$/),
      ])
      const replica = await contentOf(desk.replica)
      expect(replica).toEqual(await contentOf(server.database))
      expect(replica['public.allocations']?.length).toBeGreaterThan(300)
      expect(replica['allmend.person_phone']).toHaveLength(1)
    })

    it('goes on where it stopped after a start, and reads everything anew where the history is another', async () => {
      const where = await folder()
      const first = await openDesk(undefined, where)
      await first.pull()
      await close(first)
      await ask(server.url, `insert into allmend.setting values ('meanwhile', '1')`)
      const second = await openDesk(undefined, where)
      const before = await second.pull()
      expect(await contentOf(second.replica)).toEqual(await contentOf(server.database))
      await ask(server.url, 'update sync.epoch set id = gen_random_uuid()')
      await ask(
        server.url,
        `set session_replication_role = replica; delete from allmend.setting where key = 'meanwhile'`,
      )
      const after = await second.pull()
      expect([before.anew, after.anew]).toEqual([false, true])
      expect(await contentOf(second.replica)).toEqual(await contentOf(server.database))
    })

    it('says so and writes nothing where the server asks for a newer program', async () => {
      const desk = await openDesk()
      await desk.pull()
      await ask(server.url, 'update sync.epoch set least_client = least_client + 1')
      const answer = await desk.give(booking('Zu alt', FRIDAY, '08:00', '09:00'))
      const { trouble } = desk.connection()
      const found = await booked('Zu alt')
      await ask(server.url, 'update sync.epoch set least_client = least_client - 1')
      expect([answer, trouble?.code, found?.receipts]).toEqual(['queued', 'outdated', 0])
    })

    it('asks what becomes of what a server that was put back has forgotten, and keeps the number', async () => {
      const desk = await openDesk()
      await desk.pull()
      const first = await desk.give(booking('Vergessen', '2027-06-11', '10:00', '11:00'))
      await ask(
        server.url,
        `set session_replication_role = replica;
      delete from reserved_slots where reservation_token = '${idOf('booking Vergessen')}';
      delete from reservations where token = '${idOf('booking Vergessen')}';
      delete from allmend.booking where token = '${idOf('booking Vergessen')}';
      delete from allmend.history where command = '${idOf('command Vergessen')}';
      delete from sync.receipt where command_id = '${idOf('command Vergessen')}';
      truncate sync.change;
      update sync.epoch set id = gen_random_uuid()`,
      )
      await desk.pull()
      const noted = desk.outbox
        .noted()
        .map((one) => [one.envelope.id, desk.outbox.isStale(one, Date.now())])
      expect([noted, await booked('Vergessen')]).toEqual([
        [[idOf('command Vergessen'), true]],
        { slots: 0, receipts: 0, outcome: null },
      ])
      await desk.confirm(idOf('command Vergessen'))
      await until('it is decided', () => desk.connection().waiting === 0)
      expect(await booked('Vergessen')).toEqual({ slots: 2, receipts: 1, outcome: first })
    })

    // A bad network is the same before every server.
    if (kind !== serverKinds[0]) return

    it('gives every command one outcome, wherever the connection is cut', {
      timeout: 240_000,
    }, async () => {
      const proxy = await throughProxy()
      const desk = await openDesk(proxy.address)
      await desk.pull()
      const told: string[] = []
      let cut = 0
      for (let piece = 1; piece <= 400; piece++) {
        const title = `Schnitt ${piece}`
        // Every other one is refused: the same time again.
        const day = at(WEDNESDAY, '08:00') + Math.floor((piece - 1) / 2) * 86_400_000
        const call = booking(title, WEDNESDAY, '08:00', '09:00')
        const args = { ...(call.args as object), during: { start: day, end: day + 3_600_000 } }
        proxy.pieces = 0
        proxy.cutAt = piece
        const cuts = proxy.cuts
        const answer = await desk.give({ ...call, args } as CommandCall)
        proxy.cutAt = null
        await until('it is decided', () => desk.connection().waiting === 0)
        cut += proxy.cuts - cuts
        const found = await booked(title)
        const expected = piece % 2 === 1 ? 'accepted' : 'refused'
        told.push(`${title} ${found?.outcome.status} ${found?.slots} ${found?.receipts}`)
        expect(told.at(-1)).toBe(`${title} ${expected} ${expected === 'accepted' ? 2 : 0} 1`)
        if (answer !== 'queued') expect(answer).toEqual(found?.outcome)
        if (proxy.cuts === cuts) break
      }
      expect(cut).toBeGreaterThan(10)
      expect(told.length).toBeLessThan(400)
    })

    it('gives every command one outcome while its sessions are ended by the server', async () => {
      const desk = await openDesk()
      await desk.pull()
      let ending = true
      let ended = 0
      const killer = (async () => {
        while (ending) {
          const rows = await ask(
            server.url,
            `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'allmend desk ${desk.id}'`,
          )
          ended += rows.length
          await new Promise((resolve) => setTimeout(resolve, 15))
        }
      })()
      const titles = Array.from({ length: 30 }, (_, index) => `Abbruch ${index}`)
      const answers = titles.map((title, index) =>
        desk.give(booking(title, DAYS[index % 5] as string, '12:00', '13:00')),
      )
      await Promise.all(answers)
      await new Promise((resolve) => setTimeout(resolve, 1000))
      ending = false
      await killer
      await until('all are decided', () => desk.connection().waiting === 0)
      const found = await Promise.all(titles.map(booked))
      expect(found.map((one) => [one?.receipts, one?.outcome.status, one?.slots])).toEqual(
        titles.map((_, index) => (index < 5 ? [1, 'accepted', 2] : [1, 'refused', 0])),
      )
      expect(ended).toBeGreaterThan(5)
    })

    it('notes while the cable is out, keeps it through a start, and sends it in order afterwards', async () => {
      const proxy = await throughProxy()
      const where = await folder()
      const desk = await openDesk(proxy.address, where)
      await desk.pull()
      proxy.unplug()
      const told = [
        await desk.give(booking('Ohne Netz 1', THURSDAY, '18:00', '19:00')),
        await desk.give(booking('Ohne Netz 2', THURSDAY, '18:00', '19:00')),
      ]
      expect(told).toEqual(['queued', 'queued'])
      // A guess says that the second will lose against the first, and nothing of it is in the replica.
      const guess = desk.guess()
      expect([...(guess?.predicted.values() ?? [])]).toEqual([
        { status: 'accepted', result: { number: expect.any(Number) } },
        expect.objectContaining({
          status: 'refused',
          refusal: expect.objectContaining({ code: 'taken' }),
        }),
      ])
      expect([guess?.seen, await titlesIn(desk.replica)]).toEqual([
        expect.arrayContaining(['Ohne Netz 1']),
        expect.not.arrayContaining(['Ohne Netz 1']),
      ])
      expect(await booked('Ohne Netz 1')).toEqual({ slots: 0, receipts: 0, outcome: null })
      expect(desk.connection()).toMatchObject({ waiting: 2, trouble: { code: 'unreachable' } })
      await close(desk)
      const settled: [Uuid, string][] = []
      const again = await openDesk(proxy.address, where, {
        settled: ({ id }, { status }) => settled.push([id, status]),
      })
      expect(again.connection().waiting).toBe(2)
      const { rows } = await sql`select from allmend.booking where title = 'Chor'`.execute(
        again.replica.kysely,
      )
      expect(rows).toHaveLength(1)
      proxy.heal()
      await until('both are decided', () => again.connection().waiting === 0)
      expect(settled).toEqual([
        [idOf('command Ohne Netz 1'), 'accepted'],
        [idOf('command Ohne Netz 2'), 'refused'],
      ])
    })

    it('is not held by a server that has fallen silent', async () => {
      const proxy = await throughProxy()
      const desk = await openDesk(proxy.address)
      await desk.pull()
      proxy.silence()
      expect(await desk.give(booking('Stille', FRIDAY, '18:00', '19:00'))).toBe('queued')
      await until('it is noticed', () => desk.connection().trouble?.code === 'unreachable')
      proxy.heal()
      await until('it is decided', () => desk.connection().waiting === 0)
      expect(await booked('Stille')).toMatchObject({ slots: 2, receipts: 1 })
    })
  },
)
