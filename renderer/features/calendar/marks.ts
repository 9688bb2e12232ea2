/**
 * Marks: what the timeline shows on top of its layout: where the keyboard is, and what is being booked. Pure.
 */
import type { Instant, Span, Uuid } from '../../../core/domain/time.ts'
import type { DayCursor, WeekCursor } from './cursor.ts'
import { columnsAt, spanAt } from './cursor.ts'
import type { DayHallRow, DayLayout } from './dayLayout.ts'
import type { WeekLayout } from './weekLayout.ts'
import { share } from './weekLayout.ts'
import type { Words } from './words.ts'

export type Wish = Readonly<{ resource: Uuid; start: Instant; end: Instant }>
export type Shown =
  | Readonly<{ view: 'week'; layout: WeekLayout }>
  | Readonly<{ view: 'day'; layout: DayLayout }>

/** In a row of the week: column -1 is the hall's name; `bar` counts the lines of the first column, then "+n". */
export type WeekMark = Readonly<{ first: number; last: number; bar: number | null }>
/** In a row of the day: on the hall's name, on a chip, or on a span of time. */
export type DayMark = Readonly<
  { kind: 'head' } | { kind: 'chip'; index: number } | { kind: 'time'; span: Span; label: string }
>

/** The same clock time on the day shown, inside what is visible of it. */
export function sameTime(layout: DayLayout, at: Instant): Instant {
  const { start, end } = layout.visible
  if (start <= at && at < end) return at
  const now = Date.now()
  if (at === 0) return start <= now && now < end ? now : start
  const day = 86_400_000
  const passed = (((at - layout.frame.start) % day) + day) % day
  return Math.min(end - 60_000, Math.max(start, layout.frame.start + passed))
}

export function activeElement(shown: Shown, week: WeekCursor, day: DayCursor): string | undefined {
  if (shown.view === 'week') {
    if (shown.layout.rows[week.row]?.kind !== 'hall') return undefined
    if (week.column < 0) return `cal-${week.row}-head`
    return `cal-${week.row}-${week.column}${week.bar === null ? '' : `-${week.bar}`}`
  }
  if (shown.layout.rows[day.row]?.kind !== 'hall') return undefined
  if (day.head) return `cal-${day.row}-head`
  return day.bar === null ? `cal-${day.row}-time` : `cal-${day.row}-chip-${day.bar}`
}

export function markInWeek(cursor: WeekCursor): WeekMark {
  return { ...columnsAt(cursor), bar: cursor.bar }
}

export function markInDay(
  layout: DayLayout,
  row: DayHallRow,
  cursor: DayCursor,
  words: Words,
): DayMark {
  if (cursor.head) return { kind: 'head' }
  if (cursor.bar !== null) return { kind: 'chip', index: cursor.bar }
  const span = spanAt(row, cursor)
  const label =
    cursor.to === null
      ? words.at(row.hall.name, row.rows, layout.frame, span.start)
      : `${row.hall.name}, ${words.span(layout.frame, span)}`
  return { kind: 'time', span, label }
}

export function holdsToken(
  row: Readonly<{ rows: { booked: readonly { token: string }[] } }>,
  token: Uuid,
) {
  return row.rows.booked.some((each) => each.token === token)
}

/** Where the draft lies on screen; null where its hall or day is not shown. */
export function draftShape(shown: Shown, draft: Wish, tops: readonly number[]) {
  const { layout } = shown
  const index = layout.rows.findIndex((row) => row.key === draft.resource)
  const row = layout.rows[index]
  if (row?.kind !== 'hall') return null
  const top = tops[index] ?? 0
  if (shown.view === 'day') {
    const { visible } = shown.layout
    if (draft.end <= visible.start || visible.end <= draft.start) return null
    return {
      shape: { top: top + 2, height: row.height - 5, ...share(draft, visible) },
      strip: null,
    }
  }
  const column = shown.layout.days.findIndex(
    (frame) => frame.start <= draft.start && draft.start < frame.end,
  )
  const cell = 'cells' in row ? row.cells[column] : undefined
  if (!cell) return null
  const count = shown.layout.days.length
  const shape = { top, height: row.height - 1, from: column / count, to: (column + 1) / count }
  return { shape, strip: share(draft, cell.visible) }
}
