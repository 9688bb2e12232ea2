/**
 * Refusal texts: every way of saying no, as a sentence that names what stands in the way.
 *
 * Promises a sentence for each code (the switch is exhaustive) and nothing that is not in the refusal: no phone,
 * no e-mail. Pure; the alternatives are offered by the screen as buttons.
 */
import type { TFunction } from 'i18next'
import type { InTheWay, Refusal, Wish } from '../../core/domain/refusal.ts'
import type { Span } from '../../core/domain/time.ts'
import type { Format } from './format.ts'
import { holderOf } from './holder.ts'

type Words = TFunction<'refusal'>

export function refusalText(t: Words, refusal: Refusal, format: Format): string {
  switch (refusal.code) {
    case 'taken':
      return taken(t, refusal.wish, refusal.by, format)
    case 'held':
      return t(holderOf(refusal.who), {
        ...wishWords(refusal.wish, format),
        who: refusal.who,
        time: format.time(refusal.until),
      })
    case 'blocked':
      return refusal.reason
        ? t('blocked.because', { ...wishWords(refusal.wish, format), reason: refusal.reason })
        : t('blocked.plain', wishWords(refusal.wish, format))
    case 'not-available':
      return refusal.open.length > 0
        ? t('not-available.open', {
            ...wishWords(refusal.wish, format),
            open: format.list(refusal.open.map((each) => format.times(each.start, each.end))),
          })
        : t('not-available.closed', wishWords(refusal.wish, format))
    case 'only-whole':
      return t('only-whole', {
        where: refusal.wish.resourceName,
        whole: format.span(refusal.whole.start, refusal.whole.end),
      })
    case 'only-together':
      return t('only-together', wishWords(refusal.wish, format))
    case 'too-few-places':
      return tooFewPlaces(t, refusal, format)
    case 'too-short':
      return t('too-short', { where: refusal.wish.resourceName, minutes: refusal.minutes })
    case 'too-long':
      return t('too-long', { where: refusal.wish.resourceName, hours: refusal.hours })
    case 'end-before-start':
      return t('end-before-start')
    case 'bad-email':
      return t('bad-email')
    case 'bad-phone':
      return t('bad-phone')
    case 'overlaps':
      return t('overlaps.text', {
        where: refusal.resourceName,
        count: refusal.count,
        first: firstSpan(refusal.first, format),
      })
    case 'no-dates':
      return t('no-dates')
    case 'undecided':
      return t('undecided', { count: refusal.count, first: firstBooking(refusal.by, format) })
    case 'nothing-to-block':
      return t('nothing-to-block')
    case 'together-in-steps':
      return t('together-in-steps')
    case 'gone':
      return t(`gone.${refusal.what}`)
    case 'already-cancelled':
      return t('already-cancelled', { title: refusal.title, number: refusal.number })
    case 'last-date':
      return t('last-date', { title: refusal.title, number: refusal.number })
    case 'already-decided':
      return t(`already-decided.${refusal.as}`, { title: refusal.title, number: refusal.number })
    case 'exists':
      return t(`exists.${refusal.what}`, { name: refusal.name })
    case 'in-use':
      return t(`in-use.${refusal.what}`, {
        name: refusal.name,
        count: refusal.count,
        first: firstBooking(refusal.by, format),
      })
    case 'too-few-pieces':
      return tooFewPieces(t, refusal, format)
    case 'too-few-there':
      return refusal.there === 0
        ? t('too-few-there.none', { name: refusal.name, place: refusal.place })
        : t('too-few-there.some', {
            name: refusal.name,
            place: refusal.place,
            there: refusal.there,
            wanted: refusal.wanted,
          })
    case 'not-booked':
      return t('not-booked', { title: refusal.title, number: refusal.number })
    case 'in-the-past':
      return t('in-the-past')
    case 'in-the-future':
      return t('in-the-future')
    case 'trip-state':
      return t(`trip-state.${refusal.state}`)
    case 'not-there':
      return t(`not-there.${refusal.when}`, { name: refusal.name, place: refusal.place })
    case 'piece-planned':
      return t('piece-planned', { name: refusal.name })
    case 'before-arrival':
      return t('before-arrival', {
        name: refusal.name,
        place: refusal.place,
        from: format.moment(refusal.from),
        at: format.moment(refusal.at),
      })
    case 'no-set':
      return t('no-set', { name: refusal.name })
    case 'no-extras':
      return t('no-extras', { name: refusal.name })
    case 'irreversible':
      return t('irreversible')
    case 'happened-since':
      return t('happened-since', { name: refusal.name })
    case 'key-out':
      return t('key-out', {
        name: refusal.name,
        place: refusal.place,
        since: format.moment(refusal.since),
      })
    case 'key-in':
      return t('key-in', { name: refusal.name, place: refusal.place })
    case 'circle':
      return t('circle', { name: refusal.name })
    case 'already-undone':
      return t('already-undone')
    case 'cannot-undo':
      return t('cannot-undo')
    case 'withdrawn':
      return t('withdrawn')
    case 'rests-on-refused':
      return t('rests-on-refused')
    case 'outdated':
      return t('outdated')
    case 'cut-off':
      return t('cut-off')
    case 'busy':
      return t('busy')
    case 'failed':
      return t('failed')
    default:
      return unreachable(refusal)
  }
}

function wishWords(wish: Wish, format: Format): { where: string; when: string } {
  return { where: wish.resourceName, when: format.span(wish.start, wish.end) }
}

function taken(t: Words, wish: Wish, by: readonly InTheWay[], format: Format): string {
  const first = by[0]
  if (!first) return t('taken.unnamed', wishWords(wish, format))
  const words = {
    ...wishWords(wish, format),
    title: first.title,
    times: format.times(first.start, first.end),
  }
  const sentences = [
    first.number > 0
      ? t('taken.one', { ...words, number: first.number })
      : t('taken.oneWithoutNumber', words),
  ]
  if (first.resource !== wish.resource) {
    sentences.push(t('taken.part', { where: first.resourceName }))
  }
  if (by.length > 1) sentences.push(t('taken.more', { count: by.length - 1 }))
  return sentences.join(' ')
}

function tooFewPlaces(
  t: Words,
  refusal: Extract<Refusal, { code: 'too-few-places' }>,
  format: Format,
): string {
  const words = { ...wishWords(refusal.wish, format), wanted: refusal.wanted }
  if (refusal.limit > 0 && refusal.wanted > refusal.limit) {
    return t('too-few-places.limit', { ...words, count: refusal.limit })
  }
  if (refusal.free <= 0) return t('too-few-places.none', words)
  return t('too-few-places.free', { ...words, count: refusal.free })
}

function tooFewPieces(
  t: Words,
  { name, wanted, free, start, end, by }: Extract<Refusal, { code: 'too-few-pieces' }>,
  format: Format,
): string {
  const words = { name, wanted, count: free, when: format.span(start, end) }
  const sentence = free > 0 ? t('too-few-pieces.free', words) : t('too-few-pieces.none', words)
  if (by.length === 0) return sentence
  const who = by.map(({ title, number, quantity }) =>
    t('too-few-pieces.who', { quantity, title, number }),
  )
  return `${sentence} ${t('too-few-pieces.by', { who: format.list(who) })}`
}

function firstSpan(spans: readonly Span[], format: Format): string {
  const first = spans[0]
  return first ? format.span(first.start, first.end) : ''
}

function firstBooking(by: readonly InTheWay[], format: Format): string {
  const first = by[0]
  return first ? `${first.title}, ${format.span(first.start, first.end)}` : ''
}

function unreachable(refusal: never): never {
  throw new Error(`no sentence for the refusal ${JSON.stringify(refusal)}`)
}
