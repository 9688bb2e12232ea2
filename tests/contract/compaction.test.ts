/** What of the feed may go: what every desk has seen that was here lately, and not at once. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../core/store/database.ts'
import { openPostgres } from '../../core/store/postgres.ts'
import { compactFeed } from '../../core/store/shared/compaction.ts'
import { serverKinds } from '../harness/databases.ts'
import { ask, type SharedServer, sharedServer } from '../harness/shared-server.ts'

describe.each(serverKinds.map((kind) => [kind.name, kind] as const))(
  'the feed of %s',
  (_name, kind) => {
    let server: SharedServer
    let desk: Database
    const hourLater = () =>
      ask(server.url, `update sync.compaction set compacted_at = now() - interval '61 minutes'`)
    /** A snapshot knows what is under way in the whole cluster, where other tests write: in a moment when nobody does. */
    const desks = async (label: string, seen: string) => {
      for (;;) {
        const there = await ask(
          server.url,
          `insert into sync.desk (id, label, last_cursor, last_seen, client_version)
           select gen_random_uuid(), $1, now_seen, now() - $2::interval, 1
             from pg_current_snapshot() now_seen
            where pg_snapshot_xmin(now_seen) = pg_snapshot_xmax(now_seen)
           returning id`,
          [label, seen],
        )
        if (there.length > 0) return
      }
    }
    const write = (key: string) =>
      ask(server.url, `insert into allmend.setting values ('${key}', '1')`)
    const kept = async () =>
      (await ask<{ pk: string }>(server.url, 'select pk from sync.change order by xid, seq')).map(
        ({ pk }) => pk,
      )
    const compact = async () => {
      await hourLater()
      return compactFeed(desk)
    }

    beforeAll(async () => {
      server = await sharedServer(kind)
      // With the plain role of a desk.
      desk = await openPostgres({ connectionString: server.deskUrl, connections: 1 })
    })
    beforeEach(async () => {
      await ask(
        server.url,
        `delete from sync.desk; delete from allmend.setting; delete from sync.change;
       update sync.compaction set compacted_below = '0', compactable_below = '0'`,
      )
    })
    afterAll(async () => {
      await desk.close()
      await server.drop()
    })

    it('lets go what every desk has seen, an hour after it was first not needed', async () => {
      await write('a')
      await desks('Schalter 1', '1 minute')
      await write('b')
      await desks('Schalter 2', '1 minute')
      const first = await compact()
      const again = await compactFeed(desk)
      const second = await compact()
      expect([first, again, second, await kept()]).toEqual([0, 0, 1, ['b']])
    })

    it('waits for a desk that was on holiday, and not for one that is gone', async () => {
      await desks('Archiv', '46 days')
      await write('a')
      await desks('Ferien', '44 days')
      await write('b')
      await desks('Schalter 1', '1 minute')
      await write('c')
      await compact()
      expect([await compact(), await kept()]).toEqual([1, ['b', 'c']])
    })

    it('lets nothing go that a transaction under way may still add to', async () => {
      await desks('Schalter 1', '1 minute')
      const slow = await openPostgres({ connectionString: server.url, connections: 1 })
      let end = () => {}
      const wait = new Promise<void>((resolve) => {
        end = resolve
      })
      let began = () => {}
      const started = new Promise<void>((resolve) => {
        began = resolve
      })
      const writing = slow.transact(async (tx) => {
        await tx
          .insertInto('allmend.setting')
          .values({ key: 'slow', value: '1' as never })
          .execute()
        began()
        await wait
      })
      await started
      await write('quick')
      await ask(server.url, `update sync.desk set last_cursor = pg_current_snapshot()`)
      await compact()
      await compact()
      const during = await kept()
      end()
      await writing
      await slow.close()
      expect([during, await kept()]).toEqual([['quick'], ['slow', 'quick']])
    })
  },
)
