/** What a screen may ask about equipment and keys. */
import { STORE } from '../operations/replan.ts'
import { freePieces } from '../operations/trips.ts'
import type { Tx } from '../store/database.ts'
import { claimants } from '../store/material-claims.ts'
import { readDay } from '../store/material-day.ts'
import { readLife, readLines, readPieces, readStock, readThings } from '../store/material-stock.ts'
import { readLendable } from '../store/operations-lendable.ts'
import type { MaterialRows } from './material-rows.ts'
import type { QueryArgs } from './rows.ts'

async function materialFree(
  tx: Tx,
  { type, start, end, token, now }: QueryArgs<'material.free'>,
): Promise<MaterialRows['material.free']> {
  if (end <= start) return { free: 0, total: 0, by: [] }
  const lendable = await readLendable(tx, { type, from: start, until: end, now, tag: STORE })
  return {
    free: freePieces(lendable, start, end),
    total: lendable.pieces.reduce((sum, piece) => sum + piece.count, 0),
    by: await claimants(tx, type, start, end, token),
  }
}

type Answers = {
  readonly [Q in keyof MaterialRows]: (tx: Tx, args: QueryArgs<Q>) => Promise<MaterialRows[Q]>
}

// The store builds these rows as JSON, whose shape the tests on every database hold to their types.
export const materialAnswers: Answers = {
  'material.things': async (tx) => (await readThings(tx)) as MaterialRows['material.things'],
  'material.day': async (tx, { start, end, late }) =>
    (await readDay(tx, start, end, late)) as MaterialRows['material.day'],
  'material.free': materialFree,
  'material.stock': async (tx, { at, start, end }) =>
    (await readStock(tx, at, start, end)) as unknown as MaterialRows['material.stock'],
  'material.pieces': async (tx, { type }) =>
    (await readPieces(tx, type)) as unknown as MaterialRows['material.pieces'],
  'material.item': async (tx, { item }) =>
    ((await readLife(tx, item)) ?? null) as unknown as MaterialRows['material.item'],
  'material.booking': async (tx, { token }) =>
    (await readLines(tx, token)) as unknown as MaterialRows['material.booking'],
}
