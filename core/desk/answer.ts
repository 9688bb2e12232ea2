/** Answer: one question of a screen, asked of one snapshot. */
import { queries } from '../queries/index.ts'
import type { QueryCall, QueryName, Rows } from '../queries/rows.ts'
import type { Tx } from '../store/database.ts'

export function answer<Q extends QueryName>(
  tx: Tx,
  { name, args }: QueryCall<Q>,
): Promise<Rows[Q]> {
  const read = queries[name] as unknown as (tx: Tx, args: unknown) => Promise<Rows[Q]>
  return read(tx, args)
}
