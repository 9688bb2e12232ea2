/**
 * Day of a hall: what is open and what is taken, and whether a wish fits, before anything is sent.
 *
 * Only a foretaste for the clerk's eye: the core decides. Counts what shares the space (whole and parts) as taken.
 */
import { breaksHold, type HeldTime } from '../../../core/domain/hold.ts'
import { contains, MINUTE_MS, overlaps, type Span } from '../../../core/domain/time.ts'
import type { BookedRow, CalendarRows, FreeRow } from '../../../core/queries/rows.ts'

export type Taken = Readonly<{
  start: number
  end: number
  title: string
  places: number
  /** Taken by a whole or a part that shares the space. */
  elsewhere: boolean
}>

export type HallDay = Readonly<{
  hall: string
  open: readonly FreeRow[]
  taken: readonly Taken[]
  blocked: readonly Readonly<{ start: number; end: number; reason: string }>[]
  /** Kept for the callers of others. */
  held: readonly HeldTime[]
  /** Places at once; 1 for a hall. */
  places: number
}>

export type Fit =
  /** `widened`: what will really be taken, where the hall is only given in steps. */
  | Readonly<{ kind: 'free'; until: number; widened: Span | null; step: number }>
  | Readonly<{ kind: 'taken'; by: Taken }>
  /** Free, but kept for somebody else. */
  | Readonly<{ kind: 'held' } & Pick<HeldTime, 'by' | 'until'>>
  | Readonly<{ kind: 'blocked'; reason: string }>
  | Readonly<{ kind: 'whole-only'; whole: Span }>
  | Readonly<{ kind: 'closed' }>

/** `call`: what it holds itself is free for it. */
export function hallDay(
  rows: CalendarRows,
  hall: string,
  sharing: readonly string[],
  call: string,
  now: number,
): HallDay {
  const open = rows.free.filter((each) => each.resource === hall)
  const holds = (each: BookedRow) => each.state === 'booked'
  return {
    hall,
    open,
    taken: rows.booked
      .filter(holds)
      .filter((each) => each.resource === hall || sharing.includes(each.resource))
      .map(({ start, end, title, who, places, resource }) => ({
        start,
        end,
        title: title || who,
        places,
        elsewhere: resource !== hall,
      }))
      .sort((one, other) => one.start - other.start),
    blocked: rows.blocked.filter((each) => each.resource === hall),
    held: rows.booked
      .filter((each) => each.state === 'held' && each.token !== call)
      .map(({ held, ...each }) => ({ ...each, by: held?.by ?? null, until: held?.until ?? 0 }))
      .filter((each) => each.until > now),
    places: Math.max(1, ...open.map((each) => each.places)),
  }
}

/** Whether somebody decides on what is asked for this time. */
export function isByStaff(day: HallDay, wish: Span): boolean {
  return day.open.some((each) => each.byStaff && overlaps(each, wish))
}

/** Open spans with seams closed: two that touch are one to the eye. */
export function openSpans(day: HallDay): readonly Span[] {
  const joined: { start: number; end: number }[] = []
  for (const { start, end } of [...day.open].sort((one, other) => one.start - other.start)) {
    const last = joined.at(-1)
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else joined.push({ start, end })
  }
  return joined
}

/** The wish, widened outwards to whole steps, as the core does it. */
function inSteps(wish: Span, stepMinutes: number): Span {
  const step = stepMinutes * MINUTE_MS
  return { start: Math.floor(wish.start / step) * step, end: Math.ceil(wish.end / step) * step }
}

export function fitOf(day: HallDay, asked: Span, places: number): Fit {
  const step = day.open.find((each) => overlaps(each, asked))?.step ?? 0
  const wish = step > 0 ? inSteps(asked, step) : asked
  const blocked = day.blocked.find((each) => overlaps(each, wish))
  if (blocked) return { kind: 'blocked', reason: blocked.reason }
  const inTheWay = day.taken.filter((each) => overlaps(each, wish))
  const first = inTheWay[0]
  const used = inTheWay.reduce((sum, each) => sum + each.places, 0)
  const shared = inTheWay.find((each) => each.elsewhere)
  if (shared) return { kind: 'taken', by: shared }
  if (first && used + places > day.places) return { kind: 'taken', by: first }
  const whole = day.open.find((each) => each.step === null && overlaps(each, wish))
  if (whole && !(whole.start === wish.start && whole.end === wish.end)) {
    return { kind: 'whole-only', whole }
  }
  const around = openSpans(day).find((each) => contains(each, wish))
  if (!around) return { kind: 'closed' }
  const kept = day.held.filter((each) => overlaps(each, wish))
  const [keeper] = kept
  if (keeper && breaksHold(kept, day.hall, places, day.places - used)) {
    return { kind: 'held', by: keeper.by, until: keeper.until }
  }
  const next = day.taken.find((each) => each.start >= wish.end)
  return {
    kind: 'free',
    until: Math.min(around.end, next && day.places === 1 ? next.start : around.end),
    widened: wish.start === asked.start && wish.end === asked.end ? null : wish,
    step,
  }
}
