/** Desks that join a server, work on it together and apart, and leave it: through the door of the core. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CommandCall, ServerAddress, Status } from '../../core/contract.ts'
import { type Core, createCore } from '../../core/core.ts'
import { addDays, dayOf } from '../../core/domain/time.ts'
import { at, hall, idOf } from '../harness/authority.ts'
import { serverKinds } from '../harness/databases.ts'
import { HostileProxy } from '../harness/hostile-proxy.ts'
import { addressOf, until } from '../harness/joining.ts'
import { preparedForTests } from '../harness/kinds.ts'
import { testPorts } from '../harness/ports.ts'
import { ask, type SharedServer, sharedServer } from '../harness/shared-server.ts'

const TODAY = dayOf(Date.now(), 'Europe/Zurich')
const DAY = addDays(TODAY, 7)

describe.each(serverKinds.map((kind) => [kind.name, kind] as const))(
  'a desk and %s',
  (_name, kind) => {
    let prepared: string
    let server: SharedServer
    let folder: string
    const cores: Core[] = []
    const proxies: HostileProxy[] = []

    const desk = async (name: string) => {
      const core = createCore(testPorts(), {
        dataFolder: join(folder, name),
        preparedImage: prepared,
        actor: () => name,
      })
      cores.push(core)
      await core.opened
      return core
    }
    let given = 0
    const give = (core: Core, name: CommandCall['name'], args: unknown) =>
      core.dispatch({ id: idOf(`command ${++given}`), name, args } as CommandCall)
    const book = (core: Core, title: string, from: string, to: string, day = DAY) =>
      give(core, 'reservation.book', {
        token: idOf(`booking ${title}`),
        resource: hall('aula'),
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
      })
    /** A desk of its own with one hall and a year of availability. */
    const founded = async (name: string) => {
      const core = await desk(name)
      await core.found('empty', 'Musterwil')
      await give(core, 'resource.add', {
        key: 'aula',
        name: 'Aula',
        group: '',
        kind: 'hall',
        parent: null,
        sharesSpace: false,
        capacity: null,
        features: [],
        color: 0,
        position: 0,
      })
      await give(core, 'availability.add', {
        rule: idOf('rule'),
        resources: [hall('aula')],
        from: TODAY,
        until: addDays(TODAY, 365),
        weekdays: [1, 2, 3, 4, 5, 6, 7],
        opens: '08:00',
        closes: '22:00',
        step: 30,
        places: 1,
        mostPerBooking: 0,
        byStaff: false,
        except: [],
        skipOverlapping: false,
      })
      return core
    }
    const join_ = (core: Core, address = server.deskUrl, send = false, label = 'Schalter 2') =>
      core.sharing.connect({ server: addressOf(address, label), send, found: null })
    /** What the calendar shows on the day: number, title, times, and what only waits. */
    const shown = async (core: Core, day = DAY) => {
      const { booked } = await core.query({
        name: 'calendar.range',
        args: { start: at(day, '00:00'), end: at(addDays(day, 1), '00:00') },
      })
      return booked.map(({ number, title, waits }) => [number, title, ...(waits ? [waits] : [])])
    }
    /** Asks all the while what a screen asks, and tells how often and what went wrong. */
    const pestering = (core: Core) => {
      const failures: unknown[] = []
      let answers = 0
      let isOver = false
      const asking = (async () => {
        while (!isOver) {
          const both = [core.query({ name: 'resource.all', args: {} }), core.sharing.outbox()]
          const settled = await Promise.allSettled(both)
          for (const each of settled) if (each.status === 'rejected') failures.push(each.reason)
          answers += 1
          await new Promise((resolve) => setTimeout(resolve, 1))
        }
      })()
      return async () => {
        isOver = true
        await asking
        return { failures, asked: answers > 10 }
      }
    }
    const proxied = async () => {
      const proxy = await HostileProxy.before(server.deskUrl)
      proxies.push(proxy)
      return proxy
    }

    beforeAll(async () => {
      prepared = await preparedForTests()
    })
    beforeEach(async () => {
      server = await sharedServer(kind)
      folder = await mkdtemp(join(tmpdir(), 'allmend-sharing-'))
    })
    afterEach(async () => {
      for (const core of cores.splice(0)) await core.close()
      for (const proxy of proxies.splice(0)) await proxy.close()
      await server.drop()
    })
    afterAll(async () => {
      await rm(folder, { recursive: true, force: true })
    })

    it('founds an empty server with its whole history, and another one joins it', async () => {
      const one = await founded('Schalter 1')
      await book(one, 'Chor', '18:00', '20:00')
      await book(one, 'Lager', '08:00', '10:00')
      await book(one, 'Jass', '18:00', '19:00')
      await give(one, 'reservation.cancel', { token: idOf('booking Lager'), reason: 'krank' })
      const before = await shown(one)
      expect(await one.sharing.test(addressOf(server.deskUrl, 'Schalter 1'))).toMatchObject({
        ok: true,
        state: 'empty',
        changes: 6,
      })
      const pestered = pestering(one)
      expect(await join_(one, server.deskUrl, true, 'Schalter 1')).toMatchObject({
        phase: 'opening',
      })
      await until('it is ready', () => one.status().phase === 'ready')
      expect(await pestered()).toEqual({ failures: [], asked: true })
      expect([one.status().municipality, await shown(one), one.status().concerns]).toEqual([
        'Musterwil',
        before,
        0,
      ])
      const two = await desk('Schalter 2')
      expect(await two.sharing.test(addressOf(server.deskUrl, 'Schalter 2'))).toEqual({
        ok: true,
        version: expect.stringContaining('PostgreSQL'),
        state: 'founded',
        municipality: 'Musterwil',
        bookings: 1,
        desks: 1,
        changes: 0,
      })
      await join_(two)
      await until('it is ready', () => two.status().phase === 'ready')
      const answer = await book(two, 'Turnen', '20:00', '22:00')
      expect(answer).toEqual({ status: 'accepted', result: { number: expect.any(Number) } })
      // Read your own: what was accepted is shown with the word that it is.
      expect((await shown(two)).map(([, title]) => title)).toEqual(['Chor', 'Turnen'])
      await until('the first shows it', async () => (await shown(one)).length === 2)
      const history = await one.query({ name: 'history.recent', args: { limit: 20 } })
      expect(history.map(({ name, actor }) => `${name} ${actor}`)).toContain(
        'reservation.cancel Schalter 1',
      )
      const numbers = (await shown(one)).map(([number]) => number)
      expect([new Set(numbers).size, await readdir(join(folder, 'Schalter 1'))]).toEqual([
        2,
        expect.arrayContaining([expect.stringMatching(/^before-joining-/), 'replica']),
      ])
      // It is what it was after a start, without the server as well.
      await two.close()
      cores.splice(cores.indexOf(two), 1)
      const again = await desk('Schalter 2')
      expect([again.status().phase, (await shown(again)).length]).toEqual(['ready', 2])
    })

    // A bad network is the same before every server.
    if (kind !== serverKinds[0]) return

    it('notes while the cable is out, shows it as noted, and hears afterwards what became of it', async () => {
      const one = await founded('Schalter 1')
      await join_(one, server.deskUrl, true)
      const two = await desk('Schalter 2')
      const proxy = await proxied()
      await join_(two, proxy.address)
      await until('both are ready', () =>
        [one, two].every((core) => core.status().mode === 'connected'),
      )
      proxy.unplug()
      await until('it is noticed', () => two.status().mode === 'cut-off')
      const statuses: Status[] = []
      two.subscribe((event) => {
        if (event.type === 'status') statuses.push(event.status)
      })
      const told = [
        await book(two, 'Chor', '18:00', '20:00'),
        await book(two, 'Lager', '08:00', '10:00'),
        await book(two, 'Jass', '19:00', '20:00'),
        await give(two, 'reservation.change', {
          token: idOf('booking Lager'),
          facts: { title: 'Lagerfeuer' },
        }),
      ]
      expect(told.map((one) => ('predicted' in one ? one.predicted?.status : one.status))).toEqual([
        'accepted',
        'accepted',
        'refused',
        'accepted',
      ])
      expect(await shown(two)).toEqual([
        [0, 'Lagerfeuer', 'noted'],
        [0, 'Chor', 'noted'],
        [0, 'Jass', 'doubtful'],
      ])
      const row = await two.query({
        name: 'booking.one',
        args: { token: idOf('booking Lager') },
      })
      expect([row?.title, row?.waits, row?.number]).toEqual(['Lagerfeuer', 'noted', 0])
      expect([two.status().waiting, await shown(one)]).toEqual([4, []])

      expect(await book(one, 'Vortrag', '19:00', '21:00')).toMatchObject({ status: 'accepted' })
      proxy.heal()
      two.sharing.tryNow()
      await until('all is decided', () => two.status().waiting === 0)
      await until('it is told', () => two.status().concerns === 2)
      await until('it is followed', () => two.status().mode === 'connected')
      const titles = async () => (await shown(two)).map(([, ...rest]) => rest.join(' '))
      await until('it shows it', async () => (await titles()).join() === 'Lagerfeuer,Vortrag')
      const { concerns, desks } = await two.sharing.outbox()
      expect(
        concerns.map(({ args, refusal, alternatives }) => [
          (args as { title: string }).title,
          refusal?.code,
          refusal && 'by' in refusal && refusal.by.map(({ title }) => title),
          alternatives.length > 0,
        ]),
      ).toEqual([
        ['Chor', 'taken', ['Vortrag'], true],
        ['Jass', 'taken', ['Vortrag'], true],
      ])
      expect(desks?.map(({ label, own }) => [label, own])).toEqual(
        expect.arrayContaining([['Schalter 2', true]]),
      )
      // An alternative works, and the concern is dealt with; it stays so after a start.
      const [concern] = concerns
      const [free] = concern?.alternatives ?? []
      if (!concern || !free) throw new Error('nothing is free')
      const taken = await give(two, 'reservation.book', {
        ...(concern.args as object),
        token: idOf('booking instead'),
        resource: free.resource,
        during: { start: free.start, end: free.end },
      })
      await two.sharing.handled(concern.id)
      expect([taken.status, two.status().concerns]).toEqual(['accepted', 1])
      await two.close()
      cores.splice(cores.indexOf(two), 1)
      const again = await desk('Schalter 2')
      expect(again.status().concerns).toBe(1)
      expect(statuses.every(({ asOf }) => asOf > 0)).toBe(true)
    })

    it('takes a note back before it is sent, and what rests on a refused one comes to nothing with it', async () => {
      const one = await founded('Schalter 1')
      await join_(one, server.deskUrl, true)
      await until('it is ready', () => one.status().phase === 'ready')
      const two = await desk('Schalter 2')
      const proxy = await proxied()
      await join_(two, proxy.address)
      await until('it follows', () => two.status().mode === 'connected')
      proxy.unplug()
      await until('it is noticed', () => two.status().mode === 'cut-off')
      await book(two, 'Chor', '18:00', '20:00')
      await book(two, 'Lager', '08:00', '10:00')
      await give(two, 'reservation.change', { token: idOf('booking Chor'), facts: { persons: 40 } })
      const { waiting } = await two.sharing.outbox()
      // Words for a change of what is only noted itself.
      expect(waiting.map(({ told }) => Object.values(told.bookings))).toEqual([
        [{ title: 'Chor', number: 0 }],
        [{ title: 'Lager', number: 0 }],
        [{ title: 'Chor', number: 0 }],
      ])
      await two.sharing.withdraw(waiting[1]?.id ?? '')
      expect([
        (await two.sharing.outbox()).waiting.map(({ standing }) => standing),
        await shown(two),
      ]).toEqual([['waiting', 'withdrawn', 'waiting'], [[0, 'Chor', 'noted']]])
      await book(one, 'Vortrag', '17:00', '21:00')
      proxy.heal()
      two.sharing.tryNow()
      await until('all is decided', () => two.status().waiting === 0)
      await until('it is told', () => two.status().concerns > 0)
      const { concerns } = await two.sharing.outbox()
      expect(
        concerns.map(({ also, refusal }) => [refusal?.code, also.map(({ name }) => name)]),
      ).toEqual([['taken', ['reservation.change']]])
      const [concern] = concerns
      await two.sharing.handled(concern?.id ?? '')
      expect([two.status().concerns, (await shown(one)).map(([, title]) => title)]).toEqual([
        0,
        ['Vortrag'],
      ])
    })

    it('gives what was entered alone to a server that has a municipality, if it is told to', async () => {
      const one = await founded('Schalter 1')
      await join_(one, server.deskUrl, true)
      await until('it is ready', () => one.status().phase === 'ready')
      await book(one, 'Vortrag', '17:00', '21:00')
      const two = await founded('Schalter 2')
      await book(two, 'Chor', '18:00', '20:00')
      await book(two, 'Lager', '08:00', '10:00')
      expect(await two.sharing.test(addressOf(server.deskUrl, 'x'))).toMatchObject({
        state: 'founded',
        changes: 5,
      })
      await join_(two, server.deskUrl, true)
      await until(
        'all is decided',
        () => two.status().phase === 'ready' && two.status().waiting === 0,
      )
      const committed = async () => (await shown(two)).filter((row) => row.length === 2)
      await until('it shows it', async () => (await committed()).length === 2)
      const { concerns } = await two.sharing.outbox()
      expect([
        (await shown(two)).map(([, title]) => title),
        concerns.map(({ name, refusal }) => `${name} ${refusal?.code}`),
      ]).toEqual([
        ['Lager', 'Vortrag'],
        ['resource.add exists', 'availability.add exists', 'reservation.book taken'],
      ])
      // And it leaves again, with a copy of what it had.
      const left = await two.sharing.leave()
      expect([left.phase, left.mode, left.notices.map(({ code }) => code)]).toEqual([
        'first-start',
        'standalone',
        ['left'],
      ])
      expect(await readdir(join(folder, 'Schalter 2'))).toEqual(
        expect.arrayContaining([expect.stringMatching(/^before-leaving-/)]),
      )
    })

    it('says what is wrong with a server, and stays what it was', async () => {
      const core = await desk('Schalter 1')
      const good = addressOf(server.deskUrl, 'Schalter 1')
      const bare = `bare_${Date.now()}`
      await ask(server.url, `create database ${bare}`)
      await ask(server.url, `create user stranger_${bare}`)
      const wrong: [string, Partial<ServerAddress>][] = [
        ['unreachable', { port: 9 }],
        ['no-database', { database: 'nowhere' }],
        ['not-prepared', { database: bare }],
        ['no-rights', { user: `stranger_${bare}` }],
        ['no-encryption', { tls: true }],
        ['no-certificate', { tls: true, ca: join(folder, 'nothing.pem') }],
        ['nothing-there', {}],
      ]
      const found = []
      for (const [, change] of wrong) {
        const answer = await core.sharing.connect({
          server: { ...good, ...change },
          send: false,
          found: null,
        })
        found.push('ok' in answer && !answer.ok ? answer.problem.code : answer)
      }
      await ask(server.url, `drop database ${bare}`)
      await ask(server.url, `drop user stranger_${bare}`)
      expect([found, core.status().phase]).toEqual([wrong.map(([code]) => code), 'first-start'])
    })
  },
)
