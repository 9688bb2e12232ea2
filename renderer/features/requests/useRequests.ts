/**
 * useRequests: the queue as the screen, the badge and the offers see it: open requests in groups that compete, the
 * waiting list in its order, and to whom a free place can be offered. Thought anew only when the rows change.
 */
import { useMemo } from 'react'
import { competition, grouped, type Near, offered } from '../../../core/domain/competition.ts'
import { sharingOf } from '../../../core/domain/resource.ts'
import type { RequestRow, ResourceRow } from '../../../core/queries/rows.ts'
import { useQuery } from '../../desk/useQuery.ts'

const NOTHING = {}

export type Requests = Readonly<{
  all: readonly RequestRow[]
  /** Requests that want a decision, by competition; the oldest group first. */
  open: readonly (readonly RequestRow[])[]
  /** The waiting list, by what its people wait for together, each in its order. */
  waiting: readonly (readonly RequestRow[])[]
  /** First in line for a place that is free now. */
  offers: readonly RequestRow[]
  rivals: ReadonlyMap<string, readonly RequestRow[]>
}>

/** Whether two halls take space from each other. */
export function nearIn(halls: readonly ResourceRow[]): Near {
  const near = new Map(
    halls.map((hall) => [hall.id, new Set([hall.id, ...sharingOf(hall, halls)])]),
  )
  return (one, other) => near.get(one)?.has(other) ?? one === other
}

export function requestsOf(all: readonly RequestRow[], halls: readonly ResourceRow[]): Requests {
  const near = nearIn(halls)
  const rivals = competition(all, near)
  const standing = (waits: boolean) => all.filter((row) => (row.waitingSince !== null) === waits)
  const among = (rows: readonly RequestRow[]) =>
    new Map(
      rows.map((row) => [
        row.token,
        (rivals.get(row.token) ?? []).filter((rival) => rows.includes(rival)),
      ]),
    )
  const open = standing(false)
  const waiting = standing(true)
  const inLine = (one: RequestRow, other: RequestRow) =>
    (one.waitingSince ?? 0) - (other.waitingSince ?? 0) || one.number - other.number
  return {
    all,
    open: grouped(open, among(open)),
    waiting: grouped(waiting, among(waiting)).map((group) => group.sort(inLine)),
    offers: offered(all, near),
    rivals,
  }
}

/** Undefined until the first answer; not asked while `isAsked` is false. */
export function useRequests(isAsked = true): Requests | undefined {
  const { rows: all } = useQuery('request.queue', isAsked ? NOTHING : null)
  const { rows: halls } = useQuery('resource.all', {})
  return useMemo(() => (all && halls ? requestsOf(all, halls) : undefined), [all, halls])
}
