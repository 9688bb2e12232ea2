/**
 * Execute and start: an operation happens, or sets off.
 *
 * Predecessors are not executed along: what an operation takes must be present. Executing again changes nothing,
 * so a tick that is sent twice does no harm.
 */
import type { Instant } from '../domain/time.ts'
import type { Operation } from '../store/operations-model.ts'
import { alterDate } from './dates.ts'
import { OperationWrongState } from './errors.ts'
import { checkDates, checkPresent } from './inputs.ts'
import { kindOf } from './kinds/list.ts'
import type { Ledger } from './ledger.ts'
import { settle } from './outcomes.ts'

/** All inputs present, and what the kind asks for besides. */
function checkExecuteConditions(ledger: Ledger, operation: Operation): void {
  const kind = kindOf(operation)
  if (kind.inputs !== 0) checkPresent(operation, ledger.inputsOf(operation))
  kind.checkExecuteConditions?.(ledger, operation)
}

/**
 * It has happened, at `dtExecution` (now by default). The ledger must hold it and the followers that are planned
 * for earlier than that.
 */
export function execute(ledger: Ledger, operation: Operation, dtExecution?: Instant): void {
  if (operation.state === 'done') return
  const date = dtExecution ?? ledger.now
  checkExecuteConditions(ledger, operation)
  alterDate(ledger, operation, date)
  if (operation.dtStart === null || operation.dtStart > date) {
    ledger.changeOperation(operation, { dtStart: date })
  }
  const { executePlanned = settle } = kindOf(operation)
  executePlanned(ledger, operation)
  ledger.changeOperation(operation, { state: 'done' })
}

/**
 * It has set off, at `dtStart` (now by default): from now on it can only be executed. Starting again changes
 * nothing. Planned to be completed before it set off, it is completed at that moment at the earliest.
 */
export function start(ledger: Ledger, operation: Operation, dtStart?: Instant): void {
  if (operation.state === 'started') return
  if (operation.state !== 'planned') throw new OperationWrongState(operation, ['planned'])
  const date = dtStart ?? ledger.now
  checkExecuteConditions(ledger, operation)
  checkDates(operation, ledger.inputsOf(operation), date)
  if (operation.dtExecution < date) alterDate(ledger, operation, date)
  ledger.changeOperation(operation, { state: 'started', dtStart: date })
}
