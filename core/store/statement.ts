/**
 * Statement: SQL whose text never changes, so that it is compiled once and its plan is kept by the server.
 *
 * Lists go in as one array each. Write them `(select $1::uuid[])`: a planner that can look into a list makes a new
 * plan for every length of it, and planning costs more than running these statements does.
 */
import { CompiledQuery } from 'kysely'
import type { Tx } from './database.ts'

/**
 * Begins a text that is planned each time. A kept plan stays as it was made, and one made while tables were nearly
 * empty joins thousands of rows one by one: for rare statements over much of a table, planning is the smaller price.
 */
export const PLAN_EACH_TIME = '/* planned each time */'

/**
 * Begins the text of a write whose answer nobody needs. It travels with the next statement of its transaction, at the
 * latest with COMMIT, and a conflict, or whatever else goes wrong with it, is thrown by that one.
 */
export const ANSWER_LATER = '/* answered later */'

/** Sends the statement with `$1`, `$2` … filled in, and answers its rows. */
export type Statement<Row> = (tx: Tx, ...parameters: readonly unknown[]) => Promise<Row[]>

export function statement<Row>(text: string): Statement<Row> {
  return async (tx, ...parameters) => {
    const { rows } = await tx.executeQuery<Row>(CompiledQuery.raw(text, [...parameters]))
    return rows
  }
}
