/**
 * `npm run example -- NAME`: tells one of the three stories on an empty database in memory, which is gone when the
 * story ends. An unknown name gets a sentence and exit code 2.
 */
import { migrateToLatest } from '../../core/store/migrate.ts'
import { openPglite } from '../../core/store/pglite.ts'
import { examples } from './examples.ts'

const name = process.argv[2] ?? ''
const example = examples.get(name)
if (example) {
  const database = await openPglite()
  try {
    await migrateToLatest(database)
    await example(database, (line) => console.log(line))
  } finally {
    await database.close()
  }
} else {
  const known = [...examples.keys()].join(', ')
  console.error(`There is no example "${name}"; there are ${known}.`)
  process.exitCode = 2
}
