/**
 * A desk that joins the database of a website (made and written by libres): it founds its municipality there, gives the
 * halls names, shows what the website has booked and books itself, and the website goes on as before.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { prepareServer } from '../../core/administrator.ts'
import type { CommandCall } from '../../core/contract.ts'
import { type Core, createCore } from '../../core/core.ts'
import { keyOfId } from '../../core/domain/resource.ts'
import { instantAt, type Span } from '../../core/domain/time.ts'
import { createRegistry } from '../../core/scheduler/registry.ts'
import { Scheduler } from '../../core/scheduler/scheduler.ts'
import { openPostgres } from '../../core/store/postgres.ts'
import { idOf } from '../harness/authority.ts'
import { serverKinds } from '../harness/databases.ts'
import { addressOf, until } from '../harness/joining.ts'
import { preparedForTests } from '../harness/kinds.ts'
import { testPorts } from '../harness/ports.ts'
import { ask, asUser } from '../harness/shared-server.ts'

const CONTEXT = 'gemeinde'
const ZONE = 'Europe/Zurich'
const read = (name: string) =>
  readFile(new URL(`../contract/libres/${name}`, import.meta.url), 'utf8')
const at = (day: string, time: string) => instantAt(day, time, ZONE)

type Said = Readonly<{ resource: string; masters: number; reservations: number }>

describe.each(serverKinds.map((kind) => [kind.name, kind] as const))(
  'a desk on the database of a website, %s',
  (_name, kind) => {
    let folder: string
    let url: string
    let drop: () => Promise<void>
    let said: Record<string, Said>
    const cores: Core[] = []

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'allmend-website-'))
      const made = await kind.create()
      url = made.url as string
      drop = made.drop
      await ask(url, 'drop schema if exists public, allmend, sync cascade; create schema public')
      await ask(url, await read('database.sql'))
      const prepared = await prepareServer(url)
      if (!prepared.ok) throw new Error(prepared.problem.code)
      await ask(url, 'create user website_desk in role allmend_desk')
      said = JSON.parse(await read('database.json'))
    })
    afterEach(async () => {
      for (const core of cores.splice(0)) await core.close()
    })
    afterAll(async () => {
      await drop()
      await ask(new URL('/postgres', url).href, 'drop user if exists website_desk')
      await rm(folder, { recursive: true, force: true })
    })

    it('names its halls by what the website calls them, or as they are, and works in them', async () => {
      const core = createCore(testPorts(), {
        dataFolder: join(folder, 'desk'),
        preparedImage: await preparedForTests(),
        actor: () => 'Anna',
      })
      cores.push(core)
      await core.opened
      const server = addressOf(asUser(url, 'website_desk'), 'Schalter 1')
      const tested = await core.sharing.test(server)
      expect(tested).toMatchObject({ ok: true, state: 'libres', municipality: '' })
      await core.sharing.connect({
        server,
        send: false,
        found: { name: 'Musterwil', context: CONTEXT },
      })
      await until('it is ready', () => core.status().phase === 'ready')

      const unnamed = async () => core.query({ name: 'resource.unnamed', args: {} })
      const { context, halls } = await unnamed()
      const expected = Object.values(said)
        .filter(({ masters }) => masters > 0)
        .map(({ resource }) => resource)
      expect([context, halls.map(({ id }) => id).sort()]).toEqual([CONTEXT, expected.sort()])
      const aula = halls.find(({ id }) => id === said.Aula?.resource)
      const nursery = halls.find(({ id }) => id === said['Kita Bärli']?.resource)
      expect([aula?.dates, aula?.places, nursery?.dates, nursery?.places]).toEqual([
        said.Aula?.masters,
        1,
        said['Kita Bärli']?.masters,
        12,
      ])

      let given = 0
      const give = async (name: CommandCall['name'], args: unknown) => {
        const outcome = await core.dispatch({ id: idOf(`given ${++given}`), name, args } as never)
        if (outcome.status !== 'accepted') throw new Error(JSON.stringify(outcome))
        return outcome.result as { resource: string }
      }
      const facts = {
        group: '',
        kind: 'hall',
        parent: null,
        sharesSpace: false,
        capacity: null,
        features: [],
        color: 0,
        position: 0,
      }
      // By the name on the website, and one of which nobody knows it.
      const byName = await give('resource.add', { key: 'Aula', name: 'Aula Zelgli', ...facts })
      const asItIs = await give('resource.add', {
        key: keyOfId(nursery?.id ?? ''),
        name: 'Kinderhort',
        ...facts,
      })
      expect([byName.resource, asItIs.resource, (await unnamed()).halls.length]).toEqual([
        aula?.id,
        nursery?.id,
        halls.length - 2,
      ])

      // What the website has booked is in the calendar.
      const { booked } = await core.query({
        name: 'calendar.range',
        args: { start: at('2027-06-01', '00:00'), end: at('2027-09-01', '00:00') },
      })
      const count = (id: string | undefined) =>
        new Set(booked.filter((row) => row.resource === id).map((row) => row.token)).size
      expect([count(aula?.id) > 0, count(nursery?.id) > 0]).toEqual([true, true])

      // A free hour of each is booked here, and taken for the website; each client gives back what it booked.
      const free = async (id: string | undefined): Promise<Span> => {
        const rows = await core.query({
          name: 'calendar.range',
          args: {
            start: at('2027-06-01', '00:00'),
            end: at('2027-09-01', '00:00'),
            resources: [id ?? ''],
          },
        })
        const meets = (span: Span) => (row: Span) => row.start < span.end && span.start < row.end
        const found = rows.free.find(
          (span) =>
            rows.booked.filter(meets(span)).filter(({ state }) => state === 'booked').length <
              span.places && !rows.blocked.some(meets(span)),
        )
        if (!found) throw new Error('nothing is free')
        return { start: found.start, end: found.end }
      }
      const book = async (resource: string, during: Span) =>
        give('reservation.book', {
          token: idOf(`booking ${resource}`),
          resource,
          during,
          places: 1,
          title: 'Vom Schalter',
          publicTitle: '',
          note: '',
          persons: null,
          person: {
            id: idOf('person'),
            name: 'Ruth Meier',
            organisation: '',
            phone: '079 000 01 40',
            email: '',
          },
        })
      const during = await free(aula?.id)
      await book(byName.resource, during)
      const openAgain = await free(nursery?.id)
      await book(asItIs.resource, openAgain)

      const database = await openPostgres({ connectionString: url, connections: 1 })
      try {
        const website = createRegistry(database).registerContext(CONTEXT)
        const session = website.getService('sessionProvider')
        const client = (name: string) => new Scheduler({ context: website, name, timezone: ZONE })
        const [hall, hort] = [client('Aula'), client('Kita Bärli')]
        const dates = (span: Span): [string, string] => [
          new Date(span.start).toISOString(),
          new Date(span.end).toISOString(),
        ]
        const mine = await session.run(async () => ({
          aula: (await hall.managedReservations()).length - (said.Aula?.reservations ?? 0),
          hort: (await hort.managedReservations()).length - (said['Kita Bärli']?.reservations ?? 0),
        }))
        expect(mine).toEqual({ aula: 1, hort: 1 })
        await expect(
          session.run(() => hall.reserve('kunde@example.ch', { dates: dates(during) })),
        ).rejects.toThrow(/AlreadyReserved|reserved/)
      } finally {
        await database.close()
      }
    })
  },
)
