/** Another database in the place of one that is being read: whole, at once, or not at all. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../core/store/database.ts'
import { Exchangeable } from '../../core/store/exchange.ts'
import { replicaShelf } from '../../core/store/replica-shelf.ts'
import { preparedForTests } from '../harness/kinds.ts'

const put = (database: Database, value: number) =>
  sql`insert into allmend.setting values ('mark', ${value}::int::text::jsonb)
      on conflict (key) do update set value = excluded.value`.execute(database.kysely)
const mark = async (database: Database) =>
  (
    await database.read((tx) =>
      sql<{ value: number }>`select value from allmend.setting`.execute(tx),
    )
  ).rows[0]?.value

describe('a replica in its folder', () => {
  let folder: string
  let prepared: string
  beforeAll(async () => {
    prepared = await preparedForTests()
    folder = await mkdtemp(join(tmpdir(), 'allmend-exchange-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))
  const complaints: unknown[] = []
  const open = () =>
    Exchangeable.open(replicaShelf({ folder, prepared }), (error) => complaints.push(error))

  it('is read as it was while another one is filled, and as the other one from then on', async () => {
    const replica = await open()
    await put(replica, 1)
    const during: unknown[] = []
    await replica.exchange(async (other) => {
      await put(other, 2)
      during.push(await mark(replica))
    })
    const after = await mark(replica)
    await replica.close()
    const again = await open()
    const later = await mark(again)
    await again.close()
    expect({ during, after, later, folders: await readdir(folder) }).toEqual({
      during: [1],
      after: 2,
      later: 2,
      folders: ['2', 'current'],
    })
  })

  it('lets a reading end that began before', async () => {
    const replica = await open()
    let go = () => {}
    const waiting = new Promise<void>((resolve) => {
      go = resolve
    })
    const reading = replica.read(async (tx) => {
      await waiting
      return (await sql<{ value: number }>`select value from allmend.setting`.execute(tx)).rows[0]
    })
    await replica.exchange((other) => put(other, 3))
    const meanwhile = await mark(replica)
    go()
    expect([meanwhile, await reading]).toEqual([3, { value: 2 }])
    await replica.close()
  })

  it('stays what it was where the other one cannot be filled, or a crash comes before its time', async () => {
    const replica = await open()
    const failing = replica.exchange(async (other) => {
      await put(other, 4)
      throw new Error('the line is cut')
    })
    await expect(failing).rejects.toThrow('the line is cut')
    const before = await mark(replica)
    await replica.close()
    await writeFile(join(folder, 'current.new'), '9')
    const again = await open()
    expect([before, await mark(again), await readdir(folder)]).toEqual([3, 3, ['3', 'current']])
    await again.close()
  })

  it('is only a copy: one that cannot be opened gives its place to an empty one', async () => {
    await rm(join(folder, '3', 'global'), { recursive: true })
    const replica = await open()
    expect([await mark(replica), complaints.length, await readdir(folder)]).toEqual([
      undefined,
      1,
      ['4', 'current'],
    ])
    await replica.close()
  })
})
