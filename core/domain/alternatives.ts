/**
 * Alternatives: what else would be free when a wish cannot be met.
 *
 * Works on what was read in the same transaction as the refusal, so each proposal is checked, not guessed. It
 * never proposes a time before `now` and never a piece of an availability that is only given whole.
 */
import type { Alternative } from './refusal.ts'
import { contains, type Instant, MINUTE_MS, overlaps, type Span, type Uuid } from './time.ts'

/** A span in which a resource may be reserved, as far as this choice needs to know it. */
export type Open = Span &
  Readonly<{ resource: Uuid; step: number | null; places: number; byStaff: boolean }>
export type Taken = Span & Readonly<{ resource: Uuid }>

/** A resource that may be proposed: whoever takes it also takes `sharing` (its wholes and parts). */
export type Candidate = Readonly<{ resource: Uuid; name: string; sharing: readonly Uuid[] }>

export type Search = Readonly<{
  wish: Span & Readonly<{ resource: Uuid }>
  places: number
  /** The wished resource first, then others in the order in which they should be proposed. */
  candidates: readonly Candidate[]
  open: readonly Open[]
  taken: readonly Taken[]
  now: Instant
  most: number
}>

function busy(search: Search, candidate: Candidate, span: Span): boolean {
  return search.taken.some(
    (taken) =>
      (taken.resource === candidate.resource || candidate.sharing.includes(taken.resource)) &&
      overlaps(taken, span),
  )
}

/** Starts worth trying inside one open span: the wished one first, then before and after in its steps. */
function starts(open: Open, wish: Span): Instant[] {
  const length = wish.end - wish.start
  if (open.step === null) return [open.start]
  const step = open.step * MINUTE_MS
  const all: Instant[] = []
  for (let start = open.start; start + length <= open.end; start += step) all.push(start)
  return all.sort((a, b) => Math.abs(a - wish.start) - Math.abs(b - wish.start) || a - b)
}

/** The nearest free span of one candidate, or undefined. */
function nearest(search: Search, candidate: Candidate): Alternative | undefined {
  const { wish } = search
  const found = search.open
    .filter(
      (open) =>
        open.resource === candidate.resource && open.places >= search.places && !open.byStaff,
    )
    .flatMap((open) =>
      starts(open, wish).map((start) => ({
        start,
        end: open.step === null ? open.end : start + (wish.end - wish.start),
        open,
      })),
    )
    .sort((a, b) => Math.abs(a.start - wish.start) - Math.abs(b.start - wish.start))
    .find(
      (span) =>
        span.start >= search.now && contains(span.open, span) && !busy(search, candidate, span),
    )
  return (
    found && {
      resource: candidate.resource,
      resourceName: candidate.name,
      start: found.start,
      end: found.end,
    }
  )
}

/**
 * Up to `most` free alternatives: the same time elsewhere and the nearest time in the same place, the same place
 * first, then by how far the start is from the wished one.
 */
export function alternatives(search: Search): Alternative[] {
  const [own, ...others] = search.candidates
  const same = own && nearest(search, own)
  const rest = others
    .map((candidate) => nearest(search, candidate))
    .filter((found) => found !== undefined)
    .sort((a, b) => Math.abs(a.start - search.wish.start) - Math.abs(b.start - search.wish.start))
  return [...(same ? [same] : []), ...rest].slice(0, search.most)
}
