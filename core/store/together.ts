/**
 * Together: calls of one statement that are made in the same turn on the same transaction are sent as one.
 *
 * Commands that have nothing to do with each other are decided side by side (see sync/side-by-side.ts). What they ask and
 * write then travels in one statement for all of them, and a statement costs an embedded database as much as many
 * rows. A call that is alone in its turn is sent as it is, at once.
 */
import type { Tx } from './database.ts'

interface Waiting<Ask, Answer> {
  readonly ask: Ask
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

/** `send` is given everything that was asked and answers in the same order. */
export function together<Ask, Answer>(
  send: (tx: Tx, asks: readonly Ask[]) => Promise<readonly Answer[]>,
): (tx: Tx, ask: Ask) => Promise<Answer> {
  const open = new WeakMap<Tx, Waiting<Ask, Answer>[]>()
  const sendAll = (tx: Tx, calls: readonly Waiting<Ask, Answer>[]) => {
    open.delete(tx)
    send(
      tx,
      calls.map(({ ask }) => ask),
    ).then(
      (answers) => {
        for (const [index, { resolve }] of calls.entries()) resolve(answers[index] as Answer)
      },
      (error: unknown) => {
        for (const { reject } of calls) reject(error)
      },
    )
  }
  return (tx, ask) =>
    new Promise((resolve, reject) => {
      const call = { ask, resolve, reject }
      const calls = open.get(tx)
      if (calls) {
        calls.push(call)
        return
      }
      const made = [call]
      open.set(tx, made)
      // After everything that is ready to go on has gone as far as it can without the database.
      process.nextTick(sendAll, tx, made)
    })
}
