/**
 * useQuery: the only way a component reads.
 *
 * Promises rows that follow the database without being asked: a change that touches the question's span brings
 * new rows. While a *different* question is being answered, the rows of the last one stay, so nothing flickers.
 */
import { useCallback, useRef, useSyncExternalStore } from 'react'
import type { QueryArgs, QueryName, Rows } from '../../core/queries/rows.ts'
import { type Answer, again, answerTo, keyOf, listen, prefetch } from './queries.ts'

export interface QueryState<Q extends QueryName> {
  /** Undefined only until the first answer ever. */
  rows: Rows[Q] | undefined
  /** True while `rows` still belong to the question before. */
  stale: boolean
  /** Why the core could not answer; the old rows stay. */
  failed: string | null
}

/** `args` null: ask nothing (yet). */
export function useQuery<Q extends QueryName>(name: Q, args: QueryArgs<Q> | null): QueryState<Q> {
  const key = args === null ? '' : keyOf(name, args)
  const latest = useRef(args)
  latest.current = args
  const last = useRef<Rows[Q] | undefined>(undefined)

  // The key stands for the arguments: a new object with the same content is the same question.
  const subscribe = useCallback(
    (listener: () => void) => (key ? listen(name, latest.current as QueryArgs<Q>, listener) : noop),
    [name, key],
  )
  const answer: Answer<Q> = useSyncExternalStore(subscribe, () => answerTo(name, latest.current))

  if (answer.rows !== undefined) last.current = answer.rows
  if (args === null) last.current = undefined
  return {
    rows: answer.rows ?? last.current,
    stale: args !== null && answer.rows === undefined,
    failed: answer.failed,
  }
}

export { again, prefetch }

function noop(): void {}
