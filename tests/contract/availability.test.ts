import { beforeEach, expect, it } from 'vitest'
import type { ArgsOf } from '../../core/commands/calls.ts'
import { clockTimeAt, dayOf } from '../../core/domain/time.ts'
import { queries } from '../../core/queries/index.ts'
import { at, Clerk, hall, idOf } from '../harness/authority.ts'
import { eachDatabase } from '../harness/databases.ts'

type Period = ArgsOf<'availability.change'>['periods'][number]

const RULE = idOf('rule of aula')
const WEEK: Period = {
  resources: [hall('aula')],
  from: '2027-06-07',
  until: '2027-06-13',
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  opens: '08:00',
  closes: '22:00',
  step: 30,
  places: 1,
  mostPerBooking: 0,
  byStaff: false,
  together: false,
  except: [],
}

eachDatabase('availability', (database) => {
  let clerk: Clerk
  beforeEach(async () => {
    clerk = new Clerk(database())
    await clerk.founds()
    await clerk.addHall('aula')
    await clerk.addHall('saal')
  })

  const preview = (rule: string | null, ...periods: Period[]) =>
    database().read((tx) => queries['availability.preview'](tx, { rule, periods }))
  const free = async (key = 'aula') => {
    const span = { start: at('2027-06-01', '00:00'), end: at('2027-07-01', '00:00') }
    const rows = await database().read((tx) =>
      queries['calendar.range'](tx, { ...span, resources: [hall(key)] }),
    )
    return rows.free.map((one) => {
      const clock = (instant: number) => clockTimeAt(instant, 'Europe/Zurich')
      const day = dayOf(one.start, 'Europe/Zurich').slice(-2)
      return `${day} ${clock(one.start)}-${clock(one.end)} ${one.step ?? 'whole'} ${one.places}`
    })
  }
  const change = (...periods: Period[]) =>
    clerk.gives('availability.change', { rule: RULE, periods })
  const undo = (word: string) => clerk.gives('undo', { command: idOf(word) })

  it('is previewed: to create, exists, overlaps, on a holiday', async () => {
    await clerk.open('aula', { from: '2027-06-07', until: '2027-06-07' })
    await clerk.open('aula', {
      rule: idOf('evenings'),
      from: '2027-06-08',
      until: '2027-06-08',
      opens: '18:00',
      closes: '23:00',
    })
    const both = { ...WEEK, resources: [hall('aula'), hall('saal')], except: ['2027-06-09'] }
    expect(await preview(null, both)).toMatchObject({
      create: 10,
      exists: 1,
      overlaps: 1,
      excepted: 2,
      change: 0,
      remove: 0,
      keep: 0,
      affected: [],
      overlapping: [
        {
          resource: hall('aula'),
          start: at('2027-06-08', '08:00'),
          by: { start: at('2027-06-08', '18:00'), end: at('2027-06-08', '23:00') },
        },
      ],
    })
    expect(
      await clerk.open('aula', {
        ...{ ...both, together: undefined },
        rule: idOf('all'),
        skipOverlapping: true,
      }),
    ).toMatchObject({ status: 'accepted', result: { created: 10, skipped: 2 } })
  })

  it('comes in parts and goes as one', async () => {
    const part = (number: number, key: string) =>
      clerk.gives(
        'availability.add',
        {
          rule: RULE,
          ...{ ...WEEK, together: false },
          resources: [hall(key)],
          skipOverlapping: true,
          part: { number, of: 2 },
        },
        idOf(`part ${number}`),
      )
    await part(1, 'aula')
    await part(2, 'saal')
    expect(await undo('part 1')).toMatchObject({ refusal: { code: 'cannot-undo' } })
    expect(await undo('part 2')).toMatchObject({ status: 'accepted' })
    expect([await free('aula'), await free('saal')]).toEqual([[], []])
  })

  it('cannot be together and in steps', async () => {
    expect(await clerk.open('aula', { together: true })).toMatchObject({
      refusal: { code: 'together-in-steps' },
    })
    await clerk.open('aula', { together: true, step: null, until: '2027-06-08' })
    const dates = await database().read((tx) => queries['availability.one'](tx, { rule: RULE }))
    expect(dates).toEqual([
      { ...WEEK, together: true, step: null, until: '2027-06-08', weekdays: [1, 2] },
    ])
  })

  it('is changed around what is booked, and the change is taken back as one', async () => {
    await clerk.open('aula')
    await clerk.books('aula', '2027-06-07', '09:00', '10:00', 'Früh')
    await clerk.books('aula', '2027-06-08', '19:00', '21:00', 'Chor')
    await clerk.books('aula', '2027-06-12', '10:00', '12:00', 'Fest')
    const before = await free()
    const wanted = { ...WEEK, weekdays: [1, 2, 3, 4, 5], opens: '09:00', closes: '18:00' }

    const seen = await preview(RULE, wanted)
    expect({ ...seen, halls: [] }).toMatchObject({
      create: 3,
      exists: 0,
      overlaps: 0,
      change: 1,
      remove: 4,
      keep: 2,
    })
    expect(
      seen?.affected.map((each) => `${each.title} ${each.phone} ${each.who} ${each.becomes}`),
    ).toEqual([
      'Früh 079 000 01 40 Ruth Meier changed',
      'Chor 079 000 01 40 Ruth Meier kept',
      'Fest 079 000 01 40 Ruth Meier kept',
    ])

    const args = { rule: RULE, periods: [wanted] }
    expect(await clerk.gives('availability.change', args, idOf('shorter'))).toMatchObject({
      status: 'accepted',
      result: { created: 3, changed: 1, removed: 4, kept: 2 },
    })
    expect(await free()).toEqual([
      '07 09:00-18:00 30 1',
      '08 08:00-22:00 30 1',
      '09 09:00-18:00 30 1',
      '10 09:00-18:00 30 1',
      '11 09:00-18:00 30 1',
      '12 08:00-22:00 30 1',
    ])
    expect(await undo('shorter')).toMatchObject({ status: 'accepted' })
    expect(await free()).toEqual(before)
  })

  it('takes more places and other terms, fewer only where nobody has them', async () => {
    await clerk.open('aula', { step: null, places: 3, until: '2027-06-08' })
    await clerk.books('aula', '2027-06-07', '08:00', '22:00', 'Zwei', { places: 2 })
    const to = (places: number) =>
      change({ ...WEEK, step: null, until: '2027-06-08', places, byStaff: true })
    expect(await to(1)).toMatchObject({ result: { created: 1, changed: 0, kept: 1 } })
    expect(await to(2)).toMatchObject({ result: { created: 1, changed: 1, kept: 0 } })
    expect(await free()).toEqual(['07 08:00-22:00 whole 2', '08 08:00-22:00 whole 2'])
  })

  it('leaves what was before a day alone, also on the way back', async () => {
    await clerk.open('aula')
    const before = await free()
    const since = '2027-06-10'
    const args = { rule: RULE, periods: [{ ...WEEK, closes: '20:00' }], since }
    expect(await clerk.gives('availability.change', args, idOf('late'))).toMatchObject({
      result: { created: 4, removed: 4, changed: 0, kept: 0 },
    })
    expect(await free()).toEqual([
      ...before.slice(0, 3),
      ...before.slice(3).map((each) => each.replace('22:00', '20:00')),
    ])
    expect(await undo('late')).toMatchObject({ status: 'accepted' })
    expect(await free()).toEqual(before)
  })

  it('is cleared only of what nobody uses, by day, weekday and hall, and comes back', async () => {
    await clerk.open('aula')
    await clerk.open('saal')
    await clerk.books('aula', '2027-06-08', '19:00', '21:00', 'Chor')
    const before = [await free('aula'), await free('saal')]
    const range = {
      resources: [hall('aula')],
      from: '2027-06-08',
      until: '2027-06-12',
      weekdays: [2, 3, 6],
    }
    expect(await database().read((tx) => queries['availability.unused'](tx, range))).toMatchObject({
      remove: 2,
      used: 1,
      affected: [{ title: 'Chor' }],
    })
    const done = await clerk.gives('availability.clear', range, idOf('cleared'))
    expect(done).toMatchObject({ status: 'accepted', result: { removed: 2 } })
    expect(await free('aula')).toEqual(
      before[0]?.filter((each) => !each.startsWith('09') && !each.startsWith('12')),
    )
    expect(await clerk.gives('undo', { command: idOf('cleared') }, idOf('back'))).toMatchObject({
      status: 'accepted',
    })
    expect([await free('aula'), await free('saal')]).toEqual(before)
    // What came back belongs to its period again, and the undo can itself be undone.
    expect(await undo('back')).toMatchObject({ status: 'accepted' })
    const [period] = await database().read((tx) => queries['availability.one'](tx, { rule: RULE }))
    expect(period?.weekdays).toEqual([1, 2, 4, 5, 7])
  })

  it('is listed by hall with its weeks', async () => {
    await clerk.open('aula', { until: '2027-06-20', weekdays: [1, 3] })
    await clerk.books('aula', '2027-06-07', '09:00', '10:00', 'Früh')
    const [row, ...more] = await database().read((tx) =>
      queries['availability.periods'](tx, { monday: '2027-06-07' }),
    )
    expect(more).toEqual([])
    expect({ ...row, weeks: row?.weeks.slice(0, 3) }).toEqual({
      rule: RULE,
      resource: hall('aula'),
      opens: '08:00',
      closes: '22:00',
      step: 30,
      places: 1,
      mostPerBooking: 0,
      byStaff: false,
      first: '2027-06-07',
      last: '2027-06-16',
      weekdays: [1, 3],
      dates: 4,
      unused: 3,
      weeks: [1680, 1680, 0],
    })
  })
})
