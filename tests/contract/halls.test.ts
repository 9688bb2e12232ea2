/** A hall and what is said of it: changed, removed and brought back by undo exactly as it was, on every database. */
import { beforeEach, expect, it } from 'vitest'
import { queries } from '../../core/queries/index.ts'
import { Clerk, hall, idOf, ZONE } from '../harness/authority.ts'
import { eachDatabase } from '../harness/databases.ts'

eachDatabase('a hall', (database) => {
  let clerk: Clerk
  beforeEach(async () => {
    clerk = new Clerk(database())
    await clerk.gives('municipality.found', { name: 'Musterwil', zone: ZONE, context: 'allmend' })
  })
  const facts = async () => {
    const rows = await database().read((tx) => queries['resource.all'](tx, {}))
    return rows.map(({ name, aliases, step }) => ({ name, aliases, step }))
  }

  it('has other names and a usual step, or neither; a change names only what it changes', async () => {
    await clerk.addHall('aula')
    const plain = await facts()
    const aliases = ['Singsaal', 'Aula alt']
    await clerk.gives('resource.change', { resource: hall('aula'), facts: { aliases, step: 15 } })
    const said = await facts()
    await clerk.gives(
      'resource.change',
      { resource: hall('aula'), facts: { name: 'Festsaal' } },
      idOf('renaming'),
    )
    const renamed = await facts()
    await clerk.gives('undo', { command: idOf('renaming') })
    expect({ plain, said, renamed, back: await facts() }).toEqual({
      plain: [{ name: 'aula', aliases: [], step: null }],
      said: [{ name: 'aula', aliases, step: 15 }],
      renamed: [{ name: 'Festsaal', aliases, step: 15 }],
      back: [{ name: 'aula', aliases, step: 15 }],
    })
  })

  it('that was removed comes back with all of it', async () => {
    await clerk.addHall('aula', { aliases: ['Singsaal'], step: 60, features: ['Flügel'] })
    await clerk.gives('resource.remove', { resource: hall('aula') }, idOf('removal'))
    const gone = await facts()
    await clerk.gives('undo', { command: idOf('removal') })
    expect({ gone, back: await facts() }).toEqual({
      gone: [],
      back: [{ name: 'aula', aliases: ['Singsaal'], step: 60 }],
    })
  })
})
