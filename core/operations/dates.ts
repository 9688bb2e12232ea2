/**
 * Dates: what a new date of an operation means for what hangs on it.
 *
 * Later than planned pushes the planned followers that would have been before it to the same moment, and theirs
 * in turn; earlier leaves them where they are. So no avatar ever ends before it begins.
 */
import type { Instant } from '../domain/time.ts'
import type { Operation } from '../store/operations-model.ts'
import { inOrder } from './graph.ts'
import { checkDates } from './inputs.ts'
import type { Ledger } from './ledger.ts'

/** Writes a date into an unfinished operation and into the avatars it takes and leaves. */
function move(ledger: Ledger, operation: Operation, date: Instant): void {
  ledger.changeOperation(operation, { dtExecution: date })
  for (const input of ledger.inputsOf(operation)) ledger.changeAvatar(input, { dtUntil: date })
  for (const outcome of ledger.outcomesOf(operation)) {
    const { dtUntil } = outcome
    ledger.changeAvatar(outcome, {
      dtFrom: date,
      dtUntil: dtUntil === null ? null : Math.max(dtUntil, date),
    })
  }
}

/** The followers that would come before the date, with theirs. None of them is done: their inputs are future. */
function overtaken(ledger: Ledger, operation: Operation, date: Instant): Operation[] {
  const found = new Set([operation])
  for (const one of found) {
    for (const follower of ledger.followersOf(one)) {
      if (follower.dtExecution < date) found.add(follower)
    }
  }
  found.delete(operation)
  return [...found]
}

/**
 * Gives an unfinished operation another date. The ledger must hold its followers that are planned for earlier,
 * and theirs. Throws `OperationDateError` where an input only begins later.
 */
export function alterDate(ledger: Ledger, operation: Operation, date: Instant): void {
  checkDates(operation, ledger.inputsOf(operation), date)
  const pushed = inOrder(ledger, overtaken(ledger, operation, date))
  move(ledger, operation, date)
  for (const follower of pushed) move(ledger, follower, date)
}
