/** Sets in the engine, on every database: what the behaviours and contents of a type say, sentence by sentence. */
import { describe, expect, it } from 'vitest'
import type { Uuid } from '../../core/domain/time.ts'
import {
  cancel,
  create,
  execute,
  isReversible,
  obliviate,
  outcomes,
  planRevert,
  type Work,
} from '../../core/operations/operations.ts'
import type { ItemType, JsonObject, Operation } from '../../core/store/operations-model.ts'
import { insertItemTypes } from '../../core/store/operations-write.ts'
import { eachDatabase } from '../harness/databases.ts'
import { day, everything, furnish, idFor, NOW, working } from './house.ts'

eachDatabase('sets of operations', (database) => {
  const work = <T>(job: (work: Work) => Promise<T>) => working(database(), job)
  /** The house with more types: code, behaviours, parent. */
  const open = (...types: readonly (readonly [string, JsonObject | null, string?])[]) =>
    database().transact(async (tx) => {
      await furnish(tx)
      await insertItemTypes(
        tx,
        types.map(
          ([code, behaviours, parent]): ItemType => ({
            id: idFor(code),
            code,
            name: code,
            parent: parent ? idFor(parent) : null,
            behaviours,
            properties: null,
          }),
        ),
      )
    })
  const arrive = (type: string, properties: JsonObject | null = null, place = 'store', code = '') =>
    work((job) =>
      create(job, {
        kind: 'arrival',
        state: 'done',
        dtExecution: NOW,
        itemType: idFor(type),
        place: idFor(place),
        properties,
        code: code || null,
      }),
    )
  const left = (operation: Operation) =>
    database().read(async (tx) => await outcomes(tx, operation.id))
  const inputsOf = async (...operations: readonly Operation[]): Promise<Uuid[]> =>
    (await Promise.all(operations.map(left))).flatMap((avatars) => avatars.map((one) => one.id))
  const itemsLeft = async (operation: Operation) => {
    const items = new Set((await left(operation)).map((one) => one.item))
    const { items: all } = await everything(database())
    return all
      .filter((item) => items.has(item.id))
      .map(({ type, properties }) => [
        ['cable', 'projector', 'chair', 'case', 'box', 'stool'].find(
          (code) => idFor(code) === type,
        ),
        properties,
      ])
      .sort((one, other) => (String(one[0]) < String(other[0]) ? -1 : 1))
  }
  const refusal = async (job: (work: Work) => Promise<unknown>) => {
    const before = await everything(database())
    const name = await work(job).then(
      () => 'none',
      (error: Error) => error.name,
    )
    expect(await everything(database())).toEqual(before)
    return name
  }
  const unpacking =
    (input: Uuid, state: 'planned' | 'done' = 'done') =>
    (job: Work) =>
      create(job, { kind: 'unpack', state, input, dtExecution: day(2) })
  const packing =
    (
      inputs: readonly Uuid[],
      more: { parameters?: JsonObject; name?: string } = {},
      type = 'box',
    ) =>
    (job: Work) =>
      create(job, {
        kind: 'assembly',
        state: 'done',
        inputs,
        dtExecution: day(2),
        itemType: idFor(type),
        name: 'pack',
        ...more,
      })
  const byType = (one: { type: string }, other: { type: string }) =>
    one.type < other.type ? -1 : 1
  const two = [{ type: 'cable', quantity: 2 }]
  const packs = (way: JsonObject) => ({ unpack: {}, assembly: { pack: way } })

  describe('taken apart', () => {
    it('gives what its type says and what it lists itself', async () => {
      await open(['box', { unpack: { outcomes: two } }])
      const [box = ''] = await inputsOf(
        await arrive('box', {
          contents: [{ type: 'chair', quantity: 1, properties: { red: true } }],
        }),
      )
      expect(await itemsLeft(await work(unpacking(box)))).toEqual([
        ['cable', null],
        ['cable', null],
        ['chair', { red: true }],
      ])
    })

    it('uniform: its parts bear its own properties, and its list is not looked at', async () => {
      await open(['box', { unpack: { outcomes: two, uniform_outcomes: true } }])
      const own = { red: true, contents: [{ type: 'chair', quantity: 1 }] }
      const [box = ''] = await inputsOf(await arrive('box', own))
      expect(await itemsLeft(await work(unpacking(box)))).toEqual([
        ['cable', own],
        ['cable', own],
      ])
    })

    it('is refused where its type says nothing of it, nothing comes out, or the list names too few', async () => {
      await open(['box', { unpack: { outcomes: [] } }], ['stool', null])
      const named = [{ type: 'cable', quantity: 2, local_goods_ids: [idFor('one cable')] }]
      const [box = '', stool = '', listed = ''] = await inputsOf(
        await arrive('box'),
        await arrive('stool'),
        await arrive('box', { contents: named }),
      )
      expect([
        await refusal(unpacking(box)),
        await refusal(unpacking(stool)),
        await refusal(unpacking(listed)),
      ]).toEqual(['OperationInputsError', 'OperationInputsError', 'OperationInputsError'])
    })

    it('a type does what its parent does, and changes only what it says', async () => {
      await open(
        ['box', { unpack: { outcomes: two, reverse_assembly: 'refill' } }],
        ['stool', { unpack: { uniform_outcomes: true } }, 'box'],
      )
      const [stool = ''] = await inputsOf(await arrive('stool', { red: true }))
      expect(await itemsLeft(await work(unpacking(stool)))).toEqual([
        ['cable', { red: true }],
        ['cable', { red: true }],
      ])
    })

    it('can be brought back where its type can be put together again, by the name it says', async () => {
      const way = { inputs: two }
      await open(
        [
          'box',
          { unpack: { outcomes: two, reverse_assembly: 'refill' }, assembly: { refill: way } },
        ],
        ['stool', { unpack: { outcomes: two }, assembly: { refill: way } }],
      )
      const [box = '', stool = ''] = await inputsOf(await arrive('box'), await arrive('stool'))
      const opened = await work(unpacking(box))
      const other = await work(unpacking(stool))
      const { reversal } = await work((job) => planRevert(job, opened.id, day(3)))
      expect([
        await database().read((tx) => isReversible(tx, opened.id)),
        await database().read((tx) => isReversible(tx, other.id)),
        [reversal.kind, reversal.name, reversal.state],
        await refusal((job) => planRevert(job, other.id, day(3))),
      ]).toEqual([true, false, ['assembly', 'refill', 'planned'], 'OperationIrreversibleError'])
    })

    it('planned and called off leaves no part behind; never was gives the set back', async () => {
      await open(['box', { unpack: { outcomes: two } }])
      const arrival = await arrive('box')
      const [box = ''] = await inputsOf(arrival)
      const before = await everything(database())
      const planned = await work(unpacking(box, 'planned'))
      await work((job) => cancel(job, [planned.id]))
      expect(await everything(database())).toEqual(before)
      const done = await work(unpacking(box))
      await work((job) => obliviate(job, [done.id]))
      expect(await everything(database())).toEqual(before)
    })

    it('earlier or later than planned, set and parts bear the real date', async () => {
      await open(['box', { unpack: { outcomes: two } }])
      for (const real of [day(1), day(4)]) {
        const [box = ''] = await inputsOf(await arrive('box'))
        const planned = await work(unpacking(box, 'planned'))
        await work((job) => execute(job, [planned.id], real))
        const { avatars } = await everything(database())
        expect([
          avatars.find((one) => one.id === box)?.dt_until,
          ...(await left(planned)).map((one) => [one.state, one.dtFrom]),
        ]).toEqual([real, ['present', real], ['present', real]])
      }
    })
  })

  describe('put together', () => {
    it('takes kinds of what is asked for, and the pieces that are named by code or id', async () => {
      await open([
        'box',
        packs({
          inputs: [
            { type: 'cable', quantity: 1, code: 'B' },
            { type: 'thing', quantity: 1 },
          ],
        }),
      ])
      const cables = [
        await arrive('cable', null, 'store', 'A'),
        await arrive('cable', null, 'store', 'B'),
      ]
      const packed = await work(packing(await inputsOf(...cables)))
      const [first] = await left(packed)
      const { operations } = await everything(database())
      const match = operations.find((one) => one.id === packed.id)?.match
      const { avatars, items } = await everything(database())
      const codes = (match ?? []).map((line) =>
        line.map((id) => {
          const item = avatars.find((one) => one.id === id)?.item
          return items.find((one) => one.id === item)?.code
        }),
      )
      expect([first?.state, codes]).toEqual(['present', [['B'], ['A']]])
    })

    it('lists what is extra, all of it, or nothing, as pieces or as their like', async () => {
      const ways: readonly (readonly [unknown, (ids: readonly string[]) => unknown])[] = [
        [undefined, ([chair]) => [{ type: 'chair', quantity: 1, local_goods_ids: [chair] }]],
        [['extra', 'descriptions'], () => [{ type: 'chair', quantity: 1 }]],
        [
          ['all', 'descriptions'],
          () => [
            { type: 'cable', quantity: 1 },
            { type: 'cable', quantity: 1 },
            { type: 'chair', quantity: 1 },
          ],
        ],
        [null, () => undefined],
      ]
      await open(
        ...ways.map(
          ([listing], index) =>
            [
              `box ${index}`,
              packs({
                inputs: two,
                allow_extra_inputs: true,
                ...(listing === undefined ? {} : { for_contents: listing }),
              }),
            ] as const,
        ),
      )
      const found: unknown[] = []
      const expected: unknown[] = []
      for (const [index, [, contents]] of ways.entries()) {
        const parts = [await arrive('cable'), await arrive('cable'), await arrive('chair')]
        const avatars = (await Promise.all(parts.map(left))).flat()
        const packed = await work(
          packing(
            avatars.map((one) => one.id),
            {},
            `box ${index}`,
          ),
        )
        const [box] = await left(packed)
        const { items } = await everything(database())
        const { contents: listed } = items.find((item) => item.id === box?.item)?.properties ?? {}
        found.push(Array.isArray(listed) ? listed.toSorted(byType) : listed)
        expected.push(contents(avatars.slice(2).map((one) => one.item)))
      }
      expect(found).toEqual(expected)
    })

    it('this time needs a certain piece, because the operation says so', async () => {
      await open(['box', packs({ inputs: two })])
      const cables = await inputsOf(
        await arrive('cable', null, 'store', 'A'),
        await arrive('cable', null, 'store', 'B'),
      )
      expect([
        await refusal(packing(cables, { parameters: { inputs: [{ code: 'C' }] } })),
        await refusal(packing(cables, { name: 'nothing' })),
        await refusal(packing(cables, {}, 'chair')),
        await refusal(packing([])),
      ]).toEqual([
        'AssemblyInputNotMatched',
        'OperationError',
        'OperationError',
        'OperationMissingInputsError',
      ])
    })

    it('number comes before state, and state before the way it is put together', async () => {
      await open(['box', packs({ inputs: two })])
      const planned = await work((job) =>
        create(job, {
          kind: 'arrival',
          state: 'planned',
          dtExecution: day(2),
          itemType: idFor('cable'),
          place: idFor('hall'),
        }),
      )
      const future = await inputsOf(planned)
      const here = await inputsOf(await arrive('cable'))
      expect([
        await refusal(packing([...future, ...here], { name: 'nothing' })),
        await refusal((job) =>
          create(job, {
            kind: 'unpack',
            state: 'done',
            inputs: [...future, ...here],
            dtExecution: day(2),
          }),
        ),
      ]).toEqual(['OperationInputWrongState', 'OperationInputsError'])
    })

    it('brought back comes apart, after what was done with it since', async () => {
      await open(['box', packs({ inputs: [], allow_extra_inputs: true })])
      const packed = await work(
        packing(await inputsOf(await arrive('cable'), await arrive('chair'))),
      )
      const [box] = await left(packed)
      await work((job) =>
        create(job, {
          kind: 'move',
          state: 'done',
          input: box?.id as Uuid,
          dtExecution: day(3),
          place: idFor('hall'),
        }),
      )
      const { reversal, startWith } = await work((job) => planRevert(job, packed.id, day(4)))
      for (const one of [...startWith, reversal])
        await work((job) => execute(job, [one.id], day(5)))
      expect([startWith.map((one) => one.kind), await itemsLeft(reversal)]).toEqual([
        ['move'],
        [
          ['cable', null],
          ['chair', null],
        ],
      ])
    })
  })
})
