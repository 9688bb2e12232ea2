import { beforeEach, expect, it } from 'vitest'
import { queries } from '../../core/queries/index.ts'
import { at, Clerk, idOf } from '../harness/authority.ts'
import { eachDatabase } from '../harness/databases.ts'

eachDatabase('search', (database) => {
  let clerk: Clerk
  let day = 0
  const person = (name: string, organisation: string, phone: string) => ({
    id: idOf(name),
    name,
    organisation,
    phone,
    email: '',
  })
  beforeEach(async () => {
    day = 0
    clerk = new Clerk(database())
    await clerk.founds()
    await clerk.addHall('aula')
    await clerk.open('aula', { from: '2027-06-01', until: '2027-07-31' })
  })
  /** One a day, in the order of the days. */
  const book = async (title: string, who = person('Ruth Meier', '', '079 555 01 40')) => {
    day += 1
    const date = `2027-06-${String(day).padStart(2, '0')}`
    const outcome = await clerk.books('aula', date, '19:00', '20:00', title, { person: who })
    if (outcome.status !== 'accepted') throw new Error(outcome.refusal.code)
    return outcome.result.number
  }
  const find = (text: string, now = at('2027-06-01', '00:00')) =>
    database().read((tx) => queries['search.all'](tx, { text, now, most: 10 }))
  const titles = async (text: string, now?: number) =>
    (await find(text, now)).bookings.map((each) => each.title)

  it('finds words of title and name in any order, whatever their case and accents', async () => {
    await book('Jubiläum der Musikgesellschaft')
    await book('Turnstunde', person('André Gämperle', 'Turnverein', '044 222 33 44'))
    expect({
      folded: await titles('JUBILAUM'),
      across: await titles('gamperle turnst'),
      inside: await titles('gesellschaft jub'),
      not: await titles('jubiläum gämperle'),
      sign: await titles('%'),
      nothing: await titles('  '),
    }).toEqual({
      folded: ['Jubiläum der Musikgesellschaft'],
      across: ['Turnstunde'],
      inside: ['Jubiläum der Musikgesellschaft'],
      not: [],
      sign: [],
      nothing: [],
    })
  })

  it('puts the very number first, then what comes next, then what is over, the latest on top', async () => {
    const first = await book('Eins')
    await book('Zwei')
    await book(`Nachfolge von ${first}`)
    await book('Vier')
    expect({
      number: await titles(String(first)),
      near: await titles('ruth', at('2027-06-03', '00:00')),
    }).toEqual({
      number: ['Eins', `Nachfolge von ${first}`],
      near: [`Nachfolge von ${first}`, 'Vier', 'Zwei', 'Eins'],
    })
  })

  it('finds a caller by the digits of the phone, however they are typed, and their bookings', async () => {
    await book('Probe')
    await book('Lesung', person('Hans Muster', '', '+41 44 222 33 44'))
    const by = async (typed: string) => {
      const { bookings, people } = await find(typed)
      return [bookings.map((each) => each.title), people.map((each) => each.name)]
    }
    expect([
      await by('079 555'),
      await by('5550140'),
      await by('0442223344'),
      await by('33 44'),
    ]).toEqual([
      [['Probe'], ['Ruth Meier']],
      [['Probe'], ['Ruth Meier']],
      [['Lesung'], ['Hans Muster']],
      [['Lesung'], ['Hans Muster']],
    ])
  })

  it('shows what was cancelled last and says so; people come with their bookings', async () => {
    await book('Probe am Abend')
    await book('Probe')
    await clerk.gives('reservation.cancel', { token: idOf('booking Probe am Abend'), reason: '' })
    const { bookings, people } = await find('probe')
    const meier = (await find('meier')).people
    expect({
      bookings: bookings.map((each) => `${each.title}: ${each.state}`),
      people,
      meier: meier.map((each) => `${each.name} ${each.bookings}`),
    }).toEqual({
      bookings: ['Probe: booked', 'Probe am Abend: cancelled'],
      people: [],
      meier: ['Ruth Meier 2'],
    })
  })
})
