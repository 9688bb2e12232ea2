import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { eachDatabase } from '../harness/databases.ts'

eachDatabase('values', (database) => {
  it('go in and come out the same everywhere', async () => {
    const { rows } = await database().transact((tx) =>
      sql`select
        ${'2027-06-01 06:00:00.123456'}::timestamp as moment,
        ${'2027-06-01 06:00:00.123456+02'}::timestamptz as instant,
        array[${'2027-06-01 06:00:00'}::timestamp] as moments,
        array[${'2027-06-01 06:00:00+02'}::timestamptz] as instants,
        ${'2027-06-01'}::date as day,
        ${'1 day 02:00'}::interval as length,
        ${9007199254740991}::int8 as safe,
        ${'9007199254740993'}::int8 as beyond,
        array[1, 9007199254740993]::int8[] as mixed,
        count(*) as counted,
        ${['6f0c3b7e-0000-4000-8000-000000000001']}::uuid[] as uuids,
        ${['a "b"', 'c,d', null]}::text[] as texts,
        ${{ a: [1, null], b: 'ä' }}::jsonb as object,
        ${'[1,2]'}::jsonb as list,
        ${'null'}::jsonb as json_null,
        null::jsonb as sql_null,
        ${1.5}::float8 as real,
        ${'1.50'}::numeric as exact,
        ${true}::boolean as yes`.execute(tx),
    )
    expect(rows).toEqual([
      {
        moment: '2027-06-01 06:00:00.123456',
        instant: '2027-06-01 04:00:00.123456+00',
        moments: ['2027-06-01 06:00:00'],
        instants: ['2027-06-01 04:00:00+00'],
        day: '2027-06-01',
        length: '1 day 02:00:00',
        safe: 9007199254740991,
        beyond: '9007199254740993',
        mixed: [1, '9007199254740993'],
        counted: 1,
        uuids: ['6f0c3b7e-0000-4000-8000-000000000001'],
        texts: ['a "b"', 'c,d', null],
        object: { a: [1, null], b: 'ä' },
        list: [1, 2],
        json_null: null,
        sql_null: null,
        real: 1.5,
        exact: '1.50',
        yes: true,
      },
    ])
  })
  // The last one: nothing can be asked afterwards.
  it('nobody waits for ever when it is closed', async () => {
    const told: string[] = []
    const ask = async (name: string) => {
      const question = database().read((tx) => sql`select pg_sleep(0.01)`.execute(tx))
      told.push(
        await question.then(
          () => 'answered',
          () => `${name} told`,
        ),
      )
    }
    const early = Array.from({ length: 40 }, () => ask('early'))
    const closed = database().close()
    const late = Array.from({ length: 3 }, () => ask('late'))
    await Promise.all([closed, ...early, ...late])
    expect([told.length, told.filter((each) => each === 'late told')]).toEqual([
      43,
      ['late told', 'late told', 'late told'],
    ])
  })
})
