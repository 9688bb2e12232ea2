/** Finding a hall while somebody is on the phone: what is offered can be booked, on every database. */
import { beforeEach, expect, it } from 'vitest'
import { queries } from '../../core/queries/index.ts'
import { type QueryArgs, queryArgs, type Rows } from '../../core/queries/rows.ts'
import { at, Clerk, hall, idOf } from '../harness/authority.ts'
import { eachDatabase } from '../harness/databases.ts'

const SATURDAY = '2027-06-12'
const NEXT_SATURDAY = '2027-06-19'

type Offer = Rows['hall.find']['options'][number]

eachDatabase('finding a hall', (database) => {
  let clerk: Clerk
  beforeEach(async () => {
    clerk = new Clerk(database())
    await clerk.founds()
    await clerk.addHall('saal', { capacity: 300, group: 'Gemeindehaus', features: ['Bühne'] })
    await clerk.addHall('aula', {
      capacity: 120,
      group: 'Schulhaus',
      features: ['Bühne', 'Flügel'],
    })
    await clerk.addHall('foyer', { capacity: 60, group: 'Schulhaus' })
    await clerk.addHall('kueche', { capacity: 100, kind: 'kitchen', group: 'Schulhaus' })
    for (const key of ['saal', 'aula', 'foyer', 'kueche']) {
      await clerk.open(key, { until: '2027-07-31' })
    }
  })

  const find = (more: Partial<QueryArgs<'hall.find'>> = {}) => {
    const args = queryArgs['hall.find'].parse({
      from: SATURDAY,
      until: SATURDAY,
      weekdays: [],
      opens: '19:00',
      closes: '22:00',
      minutes: null,
      persons: 80,
      places: 1,
      features: [],
      resource: null,
      call: null,
      now: clerk.now,
      ...more,
    })
    return database().read((tx) => queries['hall.find'](tx, args))
  }
  const local = (instant: number) =>
    new Date(instant + 2 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ')
  const told = (option: Offer) =>
    `${option.hall.name}${option.also ? `+${option.also.name}` : ''} ${local(option.start)}-${local(option.end).slice(6)}`
  const names = async (more: Partial<QueryArgs<'hall.find'>> = {}) =>
    (await find(more)).options.map(told)
  const take = (option: Offer, title: string) =>
    clerk.gives('reservation.book', {
      token: idOf(`booking ${title}`),
      resource: option.hall.id,
      ...(option.also ? { also: [option.also.id] } : {}),
      during: { start: option.start, end: option.end },
      places: 1,
      title,
      publicTitle: '',
      note: '',
      persons: null,
      person: { id: idOf(title), name: 'Ruth Meier', organisation: '', phone: '', email: '' },
    })

  it('offers the smallest hall that fits first, a kitchen last, and every offer can be booked', async () => {
    const found = await find()
    const booked = []
    for (const option of found.options) booked.push((await take(option, told(option))).status)
    expect({ offers: found.options.map(told), of: found.of, booked }).toEqual({
      offers: ['aula 06-12 19:00-22:00', 'saal 06-12 19:00-22:00', 'kueche 06-12 19:00-22:00'],
      of: 3,
      booked: ['accepted', 'accepted', 'accepted'],
    })
  })

  it('leaves out what was taken or blocked, and says how long the rest is free around it', async () => {
    await clerk.books('aula', SATURDAY, '21:00', '22:00', 'Chor')
    await clerk.books('saal', SATURDAY, '16:00', '18:00', 'Theater')
    await clerk.gives('blocker.add', {
      token: idOf('blocker'),
      resources: [hall('kueche')],
      during: { start: at(SATURDAY, '20:00'), end: at(SATURDAY, '21:00') },
      reason: 'Reinigung',
      decisions: [],
    })
    const { options } = await find()
    expect(options.map((one) => [told(one), local(one.free.start), local(one.free.end)])).toEqual([
      ['saal 06-12 19:00-22:00', '06-12 18:00', '06-12 22:00'],
    ])
  })

  it('looks through all Saturdays of a month, the smallest hall first and then the nearest day', async () => {
    await clerk.books('aula', SATURDAY, '18:00', '22:00', 'Chor')
    const found = await find({ from: '2027-06-10', until: '2027-06-26', weekdays: [6] })
    expect([...found.options.map(told), found.of]).toEqual([
      'aula 06-19 19:00-22:00',
      'aula 06-26 19:00-22:00',
      'saal 06-12 19:00-22:00',
      'saal 06-19 19:00-22:00',
      'saal 06-26 19:00-22:00',
      'kueche 06-12 19:00-22:00',
      8,
    ])
  })

  it('asks for what a hall has, and for one hall alone', async () => {
    expect({
      piano: await names({ features: ['Flügel'] }),
      both: (await find({ features: ['Flügel', 'Sauna'] })).none,
      large: (await find({ persons: 400 })).none,
      one: await names({ resource: hall('saal') }),
      small: (await find({ resource: hall('foyer') })).none,
    }).toEqual({
      piano: ['aula 06-12 19:00-22:00'],
      both: 'features',
      large: 'capacity',
      one: ['saal 06-12 19:00-22:00'],
      small: 'capacity',
    })
  })

  it('finds the first two hours of a day, and without any length the longest time that is free', async () => {
    await clerk.books('aula', SATURDAY, '09:00', '13:00', 'Chor')
    const search = { opens: null, closes: null, features: ['Flügel'] }
    expect([
      await names({ ...search, minutes: 60 }),
      await names({ ...search, minutes: 120 }),
      await names({ ...search, minutes: null }),
    ]).toEqual([['aula 06-12 08:00-09:00'], ['aula 06-12 13:00-15:00'], ['aula 06-12 13:00-22:00']])
  })

  it('never proposes the past, nor a day that is over', async () => {
    clerk.now = at(SATURDAY, '19:10')
    expect({
      gone: (await find({ until: SATURDAY })).options,
      later: await names({ opens: null, closes: null, minutes: 60, features: ['Flügel'] }),
      yesterday: (await find({ from: '2027-06-01', until: '2027-06-02' })).options,
    }).toEqual({ gone: [], later: ['aula 06-12 19:30-20:30'], yesterday: [] })
  })

  it('counts places, and a place has to be free for the whole time', async () => {
    await clerk.addHall('kita', { kind: 'nursery' })
    await clerk.open('kita', { places: 2, mostPerBooking: 2 })
    await clerk.books('kita', SATURDAY, '18:00', '20:00', 'Anna')
    await clerk.books('kita', SATURDAY, '20:00', '22:00', 'Beat', { places: 2 })
    const kita = { resource: hall('kita'), persons: null }
    expect([
      await names({ ...kita, opens: '18:00', closes: '20:00' }),
      await names({ ...kita, opens: '18:00', closes: '20:00', places: 2 }),
      await names({ ...kita, opens: '19:00', closes: '21:00' }),
      await names({ ...kita, opens: '08:00', closes: '18:00', places: 3 }),
    ]).toEqual([['kita 06-12 18:00-20:00'], [], [], []])
  })

  it('knows that a part takes from the whole, and what is only given whole or together', async () => {
    await clerk.addHall('gym', { capacity: 200, kind: 'gym' })
    await clerk.addHall('third', {
      capacity: 90,
      kind: 'gym',
      parent: hall('gym'),
      sharesSpace: true,
    })
    await clerk.addHall('block', { capacity: 85 })
    await clerk.addHall('course', { capacity: 86 })
    await clerk.open('gym')
    await clerk.open('third')
    await clerk.open('block', { step: null })
    await clerk.open('course', { step: null, together: true })
    const before = await find()
    await clerk.books('third', SATURDAY, '21:00', '22:00', 'Turnverein')
    expect({
      before: before.options.map(told),
      whole: before.options.filter((one) => one.whole).map(told),
      after: await names(),
    }).toEqual({
      before: [
        'third 06-12 19:00-22:00',
        'aula 06-12 19:00-22:00',
        'gym 06-12 19:00-22:00',
        'saal 06-12 19:00-22:00',
        'kueche 06-12 19:00-22:00',
        'block 06-12 08:00-22:00',
      ],
      whole: ['block 06-12 08:00-22:00'],
      after: [
        'aula 06-12 19:00-22:00',
        'saal 06-12 19:00-22:00',
        'kueche 06-12 19:00-22:00',
        'block 06-12 08:00-22:00',
      ],
    })
  })

  it('says who asked before, and where staff decides', async () => {
    await clerk.addHall('gallery', { capacity: 90 })
    await clerk.open('gallery', { byStaff: true })
    await clerk.gives('reservation.request', {
      token: idOf('asked'),
      resource: hall('gallery'),
      during: { start: at(SATURDAY, '20:00'), end: at(SATURDAY, '22:00') },
      places: 1,
      title: 'Vernissage',
      publicTitle: '',
      note: '',
      persons: null,
      person: { id: idOf('asker'), name: 'Vreni Bucher', organisation: '', phone: '', email: '' },
      waiting: false,
    })
    const { options } = await find()
    expect(options.map((one) => [one.hall.name, one.byStaff, one.asked])[0]).toEqual([
      'gallery',
      true,
      1,
    ])
  })

  it('where nothing is free, proposes another time, another day and two rooms, each of which can be booked', async () => {
    for (const key of ['aula', 'saal', 'kueche']) {
      await clerk.books(key, SATURDAY, '20:30', '22:00', `Abend ${key}`)
    }
    const evening = await find()
    expect({
      none: evening.none,
      instead: evening.instead.map((one) => `${one.by} ${told(one)}`),
    }).toEqual({
      none: 'time',
      instead: [
        'time aula 06-12 17:30-20:30',
        'time saal 06-12 17:30-20:30',
        'day aula 06-11 19:00-22:00',
        'day saal 06-11 19:00-22:00',
      ],
    })
    const crowd = await find({
      persons: 170,
      features: ['Flügel'],
      opens: '14:00',
      closes: '17:00',
    })
    const booked = []
    for (const option of crowd.instead) booked.push((await take(option, told(option))).status)
    expect([crowd.none, crowd.instead.map((one) => `${one.by} ${told(one)}`), booked]).toEqual([
      'capacity',
      ['two aula+foyer 06-12 14:00-17:00'],
      ['accepted'],
    ])
  })

  it('proposes other halls where one was named', async () => {
    await clerk.books('aula', NEXT_SATURDAY, '08:00', '22:00', 'Bazar')
    const { instead } = await find({
      from: NEXT_SATURDAY,
      until: NEXT_SATURDAY,
      resource: hall('aula'),
    })
    expect(instead.map((one) => `${one.by} ${told(one)}`)).toEqual([
      'day aula 06-18 19:00-22:00',
      'hall saal 06-19 19:00-22:00',
      'hall kueche 06-19 19:00-22:00',
    ])
  })

  it('two halls are booked under one number or not at all, and undone as one', async () => {
    const both = { also: [hall('foyer')] }
    const first = await clerk.books('aula', SATURDAY, '10:00', '12:00', 'Markt', both, idOf('both'))
    const second = await clerk.books('saal', SATURDAY, '11:00', '13:00', 'Fest', both)
    const row = await database().read((tx) =>
      queries['booking.one'](tx, { token: idOf('booking Markt') }),
    )
    const refused = second.status === 'refused' ? second.refusal : null
    expect({
      first: first.status,
      dates: row?.dates.map((date) => `${date.resourceName} ${local(date.start)}`),
      refused: refused?.code === 'taken' && refused.wish.resourceName,
      saal: await names({ opens: '11:00', closes: '13:00', resource: hall('saal') }),
      undone: (await clerk.gives('undo', { command: idOf('both') })).status,
      free: await names({ opens: '10:00', closes: '12:00', persons: 60, resource: hall('foyer') }),
    }).toEqual({
      first: 'accepted',
      dates: ['aula 06-12 10:00', 'foyer 06-12 10:00'],
      refused: 'foyer',
      saal: ['saal 06-12 11:00-13:00'],
      undone: 'accepted',
      free: ['foyer 06-12 10:00-12:00'],
    })
  })
})
