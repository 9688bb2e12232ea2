/**
 * useQuery: the only way a component reads.
 *
 * Promises rows that follow the database without being asked: a change that touches the question's span brings
 * new rows. While a *different* question is being answered, the rows of the last one stay, so nothing flickers.
 */
import { useCallback, useMemo, useState, useSyncExternalStore } from 'react'
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

/** `args` null: ask nothing (yet). They must not depend on the moment of drawing: take the time from `useNow`. */
export function useQuery<Q extends QueryName>(name: Q, args: QueryArgs<Q> | null): QueryState<Q> {
  const key = args === null ? '' : keyOf(name, args)
  // The key stands for the arguments: a new object with the same content is the same question.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const asked = useMemo(() => args, [key])
  const subscribe = useCallback(
    (listener: () => void) => (asked === null ? noop : listen(name, asked, listener)),
    [name, asked],
  )
  const answer: Answer<Q> = useSyncExternalStore(
    subscribe,
    useCallback(() => answerTo(name, asked), [name, asked]),
  )
  const [last, setLast] = useState<Rows[Q] | undefined>(undefined)
  const rows = asked === null ? undefined : (answer.rows ?? last)
  // Kept while drawing, as React wants it: nothing is drawn in between.
  if (rows !== last) setLast(rows)
  return { rows, stale: asked !== null && answer.rows === undefined, failed: answer.failed }
}

export { again, prefetch }

function noop(): void {}
