import { setTimeout as pause } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import { beforeEach, expect, it } from 'vitest'
import { Busy, type Tx } from '../../core/store/database.ts'
import { eachDatabase } from '../harness/databases.ts'

const isolation = sql<{ transaction_isolation: string }>`show transaction_isolation`
const one = async <T>(tx: Tx, query: RawBuilder<T>) => (await query.execute(tx)).rows[0]

eachDatabase('a transaction', (database) => {
  beforeEach(async () => {
    await sql`create schema if not exists trial`.execute(database().kysely)
    await sql`drop table if exists trial.places`.execute(database().kysely)
    await sql`create table trial.places (id int primary key, free int not null)`.execute(
      database().kysely,
    )
    await sql`insert into trial.places values (1, 1), (2, 1)`.execute(database().kysely)
  })
  const places = async () =>
    (await sql`select id, free from trial.places order by id`.execute(database().kysely)).rows

  it('is serializable, and a read sees one snapshot that it cannot change', async () => {
    expect({
      transact: await database().transact((tx) => one(tx, isolation)),
      read: await database().read((tx) => one(tx, isolation)),
    }).toEqual({
      transact: { transaction_isolation: 'serializable' },
      read: { transaction_isolation: 'repeatable read' },
    })
    const write = database().read((tx) => sql`delete from trial.places`.execute(tx))
    await expect(write).rejects.toMatchObject({ code: '25006' })
  })

  it('leaves nothing behind when its work throws', async () => {
    const failing = database().transact(async (tx) => {
      await sql`delete from trial.places`.execute(tx)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await places()).toEqual([
      { id: 1, free: 1 },
      { id: 2, free: 1 },
    ])
  })

  it('goes on after a statement that failed', async () => {
    const failing = database().transact((tx) => sql`select 1 / ${0}::int`.execute(tx))
    await expect(failing).rejects.toMatchObject({ code: '22012' })
    const again = database().transact((tx) => one(tx, sql`select ${1}::int as one`))
    expect(await again).toEqual({ one: 1 })
  })

  it('undoes a savepoint alone', async () => {
    await database().transact(async (tx) => {
      await sql`savepoint here`.execute(tx)
      await sql`delete from trial.places`.execute(tx)
      await sql`rollback to savepoint here`.execute(tx)
      await sql`update trial.places set free = 5 where id = 1`.execute(tx)
    })
    expect(await places()).toEqual([
      { id: 1, free: 5 },
      { id: 2, free: 1 },
    ])
  })

  it('costs nothing while it is empty', async () => {
    expect(await database().transact(async () => 'done')).toBe('done')
  })

  it('may be asked for many times at once, and each one finishes', async () => {
    const wanted = Array.from({ length: 40 }, (_, turn) => turn)
    await Promise.all(
      wanted.map(() =>
        database().transact(
          (tx) => sql`update trial.places set free = free + 1 where id = 1`.execute(tx),
          { tries: 1000 },
        ),
      ),
    )
    expect(await places()).toEqual([
      { id: 1, free: 41 },
      { id: 2, free: 1 },
    ])
  })

  it('refuses a query beside it, which would wait for itself', async () => {
    const beside = database().transact(async (tx) => {
      await sql`select 1`.execute(tx)
      await sql`select 2`.execute(database().kysely)
    })
    await expect(beside).rejects.toThrow('beside its own transaction')
    expect(await places()).toHaveLength(2)
  })

  it('tries a unique violation once more, and then lets it through', async () => {
    let tries = 0
    const twice = database().transact(async (tx) => {
      tries += 1
      await sql`insert into trial.places values (1, 0)`.execute(tx)
    })
    await expect(twice).rejects.toMatchObject({ code: '23505' })
    expect(tries).toBe(2)
  })

  it('loses a race for a slot as often as it has tries, and is busy then', async () => {
    const { kysely } = database()
    await sql`drop table if exists trial.slots`.execute(kysely)
    await sql`create table trial.slots (id int constraint reserved_slots_pkey primary key)`.execute(
      kysely,
    )
    await sql`insert into trial.slots values (1)`.execute(kysely)
    const race = async (until: number) => {
      let tries = 0
      const answer = await database()
        .transact(
          async (tx) => {
            tries += 1
            if (tries <= until) await sql`insert into trial.slots values (1)`.execute(tx)
            return 'taken by somebody'
          },
          { tries: 4 },
        )
        .catch((error: Error) => error.name)
      return [answer, tries]
    }
    expect([await race(3), await race(9)]).toEqual([
      ['taken by somebody', 4],
      ['Busy', 4],
    ])
  })

  it('lets the rule speak where the first try met only the index', async () => {
    let tries = 0
    const answer = await database().transact(async (tx) => {
      tries += 1
      if (tries === 1) await sql`insert into trial.places values (1, 0)`.execute(tx)
      return 'taken by somebody'
    })
    expect({ answer, tries }).toEqual({ answer: 'taken by somebody', tries: 2 })
  })

  it('gives up as busy after as many tries as it was given', async () => {
    let tries = 0
    const losing = database().transact(
      async (tx) => {
        tries += 1
        await sql`do $$ begin raise exception 'lost' using errcode = 'serialization_failure'; end $$`.execute(
          tx,
        )
      },
      { tries: 3 },
    )
    await expect(losing).rejects.toBeInstanceOf(Busy)
    expect(tries).toBe(3)
  })

  it('tries a deadlock again', async () => {
    let tries = 0
    const answer = await database().transact(async (tx) => {
      tries += 1
      if (tries < 3) {
        await sql`do $$ begin raise exception 'dead' using errcode = 'deadlock_detected'; end $$`.execute(
          tx,
        )
      }
      return tries
    })
    expect(answer).toBe(3)
  })

  it('refuses write skew: two that each look at the other place never take both', async () => {
    /** Takes one place only if the other is still free. Both alone are right; both together are not. */
    const take = (mine: number, other: number) =>
      database().transact(async (tx) => {
        const seen = await one(
          tx,
          sql<{ free: number }>`select free from trial.places where id = ${other}`,
        )
        await pause(30)
        if (seen?.free !== 1) return 'refused'
        await sql`update trial.places set free = 0 where id = ${mine}`.execute(tx)
        return 'taken'
      })
    expect((await Promise.all([take(1, 2), take(2, 1)])).sort()).toEqual(['refused', 'taken'])
    const free = (await places()) as { free: number }[]
    expect(free.reduce((sum, place) => sum + place.free, 0)).toBe(1)
  })

  it('counts affected rows alike', async () => {
    const counts = await database().transact(async (tx) => {
      const updated = await sql`update trial.places set free = 2`.execute(tx)
      const deleted = await sql`delete from trial.places where id = ${1}`.execute(tx)
      return [updated.numAffectedRows, deleted.numAffectedRows]
    })
    expect(counts).toEqual([2n, 1n])
  })

  it('prepares a statement that is used again, also after the tables have changed', async () => {
    const all = () => sql`select * from trial.places where id >= ${1}::int order by id`
    const read = async () => (await all().execute(database().kysely)).rows
    await read()
    await read()
    await read()
    await sql`alter table trial.places alter column free type bigint`.execute(database().kysely)
    expect(await read()).toEqual([
      { id: 1, free: 1 },
      { id: 2, free: 1 },
    ])
    const inside = () => database().transact(async (tx) => (await all().execute(tx)).rows.length)
    await inside()
    await inside()
    await sql`alter table trial.places add column more text`.execute(database().kysely)
    expect(await inside()).toBe(2)
  })
})
