/**
 * Search, as the core answers it: 20,000 bookings of 4,000 people on the embedded database, rows as the commands
 * write them. Medians of words that find thousands, a few and nothing.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { migrateToLatest } from '../../core/store/migrate.ts'
import { openPglite } from '../../core/store/pglite.ts'
import { search } from '../../core/store/search.ts'
import { type Measured, median } from './measured.ts'

const BOOKINGS = 20_000
const PEOPLE = 4_000
const TIMES = 15
const TYPED = ['tr', 'turn', 'meier 17', '14711', '079 555 0', 'nirgends']

export async function measureSearch(report: (row: Measured) => void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'allmend-search-'))
  const database = await openPglite({ folder: join(folder, 'database') })
  try {
    await migrateToLatest(database)
    await database.transact(async (tx) => {
      await sql`
        insert into allmend.person (id, name, organisation, phone, phone_digits, email)
        select md5('p' || n)::uuid, 'Ruth Meier ' || n, case when n % 3 = 0 then 'Turnverein ' || n else '' end,
               '079 555 ' || lpad(n::text, 4, '0'), '4179555' || lpad(n::text, 4, '0'), ''
          from generate_series(1, ${PEOPLE}::int) n`.execute(tx)
      await sql`
        insert into allmend.booking
          (token, number, title, public_title, note, persons, person, dates, created_at, created_by)
        select md5('b' || n)::uuid, 1000 + n,
               (array['Training', 'Probe', 'Turnstunde', 'Jubiläum', 'Kurs'])[1 + n % 5], '', '', 20,
               md5('p' || (1 + n % ${PEOPLE}::int))::uuid,
               jsonb_build_array(jsonb_build_object('resource', md5('h' || n % 60), 'start',
                 1800000000000 + n * 3600000::int8, 'end', 1800003600000 + n * 3600000::int8, 'places', 1)),
               0, ''
          from generate_series(1, ${BOOKINGS}::int) n`.execute(tx)
    })
    await sql`analyze`.execute(database.kysely)
    for (const text of TYPED) {
      const took: number[] = []
      for (let run = 0; run < TIMES; run++) {
        const began = performance.now()
        await database.read((tx) => search(tx, text, 1_830_000_000_000, 6))
        took.push(performance.now() - began)
      }
      report({
        name: `search for «${text}» in 20,000 bookings`,
        value: median(took),
        unit: 'ms',
        goal: 50,
      })
    }
  } finally {
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
}
