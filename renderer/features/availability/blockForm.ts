/** Block form: what the clerk typed about a blocker, and the span it says, or what is wrong, field by field. Pure. */
import type { ArgsOf } from '../../../core/commands/calls.ts'
import { type Day, daysBetween, instantAt, type Span } from '../../../core/domain/time.ts'
import type { ImpactRow } from '../../../core/queries/blocker-rows.ts'
import { parseClock } from '../../format/clockInput.ts'
import { parseDay } from '../../format/dayInput.ts'

export type BlockForm = Readonly<{
  resources: readonly string[]
  from: string
  /** Empty: from the beginning of the day. */
  opens: string
  until: string
  /** Empty: to the end of the day. */
  closes: string
  reason: string
}>

type Wrong = 'halls' | 'day' | 'order' | 'tooLong' | 'time' | 'timeOrder' | 'reason'
type Mistakes = Readonly<Partial<Record<keyof BlockForm, Wrong>>>

/** Longer than any renovation; a typing mistake in the year. */
const MOST_DAYS = 1830
const MOST_LETTERS = 500

export function readBlockForm(
  form: BlockForm,
  today: Day,
  zone: string,
): { during: Span | null; mistakes: Mistakes } {
  const from = parseDay(form.from, today)
  const until = form.until.trim() === '' ? from : parseDay(form.until, from ?? today)
  const opens = form.opens.trim() === '' ? '00:00' : parseClock(form.opens)
  const closes = form.closes.trim() === '' ? '24:00' : parseClock(form.closes)
  const mistakes: Partial<Record<keyof BlockForm, Wrong>> = {}
  if (form.resources.length === 0) mistakes.resources = 'halls'
  if (!from) mistakes.from = 'day'
  if (!until && (from || form.until.trim() !== '')) mistakes.until = 'day'
  else if (from && until && until < from) mistakes.until = 'order'
  else if (from && until && daysBetween(from, until) > MOST_DAYS) mistakes.until = 'tooLong'
  if (!opens) mistakes.opens = 'time'
  if (!closes) mistakes.closes = 'time'
  if (form.reason.length > MOST_LETTERS) mistakes.reason = 'reason'
  if (!from || !until || !opens || !closes) return { during: null, mistakes }
  const during = { start: instantAt(from, opens, zone), end: instantAt(until, closes, zone) }
  if (during.end <= during.start && !mistakes.until) mistakes.closes = 'timeOrder'
  return { during: Object.keys(mistakes).length === 0 ? during : null, mistakes }
}

/** `keep`, `cancel`, or the place of an alternative in the list. */
export type Choice = 'keep' | 'cancel' | number

export function rowKey(row: ImpactRow): string {
  return `${row.token} ${row.resource} ${row.start}`
}

/** Undecided rows are left out: the core refuses while a booking has no word. */
export function decisionsOf(
  rows: readonly ImpactRow[],
  choices: Readonly<Record<string, Choice>>,
): ArgsOf<'blocker.add'>['decisions'] {
  const cancelled = new Set(
    rows.filter((row) => choices[rowKey(row)] === 'cancel').map((row) => row.token),
  )
  const told = new Set<string>()
  return rows.flatMap((row): ArgsOf<'blocker.add'>['decisions'] => {
    const { token } = row
    // Cancelling takes all dates of a booking, so no other word about it can stand.
    if (cancelled.has(token)) {
      if (told.has(token)) return []
      told.add(token)
      return [{ token, do: 'cancel' }]
    }
    const choice = choices[rowKey(row)]
    const to = typeof choice === 'number' ? row.alternatives[choice] : undefined
    if (to) {
      return [
        {
          token,
          do: 'move',
          from: { resource: row.resource, start: row.start },
          to: { resource: to.resource, start: to.start, end: to.end },
        },
      ]
    }
    return choice === 'keep' ? [{ token, do: 'keep' }] : []
  })
}

/** The first day of a calendar route, so that a blocker begins where the clerk looks. */
export function dayOfRoute(route: string): Day | null {
  return /(\d{4}-\d\d-\d\d)/.exec(route)?.[1] ?? null
}
