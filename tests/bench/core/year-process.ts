/** Asks for the year once, `year-process URL RESOURCE…`, and says in one line of JSON what that took in memory. */
import { openPostgres } from '../../../core/store/postgres.ts'
import { groundOn, yearByDay } from './ground.ts'

const [url = '', ...resources] = process.argv.slice(2)
const database = await openPostgres({ connectionString: url, connections: 1 })
const ground = await groundOn(database, url)
const used = () => process.memoryUsage.rss() / 1024 / 1024
const before = used()
await yearByDay(ground, resources)
const after = used()
process.stdout.write(JSON.stringify({ after, grown: after - before }))
await ground.bare.end()
await database.close()
