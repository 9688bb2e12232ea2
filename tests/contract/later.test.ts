import { sql } from 'kysely'
import { beforeEach, expect, it } from 'vitest'
import type { Tx } from '../../core/store/database.ts'
import { writeLater } from '../../core/store/later.ts'
import { ANSWER_LATER, statement } from '../../core/store/statement.ts'
import { eachDatabase } from '../harness/databases.ts'
import { sentDuring } from '../harness/sent.ts'

const put = statement(`${ANSWER_LATER} insert into trial.places values ($1::int)`)
const compose = (ids: readonly number[]) => ({
  sql: 'insert into trial.places select unnest($1::int[])',
  parameters: [ids],
})

eachDatabase('a write that nobody waits for', (database) => {
  beforeEach(async () => {
    const { kysely } = database()
    await sql`create schema if not exists trial`.execute(kysely)
    await sql`drop table if exists trial.places`.execute(kysely)
    await sql`create table trial.places (id int primary key)`.execute(kysely)
    await sql`insert into trial.places values (1)`.execute(kysely)
  })
  const places = async () => {
    const { rows } = await sql<{ id: number }>`select id from trial.places order by id`.execute(
      database().kysely,
    )
    return rows.map(({ id }) => id)
  }
  const count = async (tx: Tx) => {
    const { rows } = await sql<{ all: number }>`select count(*) as all from trial.places`.execute(
      tx,
    )
    return rows[0]?.all
  }

  it('is there for the next statement, and committed', async () => {
    const seen = await database().transact(async (tx) => {
      await put(tx, 2)
      await writeLater(tx, compose, 3)
      return count(tx)
    })
    expect([seen, await places()]).toEqual([3, [1, 2, 3]])
  })

  it('is committed where nothing else is sent', async () => {
    await database().transact((tx) => put(tx, 2))
    await database().transact((tx) => writeLater(tx, compose, 3))
    expect(await places()).toEqual([1, 2, 3])
  })

  it('is tried again like any other where COMMIT is the first to hear of its conflict', async () => {
    let tries = 0
    const twice = database().transact(async (tx) => {
      tries += 1
      await put(tx, 1)
    })
    await expect(twice).rejects.toMatchObject({ code: '23505' })
    expect([tries, await places()]).toEqual([2, [1]])
  })

  it('fails the statement that it travels with', async () => {
    const seen: unknown[] = []
    const failing = database().transact(async (tx) => {
      await put(tx, 1)
      await count(tx).catch((error) => {
        seen.push(error.code)
        throw error
      })
    })
    await expect(failing).rejects.toMatchObject({ code: '23505' })
    expect(seen).toEqual(['23505', '23505'])
  })

  it('is undone with its savepoint, sent or not', async () => {
    await database().transact(async (tx) => {
      await put(tx, 2)
      await sql`savepoint here`.execute(tx)
      await put(tx, 3)
      await count(tx)
      await put(tx, 1)
      await writeLater(tx, compose, 1)
      await sql`rollback to savepoint here`.execute(tx)
    })
    expect(await places()).toEqual([1, 2])
  })

  it('goes with what waits like it in one statement, and is taken back only while nothing was sent', async () => {
    const held: boolean[] = []
    const sent = await sentDuring(() =>
      database().transact(async (tx) => {
        const [one, other] = [await writeLater(tx, compose, 5), await writeLater(tx, compose, 6)]
        await writeLater(tx, compose, 7)
        held.push(one.isHeld(), other.isHeld())
        one.takeBack()
        held.push(one.isHeld(), other.isHeld())
        await count(tx)
        held.push(other.isHeld())
        const last = await writeLater(tx, compose, 8)
        await put(tx, 9)
        held.push(last.isHeld())
        last.takeBack()
      }),
    )
    expect([held, sent.length, await places()]).toEqual([
      [true, true, false, true, false, false],
      4,
      [1, 6, 7, 8, 9],
    ])
  })

  it('is left out where the work throws', async () => {
    const failing = database().transact(async (tx) => {
      await put(tx, 2)
      await writeLater(tx, compose, 3)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await places()).toEqual([1])
  })
})
