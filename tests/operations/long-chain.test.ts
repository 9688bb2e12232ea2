/**
 * A chain of ten thousand moves of one chair, to and fro: reverted, the ways back cancelled, and obliviated,
 * without recursion and with the very statements of a chain of ten. Statements are counted, never time.
 */
import { expect, it } from 'vitest'
import { create } from '../../core/operations/create.ts'
import { kindNamed } from '../../core/operations/kinds/list.ts'
import type { Ledger } from '../../core/operations/ledger.ts'
import { cancel, followers, obliviate, planRevert } from '../../core/operations/operations.ts'
import type { Database } from '../../core/store/database.ts'
import type { Operation } from '../../core/store/operations-model.ts'
import { eachDatabase } from '../harness/databases.ts'
import { drafting, furnish, idFor, NOW, statementsOf } from './house.ts'

const SHORT = 10
const LONG = 10_000
/** Sixty thousand rows are written and removed again, on a machine that may have more to do. */
const WITHIN_MS = 240_000

/** An arrival and the moves after it, each taking what the one before left. */
function chain(ledger: Ledger, moves: number): Operation {
  const store = idFor('store')
  const first = create(ledger, kindNamed('arrival'), {
    state: 'done',
    dtExecution: NOW,
    itemType: idFor('chair'),
    place: store,
  })
  let last = first
  for (let index = 1; index <= moves; index++) {
    last = create(ledger, kindNamed('move'), {
      state: 'done',
      dtExecution: NOW + index,
      inputs: ledger.outcomesOf(last),
      place: index % 2 === 1 ? idFor('hall') : store,
    })
  }
  return first
}

/** How many operations, avatars and history inputs there are. */
function rowsOf(database: Database): Promise<number[]> {
  return database.read(async (tx) => {
    const count = async (table: 'operation' | 'avatar' | 'history_input') => {
      const { rows } = await tx
        .selectFrom(`allmend.${table}`)
        .select((from) => from.fn.countAll<number>().as('rows'))
        .executeTakeFirstOrThrow()
      return Number(rows)
    }
    return [await count('operation'), await count('avatar'), await count('history_input')]
  })
}

/** What each of the three verbs costs, and what is there after it. */
async function undo(database: Database, moves: number) {
  const arrival = await drafting(database, (ledger) => chain(ledger, moves))
  const [move] = await database.read((tx) => followers(tx, arrival.id))
  if (!move) throw new Error('a chain without a move')
  let back: readonly Operation[] = []
  let goal: string | null = null
  const reverting = await statementsOf(database, async (work) => {
    const { reversal, startWith } = await planRevert(work, move.id, NOW + moves + 1)
    goal = reversal.place
    back = startWith
  })
  const reverted = await rowsOf(database)
  const starts = back.map((one) => one.id)
  const cancelling = await statementsOf(database, (work) => cancel(work, starts))
  const cancelled = await rowsOf(database)
  const obliviating = await statementsOf(database, (work) => obliviate(work, [move.id]))
  const obliviated = await rowsOf(database)
  return {
    statements: { reverting, cancelling, obliviating },
    goal,
    starts: starts.length,
    rows: { reverted, cancelled, obliviated },
  }
}

eachDatabase('a chain of ten thousand', (database) => {
  it(
    'is reverted, cancelled and obliviated with the statements of a chain of ten',
    async () => {
      await database().transact(furnish)
      const { statements, ...short } = await undo(database(), SHORT)
      const left = short.rows.obliviated
      const long = await undo(database(), LONG)
      expect([left, long]).toEqual([
        [1, 1, 0],
        {
          statements,
          goal: idFor('store'),
          starts: 1,
          rows: {
            // The arrival of the short chain is still there.
            reverted: [2 * LONG + 2, 2 * LONG + 2, 2 * LONG],
            cancelled: [LONG + 2, LONG + 2, LONG],
            obliviated: [2, 2, 0],
          },
        },
      ])
    },
    WITHIN_MS,
  )
})
