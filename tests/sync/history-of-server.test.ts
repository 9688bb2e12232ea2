/**
 * A cursor means something in one history only. Where a server was set back, in whatever way, a desk reads everything
 * anew; where nothing of that kind happened, it never does.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { serverTrouble } from '../../core/store/server-trouble.ts'
import { compactFeed } from '../../core/store/shared/compaction.ts'
import type { Position } from '../../core/store/shared/moment.ts'
import { serverKinds } from '../harness/databases.ts'
import { type Follower, followerOf, rowsOf } from '../harness/puller.ts'
import { ask, type SharedServer, sharedServer } from '../harness/shared-server.ts'

describe.each(serverKinds.map((kind) => [kind.name, kind] as const))(
  'a desk on %s',
  (_name, kind) => {
    let server: SharedServer
    let desk: Follower
    let settings = 0
    const write = () =>
      ask(server.url, `insert into allmend.setting values ('key ${++settings}', '1')`)
    const same = async () =>
      expect(await rowsOf(desk.replica)).toEqual(
        await rowsOf(server.database, desk.puller.position()?.window),
      )

    beforeAll(async () => {
      server = await sharedServer(kind)
      desk = await followerOf(server)
    })
    /** It follows, has seen a change and has reported. */
    beforeEach(async () => {
      await write()
      await desk.puller.pull()
      await desk.puller.report()
    })
    afterAll(async () => {
      await desk.close()
      await server.drop()
    })

    it('goes on where it stopped while nothing was set back', async () => {
      await write()
      await desk.puller.pull()
      await desk.again()
      await write()
      const pulled = await desk.puller.pull()
      expect([pulled.anew, pulled.tables]).toEqual([
        false,
        [{ table: 'allmend.setting', keys: [`key ${settings}`] }],
      ])
      await same()
    })

    const change = (part: Partial<Position>) => (position: Position) => ({ ...position, ...part })
    it.each<[string, () => Promise<unknown>]>([
      [
        'the epoch is another',
        () => ask(server.url, 'update sync.epoch set id = gen_random_uuid()'),
      ],
      [
        'the tables are newer',
        () => ask(server.url, 'update sync.epoch set schema_version = schema_version + 1'),
      ],
      [
        'the server is behind what the desk has seen',
        () => desk.again(change({ cursor: '99999999990:99999999999:' })),
      ],
      [
        'a change that the desk has seen is not there any more',
        async () => {
          await write()
          await desk.puller.pull()
          // What the next writer would get after a restore: the same numbers, at another time.
          await ask(
            server.url,
            `update sync.change set at = at + interval '1 microsecond'
              where (xid, seq) = (select xid, seq from sync.change order by xid desc, seq desc limit 1)`,
          )
        },
      ],
      [
        'the server has forgotten what the desk reported',
        () => ask(server.url, `update sync.desk set last_cursor = '3:3:'`),
      ],
      [
        'the changes since were compacted',
        async () => {
          const before = desk.puller.position() as Position
          await write()
          // As long as other tests have transactions under way on this cluster, nothing goes.
          for (let isGone = false; !isGone; ) {
            await desk.puller.pull()
            await desk.puller.report()
            await ask(server.url, `update sync.compaction set compacted_at = '-infinity'`)
            await compactFeed(server.database)
            const [row] = await ask<{ gone: boolean }>(
              server.url,
              'select compacted_below > pg_snapshot_xmin($1::pg_snapshot) as gone from sync.compaction',
              [before.cursor],
            )
            isGone = row?.gone === true
          }
          await desk.again(() => before)
        },
      ],
    ])('reads everything anew where %s', async (_what, happens) => {
      await happens()
      const { anew } = await desk.puller.pull()
      await desk.puller.report()
      expect([anew, (await desk.puller.pull()).anew]).toEqual([true, false])
      await same()
    })

    it('says of the feed of an earlier program that the server has to be prepared, and goes on when it is', async () => {
      await write()
      await ask(
        server.url,
        `alter function sync.changes_since(pg_snapshot, xid8, bigint) rename to changes_before`,
      )
      const failed = await desk.puller.pull().catch(serverTrouble)
      await ask(
        server.url,
        `alter function sync.changes_before(pg_snapshot, xid8, bigint) rename to changes_since`,
      )
      expect(failed).toMatchObject({ code: 'not-prepared' })
      expect((await desk.puller.pull()).anew).toBe(false)
      await same()
    })

    it('shows what it had until everything is there, and goes back to it if it never comes', async () => {
      const shown = async () => (await rowsOf(desk.replica))['allmend.setting']?.length
      const before = await shown()
      await ask(
        server.url,
        `set session_replication_role = replica;
         insert into allmend.setting values ('unseen', '1'); update sync.epoch set id = gen_random_uuid();
         alter table sync.receipt rename to away`,
      )
      const failed = await desk.puller.pull().catch((error: { code: string }) => error.code)
      const [after, position] = [await shown(), desk.puller.position()]
      await ask(server.url, 'alter table sync.away rename to receipt')
      const pulling = desk.puller.pull()
      const seen = new Set([await shown()])
      const { anew } = await pulling
      expect({ failed, after, anew, seen, at: position === null }).toEqual({
        failed: '42P01',
        after: before,
        anew: true,
        seen: new Set([before]),
        at: false,
      })
      expect(await shown()).toBe((before ?? 0) + 1)
      await same()
    })
  },
)
