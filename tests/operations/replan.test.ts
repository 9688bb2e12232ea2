/** Claims and the trips planned for them, on every database: the stories of the caretaker's year. */
import { expect, it } from 'vitest'
import type { Instant, Uuid } from '../../core/domain/time.ts'
import { Ledger } from '../../core/operations/ledger.ts'
import { cancel, create, createAll, execute, type Work } from '../../core/operations/operations.ts'
import { lendableOf, standingsOf } from '../../core/operations/pieces.ts'
import { callOff, free, release, replan } from '../../core/operations/replan.ts'
import { freePieces } from '../../core/operations/trips.ts'
import { readStanding } from '../../core/store/operations.ts'
import {
  claimsById,
  insertClaims,
  openClaims,
  placesTagged,
} from '../../core/store/operations-claims.ts'
import { eachDatabase } from '../harness/databases.ts'
import { day, everything, freshIds, furnish, idFor, NOW, statementsOf } from './house.ts'

const CHAIR = idFor('chair')
const STORE = idFor('store')

eachDatabase('claims', (database) => {
  let now = NOW
  const work = <T>(job: (work: Work) => Promise<T>) =>
    database().transact((tx) => job({ tx, now, ids: freshIds() }))

  /** A house with so many chairs, and a booking for every claim that comes. */
  const open = async (chairs: number) => {
    now = NOW
    await database().transact(furnish)
    await work((job) =>
      createAll(
        job,
        Array.from({ length: chairs }, () => ({
          kind: 'arrival' as const,
          state: 'done' as const,
          dtExecution: NOW,
          itemType: CHAIR,
          place: STORE,
        })),
      ),
    )
  }
  const claim = async (name: string, quantity: number, outAt: Instant, backAt: Instant) => {
    const id = idFor(name)
    await database().transact(async (tx) => {
      await tx
        .insertInto('allmend.booking')
        .values({
          token: id,
          number: Number.parseInt(id.slice(0, 6), 16),
          title: name,
          public_title: '',
          note: '',
          persons: null,
          person: null,
          dates: '[]',
          created_at: NOW,
          created_by: 'test',
          cancelled_at: null,
          cancel_reason: '',
        })
        .execute()
      const place = idFor('hall')
      await insertClaims(tx, [{ id, booking: id, type: CHAIR, quantity, outAt, backAt, place }])
    })
    return id
  }
  const plan = () => work((job) => replan(job, [CHAIR]))
  /** Asked of the database, and counted on everything there is: they have to agree. */
  const freeAt = async (from: Instant, until: Instant) => {
    const asked = await database().read((tx) => free(tx, CHAIR, from, until, now))
    const counted = await database().read(async (tx) => {
      const claims = await openClaims(tx, [CHAIR], now)
      const ledger = new Ledger(now, freshIds())
      const ids = claims.map((one) => one.id)
      ledger.load(await readStanding(tx, [CHAIR], ids))
      const standings = standingsOf(ledger, claims, await placesTagged(tx, 'store'))
      const out = new Set(standings.pieces.map((piece) => piece.out))
      const wanting = claims.filter((one) => one.backAt > now || out.has(one.id))
      return freePieces(lendableOf(standings, wanting), from, until)
    })
    expect(asked).toBe(counted)
    return asked
  }
  /** Trips planned for a claim, as date and place of each, with how many there are. */
  const trips = async (id: Uuid) => {
    const all = (await everything(database())).operations.filter((one) => {
      return one.claim === id && one.state === 'planned'
    })
    const sums = new Map<string, number>()
    for (const { dt_execution: at, place } of all) {
      const days = (at - day(0)) / (day(1) - day(0))
      const key = `${days} ${place === STORE ? 'store' : 'hall'}`
      sums.set(key, (sums.get(key) ?? 0) + 1)
    }
    return Object.fromEntries([...sums].sort())
  }
  const due = async (id: Uuid, place: Uuid, at: Instant) => {
    const all = (await everything(database())).operations
    return all
      .filter((one) => one.claim === id && one.place === place && one.dt_execution === at)
      .map((one) => one.id)
  }

  it('forty chairs go out and come back, and any other window sees it', async () => {
    await open(60)
    const party = await claim('party', 40, day(5), day(7))
    const { short } = await plan()
    expect([
      short,
      await trips(party),
      await freeAt(day(4), day(5)),
      await freeAt(day(4), day(6)),
      await freeAt(day(7), day(8)),
    ]).toEqual([[], { '5 hall': 40, '7 store': 40 }, 60, 20, 60])
  })

  it('planning twice changes nothing, and costs as much for few as for many', async () => {
    await open(30)
    await claim('a', 10, day(5), day(7))
    await plan()
    const before = await everything(database())
    const few = await statementsOf(database(), (job) => replan(job, [CHAIR]))
    await claim('b', 20, day(5), day(7))
    await claim('c', 30, day(8), day(9))
    await plan()
    const many = await statementsOf(database(), (job) => replan(job, [CHAIR]))
    const after = await everything(database())
    const kept = after.operations.filter((one) => before.operations.some(({ id }) => id === one.id))
    expect([many, kept.length]).toEqual([few, before.operations.length])
  })

  it('whoever asks first in time goes first, whoever booked first', async () => {
    await open(10)
    const late = await claim('late', 10, day(8), day(9))
    await plan()
    const early = await claim('early', 10, day(5), day(7))
    const { short } = await plan()
    expect([short, await trips(early), await trips(late)]).toEqual([
      [],
      { '5 hall': 10, '7 store': 10 },
      { '8 hall': 10, '9 store': 10 },
    ])
  })

  it('too many are wanted: it says who goes short, and by how many', async () => {
    await open(10)
    await claim('first', 8, day(5), day(7))
    const second = await claim('second', 5, day(6), day(8))
    const { short } = await plan()
    // Those that come back on the 7th go out again at once.
    expect([short, await trips(second)]).toEqual([
      [{ claim: second, missing: 0, late: 3 }],
      { '6 hall': 2, '7 hall': 3, '8 store': 5 },
    ])
  })

  it('withdrawn before delivery: the claim is gone, others are planned as they were', async () => {
    await open(10)
    const first = await claim('first', 10, day(5), day(7))
    const second = await claim('second', 10, day(8), day(9))
    await plan()
    const planned = (await everything(database())).operations.filter((one) => one.claim === second)
    await work((job) => callOff(job, [first]))
    const left = (await everything(database())).operations.filter((one) => one.claim !== null)
    const known = await database().read((tx) => claimsById(tx, [first, second]))
    expect([left, known.map((one) => one.id)]).toEqual([planned, [second]])
  })

  it('called off after delivery: the chairs are to be fetched at once', async () => {
    await open(10)
    const party = await claim('party', 4, day(5), day(9))
    await plan()
    const out = await due(party, idFor('hall'), day(5))
    now = day(5)
    await work((job) => execute(job, out, now))
    now = day(6)
    await work((job) => callOff(job, [party]))
    expect([await trips(party), await freeAt(day(6), day(9))]).toEqual([{ '6 store': 4 }, 10])
  })

  it('a partial return: two stay in the hall, and the next who needs all of them is told', async () => {
    await open(10)
    const party = await claim('party', 10, day(5), day(7))
    const next = await claim('next', 10, day(8), day(9))
    await plan()
    now = day(7)
    const out = await due(party, idFor('hall'), day(5))
    await work((job) => execute(job, out, day(5)))
    const back = await due(party, STORE, day(7))
    await work((job) => execute(job, back.slice(2), day(7)))
    now = day(8) + 1
    const { short } = await plan()
    expect([short, await trips(party), await trips(next)]).toEqual([
      [],
      { '7 store': 2 },
      { '8 hall': 10, '9 store': 10 },
    ])
    await work((job) => execute(job, back.slice(0, 2), now))
    const later = await plan()
    expect(later.short).toEqual([{ claim: next, missing: 0, late: 2 }])
  })

  it('one breaks in the store: another goes in its place, and the rest keep their trips', async () => {
    await open(6)
    const party = await claim('party', 5, day(5), day(7))
    await plan()
    const before = (await everything(database())).operations.filter((one) => one.claim === party)
    const { avatars } = await everything(database())
    const planned = avatars.find((one) => one.state === 'future')
    const broken = avatars.find((one) => one.item === planned?.item && one.state === 'present')
    await work(async (job) => {
      await release(job, [CHAIR], [broken?.item as Uuid])
      await create(job, {
        kind: 'departure',
        state: 'done',
        input: broken?.id as Uuid,
        dtExecution: now,
      })
      await replan(job, [CHAIR])
    })
    const after = (await everything(database())).operations.filter((one) => one.claim === party)
    const kept = after.filter((one) => before.some(({ id }) => id === one.id))
    expect([after.length, kept.length, await freeAt(day(5), day(7))]).toEqual([10, 8, 0])
  })

  it('what was brought and fetched is served; what broke after that is wanted again', async () => {
    await open(10)
    const party = await claim('party', 4, day(5), day(9))
    await plan()
    now = day(6)
    const out = await due(party, idFor('hall'), day(5))
    const back = await due(party, STORE, day(9))
    await work((job) => execute(job, out, day(5)))
    await work((job) => execute(job, back, now))
    const whole = [await freeAt(day(7), day(8)), await freeAt(day(4), day(8))]
    const home = (await everything(database())).avatars.find(
      (one) => one.state === 'present' && back.includes(one.reason),
    )
    await work((job) =>
      create(job, { kind: 'departure', state: 'done', input: home?.id as Uuid, dtExecution: now }),
    )
    await plan()
    const { state } = (await everything(database())).avatars.find((one) => {
      return one.id === home?.id
    }) as { state: string }
    expect([whole, state, await freeAt(day(7), day(8)), await trips(party)]).toEqual([
      [10, 6],
      'past',
      8,
      { '5 hall': 1, '9 store': 1 },
    ])
  })

  it('a booking that is over gets nothing more, so what was never brought is lent to nobody', async () => {
    await open(10)
    const party = await claim('party', 10, day(5), day(7))
    await plan()
    const out = await due(party, idFor('hall'), day(5))
    await work((job) => execute(job, out.slice(0, 4), day(5)))
    now = day(6)
    const during = await freeAt(day(6), day(7))
    now = day(8)
    await plan()
    expect([during, await freeAt(day(6), day(7)), await freeAt(day(8), day(9))]).toEqual([0, 0, 10])
    const back = await due(party, STORE, day(7))
    await work((job) => execute(job, back, now))
    expect(await freeAt(day(6), day(7))).toBe(6)
  })

  it('what somebody cancelled by hand is planned again', async () => {
    await open(2)
    const party = await claim('party', 2, day(5), day(7))
    await plan()
    const out = await due(party, idFor('hall'), day(5))
    await work((job) => cancel(job, out))
    await plan()
    expect(await trips(party)).toEqual({ '5 hall': 2, '7 store': 2 })
  })

  it('a chair in the workshop until Thursday serves nobody before', async () => {
    await open(2)
    const { avatars } = await everything(database())
    const [one] = avatars
    const away = await work((job) =>
      create(job, {
        kind: 'move',
        state: 'done',
        input: one?.id as Uuid,
        dtExecution: now,
        place: idFor('workshop'),
      }),
    )
    const there = (await everything(database())).avatars.find(
      (avatar) => avatar.reason === away.id && avatar.state === 'present',
    )
    await work((job) =>
      create(job, {
        kind: 'move',
        input: there?.id as Uuid,
        dtExecution: day(6),
        place: STORE,
      }),
    )
    expect([await freeAt(day(5), day(6)), await freeAt(day(6), day(7))]).toEqual([1, 2])
  })
})
