/** The library as a program uses it that is not the desk: a registry, a session, its own services and models. */
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { PreconditionFailed } from '../../core/domain/failure.ts'
import { Allocation } from '../../core/scheduler/allocation.ts'
import { InvalidEmailAddress, TimerangeTooLong } from '../../core/scheduler/errors.ts'
import { createRegistry, type Registry } from '../../core/scheduler/registry.ts'
import { Reservation } from '../../core/scheduler/reservation.ts'
import { Scheduler } from '../../core/scheduler/scheduler.ts'
import type { DsnSession } from '../../core/scheduler/session.ts'
import { eachDatabase } from '../harness/databases.ts'

const MORNING = ['2027-06-01T08:00', '2027-06-01T12:00']

class Lesson extends Allocation {
  static override readonly type = 'lesson'
}

class Enrolment extends Reservation {
  static override readonly type = 'enrolment'
}

eachDatabase('the library', (database, kind, test) => {
  function village() {
    const registry = createRegistry(database())
    const context = registry.registerContext('village')
    const session = context.getService('sessionProvider')
    return {
      context,
      session,
      hall: new Scheduler({ context, name: 'hall', timezone: 'Europe/Zurich' }),
    }
  }

  it('works only inside a transaction, and keeps those of two flows apart', async () => {
    const { session, hall } = village()
    await expect(hall.managedAllocations()).rejects.toThrow(PreconditionFailed)
    await session.run(() => hall.allocate(MORNING))
    const found = await session.run(async () => {
      await session.run(() => hall.allocate(['2027-06-02T08:00', '2027-06-02T12:00']))
      return hall.managedAllocations()
    })
    expect(found.length).toBe(2)
  })

  it('commits nothing of a call that throws', async () => {
    const { session, hall } = village()
    const lost = session.run(async () => {
      await hall.allocate(MORNING)
      await hall.reserve('a@b.ch', { dates: ['2027-06-01T11:00', '2027-06-01T13:00'] })
    })
    await expect(lost).rejects.toThrow(TimerangeTooLong)
    expect(await session.run(() => hall.managedAllocations())).toEqual([])
  })

  it('keeps a rejected change of times from moving anything', async () => {
    const { session, hall } = village()
    const outcome = await session.run(async () => {
      await hall.allocate(MORNING, { partlyAvailable: true })
      const token = await hall.reserve('a@b.ch', {
        dates: ['2027-06-01T08:00', '2027-06-01T09:00'],
      })
      await hall.approveReservations(token)
      const [record] = await hall.reservationsByToken(token)
      const before = await hall.reservedSlotsByReservation(token)
      const id = record?.id ?? 0
      // Too short is only found after the old slots are gone: they have to come back.
      const refused = await hall
        .changeReservation(token, id, '2027-06-01T08:00', '2027-06-01T08:03')
        .catch((error: Error) => error.name)
      return [refused, (await hall.reservedSlotsByReservation(token)).length === before.length]
    })
    expect(outcome).toEqual(['ReservationTooShort', true])
  })

  it('makes its own models, and keeps data in its own form', async () => {
    const { context, session } = village()
    context.setService('jsonSerializer', () => ({
      dump: (data) => ({ kept: JSON.stringify(data) }),
      load: (data) => JSON.parse(String(data.kept)),
    }))
    const school = new Scheduler({
      context,
      name: 'school',
      timezone: 'Europe/Zurich',
      allocationClass: Lesson,
      reservationClass: Enrolment,
    })
    const found = await session.run(async () => {
      await school.allocate(MORNING, { data: { subject: 'singing' } })
      const token = await school.reserve('a@b.ch', { dates: MORNING, data: { voice: 'alto' } })
      const [lesson] = await school.managedAllocations()
      const [enrolment] = await school.reservationsByToken(token)
      return [
        lesson instanceof Lesson,
        lesson?.data,
        enrolment instanceof Enrolment,
        enrolment?.data,
        enrolment?.type,
      ]
    })
    expect(found).toEqual([true, { subject: 'singing' }, true, { voice: 'alto' }, 'enrolment'])
  })

  it('asks the e-mail service of its context, once until its memory is cleared', async () => {
    const { context, session, hall } = village()
    await session.run(() => hall.allocate(MORNING, { quota: 5 }))
    const reserve = () => session.run(() => hall.reserve('a@b.ch', { dates: MORNING }))
    await reserve()
    context.setService('emailValidator', () => (email) => email.endsWith('@village.ch'))
    await reserve()
    hall.clearCache()
    await expect(reserve()).rejects.toThrow(InvalidEmailAddress)
  })

  it('says who is in the way', async () => {
    const { session, hall } = village()
    const said = await session.run(async () => {
      const [opening] = await hall.allocate(MORNING, { partlyAvailable: true, raster: 30 })
      const dates = ['2027-06-01T09:00', '2027-06-01T10:00']
      const token = await hall.reserve('a@b.ch', { dates })
      await hall.approveReservations(token)
      const error = await hall.reserve('c@d.ch', { dates }).catch((each: unknown) => each)
      const { inTheWay } = error as import('../../core/scheduler/errors.ts').AlreadyReservedError
      return {
        sameAllocation: inTheWay.allocation.id === opening?.id,
        free: inTheWay.free,
        holders: inTheWay.taken.map((each) => each.token === token && each.sourceType),
      }
    })
    expect(said).toEqual({
      sameAllocation: true,
      free: 0,
      holders: ['reservation', 'reservation'],
    })
  })

  it('finds its tables made, and makes them only where they are missing', async () => {
    const { session, hall } = village()
    await session.run(() => hall.allocate(MORNING))
    await session.run(() => hall.setupDatabase())
    expect((await session.run(() => hall.managedAllocations())).length).toBe(1)
  })

  if (kind.id !== 'pglite') {
    it('connects to the server that a context names, its own before that of the program', async () => {
      const registry = createRegistry('postgresql://nobody@127.0.0.1:1/nowhere')
      const context = registry.registerContext('village')
      context.setSetting('dsn', test().url)
      const session = context.getService('sessionProvider')
      const hall = new Scheduler({ context, name: 'hall', timezone: 'Europe/Zurich' })
      await session.run(() => hall.allocate(MORNING))
      const { rows } = await sql<{ resource: string }>`select resource from allocations`.execute(
        database().kysely,
      )
      expect(rows).toEqual([{ resource: hall.resource }])

      const elsewhere = registry.registerContext('elsewhere').getService('sessionProvider')
      await expect(elsewhere.run(async () => {})).rejects.toThrow('ECONNREFUSED')
      // Replacing the service ends its connection; this one is then closed by hand.
      context.setService('sessionProvider', () => session, { cache: true })
      await expect(session.run(() => hall.managedAllocations())).resolves.toHaveLength(1)
      await (session as DsnSession).close()
    })
  }

  it('wants to be told a database or the dsn of a Postgres', () => {
    const asked = (registry: Registry) => () =>
      registry.registerContext('village').getService('sessionProvider')
    expect(asked(createRegistry())).toThrow(PreconditionFailed)
    expect(asked(createRegistry('sqlite:///village.db'))).toThrow('names no Postgres')
  })
})
