/**
 * Outcomes: what most kinds do with what they take and what they leave behind.
 *
 * The promise behind every count is upheld here: an avatar ends at the moment the next one of its piece begins.
 */
import type { Avatar, Operation } from '../store/operations-model.ts'
import type { Ledger } from './ledger.ts'

/** Ends the inputs at the operation's date; when it is done they are past, and past because of it. */
export function endInputs(ledger: Ledger, operation: Operation): void {
  const done = operation.state === 'done'
  for (const input of ledger.inputsOf(operation)) {
    ledger.changeAvatar(input, {
      dtUntil: operation.dtExecution,
      ...(done ? { state: 'past' as const, reason: operation.id } : {}),
    })
  }
}

/** Leaves an avatar behind that begins at the operation's date: present if it is done, else future. */
export function leave(
  ledger: Ledger,
  operation: Operation,
  { item, place, dtUntil }: Pick<Avatar, 'item' | 'place' | 'dtUntil'>,
): Avatar {
  return ledger.makeAvatar({
    item,
    place,
    dtUntil,
    state: operation.state === 'done' ? 'present' : 'future',
    dtFrom: operation.dtExecution,
    reason: operation.id,
  })
}

/** Execution, for any kind: outcomes present from the real date on, inputs past until then. */
export function settle(ledger: Ledger, operation: Operation): void {
  const at = operation.dtExecution
  const outcomes = ledger.outcomesOf(operation)
  for (const input of ledger.inputsOf(operation)) {
    ledger.changeAvatar(input, { state: 'past', reason: operation.id, dtUntil: at })
  }
  for (const outcome of outcomes) ledger.changeAvatar(outcome, { state: 'present', dtFrom: at })
}

/** Gives the inputs back the reason and the end they had before the operation took them. */
export function resetInputs(ledger: Ledger, operation: Operation, present: boolean): void {
  for (const input of ledger.historyOf(operation)) {
    ledger.changeAvatar(ledger.avatar(input.avatar), {
      reason: input.latestPreviousOp,
      dtUntil: input.origDtUntil,
      ...(present ? { state: 'present' as const } : {}),
    })
  }
}

/** Removes the outcomes; the store then removes the pieces that are left without any avatar. */
export function deleteOutcomes(ledger: Ledger, operation: Operation): void {
  for (const outcome of ledger.outcomesOf(operation)) ledger.removeAvatar(outcome)
}
