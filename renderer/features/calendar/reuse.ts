/**
 * Reuse: keeps the rows of the last layout that say the same, so that one new booking draws one row again and
 * not all of them.
 *
 * Promises a layout equal to the new one in content. A day, a window of hours or a density that changed makes all
 * rows new.
 */
import type { DayLayout } from './dayLayout.ts'
import type { HallRows } from './hallRows.ts'
import type { WeekLayout } from './weekLayout.ts'

type Layout = WeekLayout | DayLayout

export function reusing<L extends Layout>(previous: L | null, next: L): L {
  if (previous === null || !sameFrame(previous, next)) return next
  const before = new Map(previous.rows.map((row) => [row.key, row]))
  const rows = next.rows.map((row) => {
    const old = before.get(row.key)
    if (old === undefined || old.kind !== row.kind || old.height !== row.height) return row
    if (old.kind === 'group' || row.kind === 'group') return sameFacts(old, row) ? old : row
    const same =
      old.depth === row.depth && sameFacts(old.hall, row.hall) && sameRows(old.rows, row.rows)
    return same ? old : row
  })
  return { ...next, rows } as L
}

function sameFrame(one: Layout, other: Layout): boolean {
  const days = (layout: Layout) => ('days' in layout ? layout.days : [layout.frame])
  const first = days(one)
  const second = days(other)
  return (
    one.density === other.density &&
    one.hours.from === other.hours.from &&
    one.hours.to === other.hours.to &&
    first.length === second.length &&
    first.every((frame, index) => frame === second[index])
  )
}

function sameRows(one: HallRows, other: HallRows): boolean {
  return (
    sameList(one.free, other.free) &&
    sameList(one.booked, other.booked) &&
    sameList(one.blocked, other.blocked) &&
    sameList(one.shared, other.shared)
  )
}

function sameList(one: readonly object[], other: readonly object[]): boolean {
  return (
    one.length === other.length &&
    one.every((each, index) => sameFacts(each, other[index] as object))
  )
}

/** Flat records: names, numbers, and lists of names. */
function sameFacts(one: object, other: object): boolean {
  // What only one of them has is a difference as well.
  if (Object.keys(one).length !== Object.keys(other).length) return false
  const facts = one as Record<string, unknown>
  const others = other as Record<string, unknown>
  for (const key in facts) {
    const value = facts[key]
    if (value === others[key]) continue
    if (!Array.isArray(value) || String(value) !== String(others[key])) return false
  }
  return true
}
