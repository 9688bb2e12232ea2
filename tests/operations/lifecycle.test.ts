/** What an operation goes through, on every database: the verbs, their refusals, and that a refusal changes nothing. */
import { describe, expect, it } from 'vitest'
import type { Instant, Uuid } from '../../core/domain/time.ts'
import {
  cancel,
  create,
  createAll,
  execute,
  followers,
  follows,
  inputs,
  isReversible,
  obliviate,
  operationOf,
  outcomes,
  planRevert,
  start,
  type Work,
} from '../../core/operations/operations.ts'
import { quantity } from '../../core/operations/quantity.ts'
import type { Operation, OperationState } from '../../core/store/operations-model.ts'
import { eachDatabase } from '../harness/databases.ts'
import { day, everything, furnish, idFor, NOW, working } from './house.ts'

eachDatabase('operations', (database) => {
  const work = <T>(job: (work: Work) => Promise<T>) => working(database(), job)
  const open = () => database().transact(furnish)
  const outcomeOf = async (operation: Operation): Promise<Uuid> => {
    const [avatar] = await database().read((tx) => outcomes(tx, operation.id))
    if (!avatar) throw new Error(`${operation.kind} left nothing`)
    return avatar.id
  }
  const arrive = (type: string, place: string, at: Instant = NOW, state: OperationState = 'done') =>
    work((job) =>
      create(job, {
        kind: 'arrival',
        state,
        dtExecution: at,
        itemType: idFor(type),
        place: idFor(place),
      }),
    )
  const go = async (
    from: Operation,
    place: string,
    at: Instant,
    state: OperationState = 'planned',
    dtStart?: Instant,
  ) => {
    const input = await outcomeOf(from)
    return work((job) =>
      create(job, {
        kind: 'move',
        state,
        input,
        dtExecution: at,
        place: idFor(place),
        ...(dtStart === undefined ? {} : { dtStart }),
      }),
    )
  }
  /** The name of what is thrown, and whether everything is as it was. */
  const refusal = async (job: (work: Work) => Promise<unknown>) => {
    const before = await everything(database())
    const name = await work(job).then(
      () => 'none',
      (error: Error) => error.name,
    )
    expect(await everything(database())).toEqual(before)
    return name
  }
  const count = (place: string, at: Instant) =>
    database().read((tx) =>
      quantity(tx, { type: idFor('chair'), place: idFor(place), states: ['past', 'future'], at }),
    )

  it('a delivery that is planned is counted once at every date', async () => {
    await open()
    await go(await arrive('chair', 'store'), 'hall', day(5))
    expect([
      await count('store', day(5) - 1),
      await count('hall', day(5) - 1),
      await count('store', day(5)),
      await count('hall', day(5)),
    ]).toEqual([1, 0, 0, 1])
  })

  it('says what each operation took and left, and who follows whom', async () => {
    await open()
    const arrival = await arrive('chair', 'store')
    const out = await go(arrival, 'hall', day(5))
    const back = await go(out, 'store', day(7))
    const ids = (rows: readonly { id: Uuid }[]) => rows.map((row) => row.id)
    const seen = await database().read(async (tx) => ({
      takes: (await inputs(tx, out.id)).map((avatar) => avatar.place),
      leaves: (await outcomes(tx, out.id)).map((avatar) => [avatar.place, avatar.dtUntil]),
      follows: ids(await follows(tx, out.id)),
      followers: ids(await followers(tx, out.id)),
      none: [await follows(tx, arrival.id), await followers(tx, back.id)],
    }))
    expect(seen).toEqual({
      takes: [idFor('store')],
      leaves: [[idFor('hall'), day(7)]],
      follows: [arrival.id],
      followers: [back.id],
      none: [[], []],
    })
  })

  it('a row of forty is ticked at one moment, and ticking again changes nothing', async () => {
    await open()
    const chairs = await Promise.all([
      work((job) =>
        createAll(
          job,
          Array.from({ length: 40 }, () => ({
            kind: 'arrival' as const,
            state: 'done' as const,
            dtExecution: NOW,
            itemType: idFor('chair'),
            place: idFor('store'),
          })),
        ),
      ),
    ])
    const from = await Promise.all(chairs.flat().map(outcomeOf))
    const row = await work((job) =>
      createAll(
        job,
        from.map((input) => ({
          kind: 'move' as const,
          input,
          dtExecution: day(5),
          place: idFor('hall'),
        })),
      ),
    )
    const ids = row.map((move) => move.id)
    await work((job) => execute(job, ids, day(4)))
    const ticked = await everything(database())
    await work((job) => execute(job, ids, day(6)))
    expect(await everything(database())).toEqual(ticked)
    expect([await count('hall', day(4)), await count('store', day(4))]).toEqual([40, 0])
  })

  it('what was taken is not taken again, not even by a plan', async () => {
    await open()
    const arrival = await arrive('chair', 'store')
    const input = await outcomeOf(arrival)
    await go(arrival, 'hall', day(5))
    const again = { kind: 'move' as const, input, dtExecution: day(9), place: idFor('cellar') }
    expect(await refusal((job) => create(job, again))).toBe('OperationInputTaken')
  })

  it('nothing leaves before it has arrived', async () => {
    await open()
    const arrival = await arrive('chair', 'store', day(3))
    const input = await outcomeOf(arrival)
    const early = { kind: 'move' as const, input, dtExecution: day(2), place: idFor('hall') }
    const move = await go(arrival, 'hall', day(4))
    expect([
      await refusal((job) => execute(job, [move.id], day(2))),
      await work((job) => cancel(job, [move.id])).then(() => refusal((job) => create(job, early))),
    ]).toEqual(['OperationDateError', 'OperationDateError'])
  })

  it('a late delivery pushes the fetch that was planned for earlier, and what follows it', async () => {
    await open()
    const out = await go(await arrive('chair', 'store'), 'hall', day(3))
    const back = await go(out, 'store', day(5))
    const again = await go(back, 'cellar', day(6))
    const later = await go(again, 'store', day(9))
    await work((job) => execute(job, [out.id], day(7)))
    const dates = await database().read((tx) =>
      Promise.all(
        [back, again, later].map(async ({ id }) => (await operationOf(tx, id))?.dtExecution),
      ),
    )
    expect(dates).toEqual([day(7), day(7), day(9)])
  })

  it('withdrawn before delivery: everything planned on it goes, and the chair is as it was', async () => {
    await open()
    const arrival = await arrive('chair', 'store')
    const before = await everything(database())
    const out = await go(arrival, 'hall', day(3))
    const back = await go(out, 'store', day(5))
    const gone = await work((job) => cancel(job, [out.id]))
    expect(gone.map((operation) => operation.id)).toEqual([out.id, back.id])
    expect(await everything(database())).toEqual(before)
  })

  it('called off after delivery: the fetch is cancelled, then the way back is planned', async () => {
    await open()
    const out = await go(await arrive('chair', 'store'), 'hall', day(3))
    const back = await go(out, 'store', day(9))
    await work((job) => execute(job, [out.id], day(3)))
    expect(await refusal((job) => planRevert(job, out.id, day(4)))).toBe('OperationWrongState')
    await work((job) => cancel(job, [back.id]))
    const { reversal, startWith } = await work((job) => planRevert(job, out.id, day(4)))
    expect([startWith, reversal.place, reversal.dtExecution]).toEqual([
      [reversal],
      idFor('store'),
      day(4),
    ])
  })

  it('ticked by mistake: the fetch is cancelled, the delivery never was', async () => {
    await open()
    const arrival = await arrive('chair', 'store')
    const before = await everything(database())
    const out = await go(arrival, 'hall', day(3))
    const back = await go(out, 'store', day(9))
    await work((job) => execute(job, [out.id], day(3)))
    expect(await refusal((job) => obliviate(job, [out.id]))).toBe('OperationWrongState')
    await work((job) => cancel(job, [back.id]))
    await work((job) => obliviate(job, [out.id]))
    expect(await everything(database())).toEqual(before)
  })

  it('what has been used up cannot be brought back, and nothing is planned', async () => {
    await open()
    const out = await go(await arrive('chair', 'store'), 'hall', day(3), 'done')
    const input = await outcomeOf(out)
    await work((job) =>
      create(job, { kind: 'departure', state: 'done', input, dtExecution: day(4) }),
    )
    expect(await refusal((job) => planRevert(job, out.id, day(5)))).toBe(
      'OperationIrreversibleError',
    )
  })

  it('a predecessor has to be done first', async () => {
    await open()
    const out = await go(await arrive('chair', 'store'), 'hall', day(3))
    const back = await go(out, 'store', day(5))
    expect(await refusal((job) => execute(job, [back.id], day(5)))).toBe('OperationInputWrongState')
  })

  it('an operation that is gone is said to be gone', async () => {
    await open()
    const out = await go(await arrive('chair', 'store'), 'hall', day(3))
    await work((job) => cancel(job, [out.id]))
    expect(await refusal((job) => execute(job, [out.id], day(3)))).toBe('OperationGone')
  })

  describe('under way', () => {
    it('keeps its departure time and can only be executed', async () => {
      await open()
      const out = await go(await arrive('chair', 'store'), 'hall', day(3))
      await work((job) => start(job, [out.id], day(2)))
      const refusals = [
        await refusal((job) => cancel(job, [out.id])),
        await refusal((job) => obliviate(job, [out.id])),
        await refusal((job) => planRevert(job, out.id, day(3))),
      ]
      await work((job) => start(job, [out.id], day(4)))
      await work((job) => execute(job, [out.id], day(3)))
      const done = await database().read((tx) => operationOf(tx, out.id))
      expect([refusals, done?.state, done?.dtStart, done?.dtExecution]).toEqual([
        ['OperationWrongState', 'OperationWrongState', 'OperationWrongState'],
        'done',
        day(2),
        day(3),
      ])
    })

    it('holds what it took', async () => {
      await open()
      const arrival = await arrive('chair', 'store')
      const input = await outcomeOf(arrival)
      await go(arrival, 'hall', day(3), 'started', day(2))
      const other = { kind: 'departure' as const, input, dtExecution: day(4) }
      expect(await refusal((job) => create(job, other))).toBe('OperationInputTaken')
    })

    it('what is not there cannot set off', async () => {
      await open()
      const arrival = await arrive('chair', 'store', day(2), 'planned')
      const input = await outcomeOf(arrival)
      const started = {
        kind: 'move' as const,
        state: 'started' as const,
        input,
        dtExecution: day(4),
        place: idFor('hall'),
      }
      const refused = await refusal((job) => create(job, started))
      const out = await go(arrival, 'hall', day(3))
      expect([refused, await refusal((job) => start(job, [out.id], day(3)))]).toEqual([
        'OperationInputWrongState',
        'OperationInputWrongState',
      ])
    })

    it('setting off late puts off the arrival and what follows', async () => {
      await open()
      const out = await go(await arrive('chair', 'store'), 'hall', day(3))
      const back = await go(out, 'store', day(4))
      await work((job) => start(job, [out.id], day(5)))
      const dates = await database().read((tx) =>
        Promise.all([out, back].map(async ({ id }) => (await operationOf(tx, id))?.dtExecution)),
      )
      expect(dates).toEqual([day(5), day(5)])
    })
  })

  describe('a set', () => {
    const parts = async () => {
      const arrivals = [
        await arrive('projector', 'store'),
        await arrive('cable', 'store'),
        await arrive('cable', 'store'),
      ]
      return Promise.all(arrivals.map(outcomeOf))
    }
    const packing =
      (pieces: readonly Uuid[], state: OperationState = 'done') =>
      (job: Work) =>
        create(job, {
          kind: 'assembly',
          state,
          inputs: pieces,
          dtExecution: day(2),
          itemType: idFor('case'),
          name: 'pack',
        })
    const itemsOf = async (avatars: readonly Uuid[]) => {
      const all = await everything(database())
      return all.avatars.filter((one) => avatars.includes(one.id)).map((one) => one.item)
    }

    it.each(['done', 'planned'] as const)(
      'packed (%s) and taken apart is the same pieces again',
      async (state) => {
        await open()
        const pieces = await parts()
        const packed = await work(packing(pieces, state))
        if (state === 'planned') await work((job) => execute(job, [packed.id], day(3)))
        const reversible = await database().read((tx) => isReversible(tx, packed.id))
        const { reversal } = await work((job) => planRevert(job, packed.id, day(4)))
        const out = await database().read((tx) => outcomes(tx, reversal.id))
        expect([reversible, out.map((one) => one.item).sort()]).toEqual([
          true,
          (await itemsOf(pieces)).sort(),
        ])
      },
    )

    it('lacks a cable', async () => {
      await open()
      const [projector, cable] = await parts()
      const pieces = [projector, cable] as Uuid[]
      expect(await refusal(packing(pieces))).toBe('AssemblyInputNotMatched')
    })

    it('takes no more than is meant to be in it', async () => {
      await open()
      const pieces = await parts()
      const chair = await outcomeOf(await arrive('chair', 'store'))
      expect(await refusal(packing([...pieces, chair]))).toBe('AssemblyExtraInputs')
    })

    it('is packed at one place', async () => {
      await open()
      const [projector, cable] = await parts()
      const elsewhere = await outcomeOf(await arrive('cable', 'cellar'))
      const pieces = [projector, cable, elsewhere] as Uuid[]
      expect(await refusal(packing(pieces))).toBe('OperationInputsError')
    })

    it('lent, brought back after being taken apart and its parts moved', async () => {
      await open()
      const packed = await work(packing(await parts()))
      const lent = await go(packed, 'hall', day(3), 'done')
      const [set] = await database().read((tx) => outcomes(tx, lent.id))
      const opened = await work((job) =>
        create(job, {
          kind: 'unpack',
          state: 'done',
          input: set?.id as Uuid,
          dtExecution: day(4),
        }),
      )
      const loose = await database().read((tx) => outcomes(tx, opened.id))
      await work((job) =>
        createAll(
          job,
          loose.map((one) => ({
            kind: 'move' as const,
            state: 'done' as const,
            input: one.id,
            dtExecution: day(5),
            place: idFor('workshop'),
          })),
        ),
      )
      const { startWith, reversal } = await work((job) => planRevert(job, lent.id, day(6)))
      const planned = (await everything(database())).operations.filter(
        (one) => one.state === 'planned',
      )
      expect([startWith.length, reversal.place, planned.map((one) => one.kind).sort()]).toEqual([
        3,
        idFor('store'),
        ['assembly', 'move', 'move', 'move', 'move'],
      ])
    })
  })
})
