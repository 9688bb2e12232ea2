/**
 * Lookup: the rows that a call means, or the error that says that there are none, or too many.
 */
import { require } from '../domain/failure.ts'
import type { Stretch } from '../domain/raster.ts'
import { overlapsAllocation } from '../domain/slots.ts'
import type { Uuid } from '../domain/time.ts'
import { plainUuid } from '../domain/uuid.ts'
import {
  type AllocationRow,
  mastersInRanges,
  placesOfMasters,
  rowsByGroups,
  rowsByIds,
} from '../store/allocations.ts'
import { Ambiguous, NotFound } from './errors.ts'
import type { Surroundings } from './surroundings.ts'

/** The only one, else `NotFound` or `Ambiguous`. */
export function one<T>(rows: readonly T[], what: string): T {
  if (rows.length > 1) throw new Ambiguous(`More than one ${what}.`)
  const [row] = rows
  if (row === undefined) throw new NotFound(`No ${what}.`)
  return row
}

/** A row of the resource, master or mirror. */
export async function rowById(around: Surroundings, id: number): Promise<AllocationRow> {
  return one(await rowsByIds(around.tx(), around.resource, [id]), 'allocation with this id')
}

export async function masterById(around: Surroundings, id: number): Promise<AllocationRow> {
  const rows = await rowsByIds(around.tx(), around.resource, [id])
  return one(
    rows.filter((row) => row.resource === row.mirrorOf),
    'allocation with this id',
  )
}

/**
 * A master with its mirrors, by number. Of a mirror: that one with all mirrors, as libres understands its id.
 * `PreconditionFailed` for a mirror that says that there is only one place.
 */
export async function rowAndMirrors(
  around: Surroundings,
  row: AllocationRow,
): Promise<AllocationRow[]> {
  const isMaster = row.resource === row.mirrorOf
  if (row.quota === 1) {
    require(isMaster, 'A mirror of an allocation with one place.')
    return [row]
  }
  const places = await placesOfMasters(around.tx(), [row])
  return [
    row,
    ...places.filter(({ id, resource, mirrorOf }) => id !== row.id && resource !== mirrorOf),
  ]
}

/** An allocation with its mirrors by the id of either, or all rows of some groups. */
export async function groupOrIdRows(
  around: Surroundings,
  which: Readonly<{ id?: number | undefined; groups?: readonly Uuid[] | undefined }>,
): Promise<AllocationRow[]> {
  const tx = around.tx()
  if (!which.id) {
    return rowsByGroups(tx, around.resource, (which.groups ?? []).map(plainUuid), 'all')
  }
  return rowAndMirrors(around, await rowById(around, which.id))
}

/** Own masters that really meet a range, by start. */
export async function mastersMeeting(
  around: Surroundings,
  range: Stretch,
): Promise<AllocationRow[]> {
  const rows = await mastersInRanges(around.tx(), [around.resource], [range])
  return rows.filter((row) => overlapsAllocation(row, range.start, range.end))
}
