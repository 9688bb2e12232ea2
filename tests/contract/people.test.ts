/** People: cards, phones found by their last digits, and two that become one and are taken apart again. */
import { beforeEach, expect, it } from 'vitest'
import type { ArgsOf } from '../../core/commands/calls.ts'
import type { Outcome } from '../../core/commands/command.ts'
import { queries } from '../../core/queries/index.ts'
import type { PersonOne } from '../../core/queries/rows.ts'
import { at, Clerk, idOf } from '../harness/authority.ts'
import { eachDatabase } from '../harness/databases.ts'

type Card = ArgsOf<'person.add'>['card']
const blank: Card = {
  name: '',
  organisation: '',
  phones: [],
  email: '',
  street: '',
  postcode: '',
  town: '',
  language: '',
  note: '',
}
const ruth: Card = {
  ...blank,
  name: 'Ruth Meier',
  phones: ['079 555 01 40', '044 555 01 41'],
  street: 'Dorfstrasse 3',
  postcode: '8999',
  town: 'Musterwil',
  language: 'fr-CH',
  note: 'ruft abends an',
}
const club: Card = {
  ...blank,
  name: 'R. Meier',
  organisation: 'Frauenverein',
  phones: ['+41 79 555 01 40'],
  email: 'verein@example.org',
  note: 'zahlt halbjährlich',
}

eachDatabase('people', (database) => {
  let clerk: Clerk
  beforeEach(async () => {
    clerk = new Clerk(database())
    await clerk.founds()
    await clerk.addHall('aula')
    await clerk.open('aula')
  })

  const add = (word: string, card: Card, id?: string) =>
    clerk.gives('person.add', { person: idOf(word), card }, id)
  const one = (word: string): Promise<PersonOne | null> =>
    database().read((tx) => queries['person.one'](tx, { person: idOf(word) }))
  const list = async (text = '', kind: 'all' | 'person' | 'organisation' = 'all') => {
    const { rows, of } = await database().read((tx) =>
      queries['person.list'](tx, { text, kind, now: clerk.now, limit: 100 }),
    )
    return [of, ...rows.map((row) => row.organisation || row.name)]
  }
  const books = (title: string, from: string, to: string, word: string, card: Card) =>
    clerk.books('aula', '2027-06-12', from, to, title, {
      person: {
        id: idOf(word),
        name: card.name,
        organisation: card.organisation,
        phone: card.phones[0] ?? '',
        email: card.email,
      },
    })
  const refusal = (outcome: Outcome<unknown>) =>
    outcome.status === 'refused' ? outcome.refusal : 'accepted'

  it('are added with all that is known of them, changed, and put back', async () => {
    await add('ruth', ruth)
    const added = (await one('ruth'))?.card
    const change = { phones: ['044 555 01 41'], email: 'ruth@example.org' }
    await clerk.gives('person.change', { person: idOf('ruth'), card: change }, idOf('changed'))
    const changed = (await one('ruth'))?.card
    await clerk.gives('undo', { command: idOf('changed') }, idOf('undone'))
    const undone = (await one('ruth'))?.card
    await clerk.gives('undo', { command: idOf('undone') })
    expect([added, changed, undone, (await one('ruth'))?.card]).toEqual([
      ruth,
      { ...ruth, ...change },
      ruth,
      { ...ruth, ...change },
    ])
  })

  it('are found by name, organisation, town, and the last digits of any of their phones', async () => {
    await add('ruth', ruth)
    await add('club', club)
    expect([
      await list(),
      await list('', 'person'),
      await list('', 'organisation'),
      await list('meier'),
      await list('musterwil'),
      await list('0141'),
      await list('044 555 01 41'),
      await list('40'),
      (await database().read((tx) => queries['person.find'](tx, { text: '5550141' }))).length,
    ]).toEqual([
      [2, 'Frauenverein', 'Ruth Meier'],
      [1, 'Ruth Meier'],
      [1, 'Frauenverein'],
      [2, 'Frauenverein', 'Ruth Meier'],
      [1, 'Ruth Meier'],
      [1, 'Ruth Meier'],
      [1, 'Ruth Meier'],
      [0],
      1,
    ])
  })

  it('refuse what cannot be a phone or an address, and the same person twice', async () => {
    await add('ruth', ruth)
    expect([
      refusal(await add('x', { ...ruth, phones: ['kein Telefon'] })),
      refusal(await add('x', { ...ruth, phones: ['12'] })),
      refusal(await add('x', { ...ruth, email: 'ruth' })),
      refusal(await add('ruth', ruth)),
      refusal(
        await clerk.gives('person.change', { person: idOf('ruth'), card: { phones: ['abc'] } }),
      ),
      refusal(await clerk.gives('person.change', { person: idOf('nobody'), card: {} })),
    ]).toEqual([
      { code: 'bad-phone' },
      { code: 'bad-phone' },
      { code: 'bad-email' },
      { code: 'exists', what: 'person', name: 'Ruth Meier' },
      { code: 'bad-phone' },
      { code: 'gone', what: 'person' },
    ])
  })

  it('are removed while nothing hangs on them, and come back whole', async () => {
    await add('ruth', ruth)
    await clerk.gives('person.remove', { person: idOf('ruth') }, idOf('removed'))
    const removed = await one('ruth')
    await clerk.gives('undo', { command: idOf('removed') })
    const back = (await one('ruth'))?.card
    await books('Jubiläum', '19:00', '22:00', 'ruth', ruth)
    const used = await clerk.gives('person.remove', { person: idOf('ruth') })
    expect([removed, back, refusal(used)]).toEqual([
      null,
      ruth,
      { code: 'in-use', what: 'person', name: 'Ruth Meier', by: [], count: 1 },
    ])
  })

  it('keep their other phones and their address when a booking says who is calling', async () => {
    await add('ruth', ruth)
    await books('Jubiläum', '19:00', '22:00', 'ruth', { ...ruth, phones: ['078 555 01 42'] })
    const card = (await one('ruth'))?.card
    expect([card?.phones, card?.town]).toEqual([['078 555 01 42', '044 555 01 41'], 'Musterwil'])
  })

  it('show their bookings with what became of them, and who may be the same', async () => {
    await add('ruth', ruth)
    await add('club', club)
    await books('Jubiläum', '19:00', '22:00', 'ruth', ruth)
    await books('Lesung', '10:00', '11:00', 'ruth', ruth)
    await clerk.gives('reservation.cancel', { token: idOf('booking Lesung'), reason: '' })
    const card = await one('ruth')
    expect([
      card?.bookings.map((row) => `${row.title} ${row.state} ${row.resourceName}`),
      card?.alike.map((row) => row.organisation),
      await database().read(async (tx) => {
        const { rows } = await queries['person.list'](tx, {
          text: 'ruth',
          kind: 'all',
          now: clerk.now,
          limit: 5,
        })
        return rows.map((row) => [row.bookings, row.next])
      }),
    ]).toEqual([
      ['Lesung cancelled aula', 'Jubiläum booked aula'],
      ['Frauenverein'],
      [[2, at('2027-06-12', '19:00')]],
    ])
  })

  it('become one: bookings, phones and notes go to the one who stays; and two again', async () => {
    await add('ruth', ruth)
    await add('club', club)
    await books('Jubiläum', '19:00', '22:00', 'ruth', ruth)
    await books('Lesung', '10:00', '11:00', 'club', club)
    const before = [await one('ruth'), await one('club')].map((each) => [
      each?.card,
      each?.bookings.map((row) => row.title),
    ])
    const call = { into: idOf('club'), from: idOf('ruth') }
    const merged = await clerk.gives('person.merge', call, idOf('merged'))
    const survivor = await one('club')
    const gone = [refusal(await clerk.gives('person.merge', call)), await list()]
    const found = await one('ruth')
    await clerk.gives('undo', { command: idOf('merged') }, idOf('undone'))
    const after = [await one('ruth'), await one('club')].map((each) => [
      each?.card,
      each?.bookings.map((row) => row.title),
    ])
    await clerk.gives('undo', { command: idOf('undone') })
    expect({
      merged: merged.status,
      card: survivor?.card,
      bookings: survivor?.bookings.map((row) => row.title),
      gone,
      found: found?.id,
      after,
      redone: (await one('club'))?.bookings.length,
      again: await clerk.gives('person.merge', call, idOf('merged')),
    }).toEqual({
      merged: 'accepted',
      card: {
        name: 'R. Meier',
        organisation: 'Frauenverein',
        phones: ['+41 79 555 01 40', '044 555 01 41'],
        email: 'verein@example.org',
        street: 'Dorfstrasse 3',
        postcode: '8999',
        town: 'Musterwil',
        language: 'fr-CH',
        note: 'zahlt halbjährlich\nruft abends an',
      },
      bookings: ['Lesung', 'Jubiläum'],
      gone: [{ code: 'gone', what: 'person' }, [1, 'Frauenverein']],
      found: idOf('club'),
      after: before,
      redone: 2,
      again: merged,
    })
  })

  it('who were merged are found by a draft begun before; what changed since stays when they part', async () => {
    await add('ruth', ruth)
    await add('club', club)
    await add('third', { ...blank, name: 'Dritte' })
    await clerk.gives('person.merge', { into: idOf('ruth'), from: idOf('third') })
    await clerk.gives('person.merge', { into: idOf('club'), from: idOf('ruth') }, idOf('merged'))
    await books('Aus dem Entwurf', '19:00', '22:00', 'third', { ...ruth, name: 'Dritte' })
    const club1 = await one('club')
    await clerk.gives('person.change', {
      person: idOf('club'),
      card: { email: 'neu@example.org', town: 'Musterwil' },
    })
    await clerk.gives('undo', { command: idOf('merged') })
    const club2 = await one('club')
    expect([
      club1?.bookings.map((row) => row.title),
      club1?.card.name,
      (await one('third'))?.id,
      club2?.card.email,
      club2?.card.phones,
      club2?.bookings.length,
      (await one('ruth'))?.bookings.length,
    ]).toEqual([
      ['Aus dem Entwurf'],
      'R. Meier',
      idOf('ruth'),
      'neu@example.org',
      club.phones,
      1,
      0,
    ])
  })
})
