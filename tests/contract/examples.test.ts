import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { examples } from '../examples/examples.ts'
import { eachDatabase } from '../harness/databases.ts'

const STORIES: Readonly<Record<string, readonly string[]>> = {
  'meeting-rooms': [
    'Two rooms are open from Monday to Friday, 08:00 to 18:00.',
    'Anna has the Eiger on Monday, 09:00 to 10:30.',
    'Beat wants it at 10:00: 0 places free, 2 quarters of it are taken.',
    'Beat takes the Jungfrau.',
    'Anna needs it only 09:00-10:00.',
    'Eiger: 90 % of Monday is free.',
    'Jungfrau: 90 % of Monday is free.',
    'Anna cancels; the Eiger is 100 % free.',
  ],
  nursery: [
    'The sparrows have 2 places on four Monday mornings.',
    '3 families wait.',
    'Brunner gets a place on 4 Mondays; a letter goes to brunner@example.ch.',
    'Caduff gets a place on 4 Mondays; a letter goes to caduff@example.ch.',
    'Aebi stays on the waiting list: 0 places are left.',
    'Brunner moves away.',
    'Aebi gets a place on 4 Mondays; a letter goes to aebi@example.ch.',
    'A third place is opened; free on the Mondays: 1, 1, 1, 1.',
  ],
  'community-hall': [
    'Hall and bar are open for three days; on Monday morning the floor is polished.',
    'No quiz in the bar on Saturday evening: the hall is taken.',
    'Public calendar of the hall:',
    '  2027-05-01 open 08:00-23:00',
    '    19:00-22:00 Spring concert',
    '  2027-05-02 open 08:00-23:00',
    '  2027-05-03 open 08:00-23:00',
    '    08:00-12:00 closed: Floor',
  ],
}

/** As `npm run example -- NAME` runs it. */
function run(name: string): Promise<{ code: number; out: string; err: string }> {
  const script = fileURLToPath(new URL('../examples/run.ts', import.meta.url))
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', script, name],
      (_error, out, err) => resolve({ code: child.exitCode ?? -1, out, err }),
    )
  })
}

eachDatabase('the example', (database) => {
  it.each([...examples])('%s tells its story', async (name, example) => {
    const lines: string[] = []
    await example(database(), (line) => lines.push(line))
    expect(lines).toEqual(STORIES[name])
  })
})

it('an example on the command line brings its own database', async () => {
  const story = `${STORIES['meeting-rooms']?.join('\n')}\n`
  expect(await run('meeting-rooms')).toEqual({ code: 0, out: story, err: '' })
})

it('an unknown example is named with those that there are', async () => {
  const sentence = 'There is no example "nope"; there are meeting-rooms, nursery, community-hall.\n'
  expect(await run('nope')).toEqual({ code: 2, out: '', err: sentence })
})
