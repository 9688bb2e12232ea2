/** A small house for tests of operations: types and places with known ids, and short ways to work in it. */

import type { Instant, Uuid } from '../../core/domain/time.ts'
import { uuid5 } from '../../core/domain/uuid.ts'
import { type Ids, idsOf } from '../../core/operations/ids.ts'
import { Ledger } from '../../core/operations/ledger.ts'
import type { Work } from '../../core/operations/operations.ts'
import type { Database, Tx } from '../../core/store/database.ts'
import { itemTypes } from '../../core/store/operations.ts'
import type { ItemType, JsonObject } from '../../core/store/operations-model.ts'
import {
  insertItemTypes,
  insertPlaces,
  writeOperations,
} from '../../core/store/operations-write.ts'

const NAMES = '0b0e0000-0000-4000-8000-000000000000'
export const idFor = (word: string): Uuid => uuid5(NAMES, word)

/** Noon of a day in June 2027, UTC. */
export const day = (number: number): Instant => Date.UTC(2027, 5, number, 12)
export const NOW = day(1)

function type(code: string, behaviours: JsonObject | null = null, parent?: string): ItemType {
  const under = parent ? idFor(parent) : null
  return { id: idFor(code), code, name: code, parent: under, behaviours, properties: null }
}

/** A chair, a key; a conference case, which is a case with a projector and two cables in it. */
export const TYPES: readonly ItemType[] = [
  type('thing'),
  type('chair', null, 'thing'),
  type('key', null, 'thing'),
  type('projector', null, 'thing'),
  type('cable', null, 'thing'),
  type('case', {
    unpack: {},
    assembly: {
      pack: {
        inputs: [
          { type: 'projector', quantity: 1 },
          { type: 'cable', quantity: 2 },
        ],
        for_contents: ['all', 'records'],
      },
    },
  }),
]

export const PLACES = ['store', 'hall', 'workshop', 'cellar'] as const

export async function furnish(tx: Tx): Promise<void> {
  await insertItemTypes(tx, TYPES)
  await insertPlaces(
    tx,
    PLACES.map((name) => ({
      id: idFor(name),
      name,
      parent: null,
      tag: name === 'store' ? 'store' : null,
      resource: null,
      borrower: null,
    })),
  )
}

let commands = 0
export function freshIds(): Ids {
  commands += 1
  return idsOf(NOW, idFor(`command ${commands}`))
}

/** One command's work in its own transaction. */
export function working<T>(database: Database, work: (work: Work) => Promise<T>): Promise<T> {
  return database.transact((tx) => work({ tx, now: NOW, ids: freshIds() }))
}

/** Writes what is done on a ledger, in its own transaction. */
export function drafting<T>(database: Database, draft: (ledger: Ledger) => T): Promise<T> {
  return database.transact(async (tx) => {
    const ledger = new Ledger(NOW, freshIds())
    ledger.load({ types: await itemTypes(tx) })
    const result = draft(ledger)
    await writeOperations(tx, ledger.changes())
    return result
  })
}

/** How many statements some work sends. */
export async function statementsOf(
  database: Database,
  work: (work: Work) => Promise<unknown>,
): Promise<number> {
  let statements = 0
  await database.transact(async (tx) => {
    statements = 0
    const counted = tx.withPlugin({
      transformQuery({ node }) {
        statements += 1
        return node
      },
      transformResult: async ({ result }) => result,
    })
    await work({ tx: counted, now: NOW, ids: freshIds() })
  })
  return statements
}

/** All rows that the engine writes, for telling whether anything has changed. */
export function everything(database: Database) {
  return database.read(async (tx) => ({
    operations: await tx.selectFrom('allmend.operation').selectAll().orderBy('id').execute(),
    avatars: await tx.selectFrom('allmend.avatar').selectAll().orderBy('id').execute(),
    inputs: await tx
      .selectFrom('allmend.history_input')
      .selectAll()
      .orderBy('operation')
      .orderBy('avatar')
      .execute(),
    items: await tx.selectFrom('allmend.item').selectAll().orderBy('id').execute(),
  }))
}
