/**
 * Every pull is one snapshot of the server: while many write, the replica is held against the server table by table, in
 * the very snapshot that was read. And where the cursor is the naive one, the same comparison fails.
 */
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database, Tx } from '../../core/store/database.ts'
import { Exchangeable } from '../../core/store/exchange.ts'
import { postgresAt } from '../../core/store/postgres.ts'
import { Puller } from '../../core/sync/puller.ts'
import { breakServer } from '../chaos/broken.ts'
import { Dice } from '../chaos/dice.ts'
import { idOf } from '../harness/authority.ts'
import { serverKinds } from '../harness/databases.ts'
import { memoryShelf } from '../harness/memory-shelf.ts'
import { type SharedServer, sharedServer } from '../harness/shared-server.ts'

const WRITERS = 6
/** A machine on which so little happens is no place for this test. */
const LONGEST_MS = 60_000

interface Seen {
  /** Pulls that brought something. */
  changed: number
  diverged: number
  committed: number
  atRest: boolean
  rows: number
}

const TABLES = ['allmend.setting', 'allmend.person', 'allmend.person_phone'] as const

/** Small enough to be compared after every pull. */
async function rowsIn(tx: Tx): Promise<string> {
  const found: string[] = []
  for (const table of TABLES) {
    const { rows } = await sql<{ row: string }>`
      select to_jsonb(t)::text as row from ${sql.id(...table.split('.'))} t
    `.execute(tx)
    found.push(...rows.map(({ row }) => `${table} ${row}`).sort())
  }
  return found.join('\n')
}

const person = (dice: Dice) => `aaaaaaaa-0000-4000-8000-00000000000${dice.below(8)}`

/** One statement of a writer. What it violates or cannot serialize rolls its transaction back, which is welcome. */
function writing(dice: Dice): string {
  const key = `k${dice.below(12)}`
  const id = person(dice)
  switch (dice.below(6)) {
    case 0:
      return `insert into allmend.setting values ('${key}', '${dice.below(100)}')
              on conflict (key) do update set value = excluded.value`
    case 1:
      return `delete from allmend.setting where key = '${key}'`
    case 2:
      return `update allmend.setting set key = 'k${dice.below(12)}' where key = '${key}'
              and not exists (select from allmend.setting where key like '${key}_')`
    case 3:
      return `insert into allmend.person (id, name, organisation, phone, phone_digits, email)
              values ('${id}', 'Name ${dice.below(100)}', '', '', '', '')
              on conflict (id) do update set name = excluded.name`
    case 4:
      return `insert into allmend.person_phone values ('${id}', ${dice.below(3)}, '1', '1')`
    default:
      return `delete from allmend.person where id = '${id}'`
  }
}

async function writeUntil(over: () => boolean, url: string, seed: number): Promise<number> {
  const dice = new Dice(seed)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  let committed = 0
  const level = dice.one(['read committed', 'repeatable read', 'serializable'])
  while (!over()) {
    try {
      await client.query(`begin isolation level ${level}`)
      for (let left = 1 + dice.below(3); left > 0; left--) {
        if (dice.next() < 0.3) await client.query('savepoint inside')
        await client.query(writing(dice))
      }
      await new Promise((resolve) => setTimeout(resolve, dice.below(12)))
      const ends = dice.next() < 0.1 ? 'rollback' : 'commit'
      await client.query(ends)
      if (ends === 'commit') committed += 1
    } catch {
      await client.query('rollback')
    }
  }
  await client.end()
  return committed
}

describe.each(serverKinds.map((kind) => [kind.name, kind] as const))(
  'a replica of %s',
  (_name, kind) => {
    let server: SharedServer
    beforeAll(async () => {
      server = await sharedServer(kind)
    })
    afterAll(() => server.drop())

    /** Pulls while others write; counts the snapshots that are not what the server was in that very moment. */
    async function compared(enough: (seen: Seen) => boolean, seed: number): Promise<Seen> {
      const replica = await Exchangeable.open(memoryShelf(), (error) => {
        throw error
      })
      const reader = postgresAt({ connectionString: server.deskUrl, connections: 1 })
      let truth = ''
      const watched: Database = {
        ...reader,
        read: (work, options) =>
          reader.read(async (tx) => {
            const result = await work(tx)
            truth = await rowsIn(tx)
            return result
          }, options),
      }
      const desk = { id: idOf('desk'), label: 'Schalter' }
      const puller = await Puller.open({ server: watched, replica, desk })
      let over = false
      const writers = Array.from({ length: WRITERS }, (_, index) =>
        writeUntil(() => over, server.url, seed + index),
      )
      const look = async () => {
        const { tables } = await puller.pull()
        const same = (await replica.read(rowsIn)) === truth
        if (tables.length > 0) seen.changed += 1
        if (!same) seen.diverged += 1
        return same
      }
      const seen: Seen = { changed: 0, diverged: 0, committed: 0, atRest: false, rows: 0 }
      const until = performance.now() + LONGEST_MS
      while (!enough(seen) && performance.now() < until) await look()
      over = true
      for (const committed of await Promise.all(writers)) seen.committed += committed
      seen.atRest = await look()
      seen.rows = truth.split('\n').length
      await reader.close()
      await replica.close()
      return seen
    }

    it('is in every snapshot exactly what the server was', async () => {
      const seen = await compared(({ changed }) => changed >= 40, 20270607)
      expect(seen).toMatchObject({ diverged: 0, atRest: true })
      expect(seen.changed).toBeGreaterThanOrEqual(40)
      expect(seen.committed).toBeGreaterThan(20)
      expect(seen.rows).toBeGreaterThan(5)
    })

    it('is not, where the cursor forgets what was under way', async () => {
      await breakServer(server.url, 'naive-cursor')
      const seen = await compared(({ diverged }) => diverged > 0, 20270607)
      expect(seen.diverged).toBeGreaterThan(0)
    })
  },
)
