/**
 * A desk that books until it is killed: `tsx booking-desk.ts FOLDER PREPARED`. Prints a line for each confirmed booking, so
 * that the test knows what the clerk was told before the process died.
 */
import { createCore } from '../../core/core.ts'
import { hall, idOf } from './authority.ts'
import { testPorts } from './ports.ts'

const [, , folder = '', prepared = ''] = process.argv
const core = createCore(testPorts(), {
  dataFolder: folder,
  preparedImage: prepared,
  actor: () => 'Frau Egli',
})
await core.opened
const first = Date.parse('2030-01-01T08:00:00Z')
for (let index = 0; index < 500; index++) {
  const start = first + index * 86_400_000
  const token = idOf(`booking ${index}`)
  const result = await core.dispatch({
    id: idOf(`command ${index}`),
    name: 'reservation.book',
    args: {
      token,
      resource: hall('aula'),
      during: { start, end: start + 3_600_000 },
      places: 1,
      title: `Nummer ${index}`,
      publicTitle: '',
      note: '',
      persons: null,
      person: { id: idOf('person'), name: 'Ruth Meier', organisation: '', phone: '', email: '' },
    },
  })
  if (result.status === 'accepted') {
    process.stdout.write(`${token} ${(result.result as { number: number }).number}\n`)
  }
}
