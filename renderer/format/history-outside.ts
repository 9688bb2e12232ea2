/**
 * History outside: what another program than a desk has done, as one sentence: how much, when and where.
 *
 * A hall that nobody has named here, or that is gone, is called so, never shown as a uuid.
 */
import type { TFunction } from 'i18next'
import { OUTSIDE_KINDS, type OutsideChange } from '../../core/domain/outside-change.ts'
import { dayOf } from '../../core/domain/time.ts'
import type { ResourceRow } from '../../core/queries/rows.ts'
import type { Format } from './format.ts'

type Words = TFunction<'history'>

const WAYS = ['added', 'changed', 'removed'] as const
/** More halls than this are counted, not listed. */
const LISTED_HALLS = 3

export function outsideText(
  t: Words,
  change: OutsideChange,
  halls: readonly ResourceRow[] | undefined,
  format: Format,
): string {
  const counts = OUTSIDE_KINDS.flatMap((kind) =>
    WAYS.map((way) => ({ kind, way, count: change[kind][way] })),
  ).filter(({ count }) => count > 0)
  const all = counts.reduce((sum, { count }) => sum + count, 0)
  const what = [
    ...counts.map(({ kind, way, count }) =>
      t(`outside.${kind}.${way}`, { count, number: format.number(count) }),
    ),
    whenText(t, change, all === 1, format),
    whereText(t, change, halls, format),
  ]
  return t('outside.text', {
    user: change.user,
    what: what.filter((part) => part !== '').join(', '),
  })
}

/** Times only where one thing has them: of several it would be the first beginning and the last end. */
function whenText(t: Words, { from, until }: OutsideChange, single: boolean, format: Format) {
  if (from === null || until === null) return ''
  const first = dayOf(from, format.zone)
  const last = dayOf(until - 1, format.zone)
  if (first !== last)
    return t('outside.days', { from: format.date(first), until: format.date(last) })
  return single ? format.span(from, until) : format.day(first)
}

function whereText(
  t: Words,
  { halls: touched, moreHalls }: OutsideChange,
  halls: readonly ResourceRow[] | undefined,
  format: Format,
): string {
  if (moreHalls) return t('outside.manyHalls', { number: touched.length })
  if (touched.length > LISTED_HALLS) return t('hallCount', { count: touched.length })
  return format.list(
    touched.map((id) => halls?.find((hall) => hall.id === id)?.name ?? t('outside.unknownHall')),
  )
}
