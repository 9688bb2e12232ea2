import { beforeEach, expect, it } from 'vitest'
import { queries } from '../../core/queries/index.ts'
import { Clerk, idOf } from '../harness/authority.ts'
import { eachDatabase } from '../harness/databases.ts'

const summer = { from: '2027-07-19', until: '2027-08-21', name: 'Sommerferien' }
const fair = { from: '2027-08-02', until: '2027-08-02', name: 'Dorffest' }

eachDatabase('holidays', (database) => {
  let clerk: Clerk
  beforeEach(async () => {
    clerk = new Clerk(database())
    await clerk.founds()
  })
  const august = async () => {
    const rows = await database().read((tx) =>
      queries['holiday.range'](tx, { from: '2027-08-01', until: '2027-08-31', language: 'de-CH' }),
    )
    return rows.map((each) => `${each.kind} ${each.name}`)
  }

  it('come from the canton, the municipality and the schools, in the order of the days', async () => {
    const before = await august()
    await clerk.gives('holidays.change', { canton: 'ZH', own: [fair], school: [summer] })
    expect({ before, after: await august() }).toEqual({
      before: [],
      after: ['school Sommerferien', 'public Bundesfeiertag', 'own Dorffest'],
    })
  })

  it('a change leaves what it does not name, and undo brings back exactly what it changed', async () => {
    await clerk.gives('holidays.change', { canton: 'ZH', own: [fair] })
    const changed = await clerk.gives('holidays.change', { canton: null }, idOf('change'))
    const without = await august()
    await clerk.gives('undo', { command: idOf('change') })
    expect({ changed, without, back: await august() }).toEqual({
      changed: { status: 'accepted', result: { before: { canton: 'ZH' } } },
      without: ['own Dorffest'],
      back: ['public Bundesfeiertag', 'own Dorffest'],
    })
  })
})
