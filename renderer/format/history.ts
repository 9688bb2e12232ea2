/**
 * History texts: every command, and what came from outside, as a sentence in the past.
 *
 * Promises a sentence for each name in the history (the switch is exhaustive). Reads only the arguments and the halls;
 * a hall that is gone is called so, never shown as a uuid.
 */
import type { TFunction } from 'i18next'
import type { ArgsOf, CommandName, ResultOf } from '../../core/commands/calls.ts'
import { OUTSIDE, type OutsideChange } from '../../core/domain/outside-change.ts'
import { dayOf } from '../../core/domain/time.ts'
import {
  type HistoryName,
  type HistoryRow,
  NEWER,
  type ResourceRow,
} from '../../core/queries/rows.ts'
import type { Format } from './format.ts'
import { materialText } from './history-material.ts'
import { outsideText } from './history-outside.ts'

type Words = TFunction<'history'>
export type Halls = readonly ResourceRow[] | undefined
type Said =
  | { [N in CommandName]: Readonly<{ name: N; args: ArgsOf<N>; result: unknown }> }[CommandName]
  | Readonly<{ name: typeof OUTSIDE; args: OutsideChange; result: null }>
  | Readonly<{ name: typeof NEWER; args: null; result: null }>

/** More halls than this are counted, not listed. */
const LISTED_HALLS = 3

export function hallName(t: Words, halls: Halls, id: string): string {
  return halls?.find((hall) => hall.id === id)?.name ?? t('gone')
}

export function hallNames(t: Words, halls: Halls, ids: readonly string[], format: Format): string {
  return ids.length > LISTED_HALLS
    ? t('hallCount', { count: ids.length })
    : format.list(ids.map((id) => hallName(t, halls, id)))
}

export function doneText(
  t: Words,
  said: Readonly<{ name: HistoryName; args: unknown; result: unknown }>,
  halls: Halls,
  format: Format,
): string {
  const command = said as Said
  switch (command.name) {
    case 'municipality.found':
      return t('text.municipality.found', { name: command.args.name })
    case 'publish.target.save':
      return (command.result as ResultOf<'publish.target.save'>).before
        ? t('text.publish.target.save', { name: command.args.name })
        : t('text.publish.target.add', { name: command.args.name })
    case 'publish.target.remove':
      return t('text.publish.target.remove', {
        name: (command.result as ResultOf<'publish.target.remove'>).restore.name,
      })
    case 'holidays.change':
      return t('text.holidays.change', {
        fields: format.list(
          (Object.keys(command.args) as (keyof typeof command.args)[]).map((field) =>
            t(`holidayFields.${field}`),
          ),
        ),
      })
    case 'resource.add':
      return t('text.resource.add', { name: command.args.name })
    case 'resource.change':
      return t('text.resource.change', {
        name: command.args.facts.name ?? hallName(t, halls, command.args.resource),
        fields: format.list(
          changed(t, command.args.facts, command.result, (field) => t(`fields.${field}`), format),
        ),
      })
    case 'resource.remove':
      return t('text.resource.remove', { name: removedName(command.result) ?? t('gone') })
    case 'availability.add':
      return t('text.availability.add', {
        halls: hallNames(t, halls, command.args.resources, format),
        weekdays: format.weekdays(command.args.weekdays),
        opens: command.args.opens,
        closes: command.args.closes,
        from: format.date(command.args.from),
        until: format.date(command.args.until),
      })
    case 'availability.remove':
      return t('text.availability.remove')
    case 'availability.change':
      return t('text.availability.change', {
        halls: hallNames(
          t,
          halls,
          [...new Set(command.args.periods.flatMap((period) => period.resources))],
          format,
        ),
      })
    case 'availability.clear':
      return t('text.availability.clear', {
        number: (command.result as { removed?: number } | null)?.removed ?? 0,
        halls: hallNames(t, halls, command.args.resources, format),
        from: format.date(command.args.from),
        until: format.date(command.args.until),
      })
    case 'availability.restore':
      return t('text.availability.restore', {
        halls: hallNames(t, halls, command.args.cleared.resources, format),
      })
    case 'reservation.book':
      return t('text.reservation.book', {
        title: command.args.title,
        where: hallNames(t, halls, [command.args.resource, ...(command.args.also ?? [])], format),
        when: format.span(command.args.during.start, command.args.during.end),
      })
    // Never in the history, but every command has its words.
    case 'reservation.hold':
      return t('text.reservation.hold', {
        where: hallNames(t, halls, [command.args.resource, ...(command.args.also ?? [])], format),
        when: format.span(command.args.during.start, command.args.during.end),
      })
    case 'reservation.let-go':
      return t('text.reservation.letGo')
    case 'person.add':
      return t('text.person.add', {
        name: command.args.card.organisation || command.args.card.name,
      })
    case 'person.change':
      return t('text.person.change', {
        name: nameOf(command.result),
        fields: format.list(
          changed(
            t,
            command.args.card,
            command.result,
            (field) => t(`personFields.${field}`),
            format,
          ),
        ),
      })
    case 'person.remove': {
      const { card } = command.result as ResultOf<'person.remove'>
      return t('text.person.remove', { name: card.organisation || card.name })
    }
    case 'person.merge':
    case 'person.split': {
      const { name, other } = command.result as ResultOf<'person.split'>
      return t(`text.${command.name}`, { name, other })
    }
    case 'reservation.request':
      return t(command.args.waiting ? 'text.reservation.waiting' : 'text.reservation.request', {
        title: command.args.title,
        where: hallNames(t, halls, [command.args.resource, ...(command.args.also ?? [])], format),
        when: format.span(command.args.during.start, command.args.during.end),
      })
    case 'reservation.change':
      return t('text.reservation.change', {
        title: titleOf(command.result),
        fields: format.list(
          changed(
            t,
            command.args.facts,
            command.result,
            (field) => t(`bookingFields.${field}`),
            format,
          ),
        ),
      })
    case 'request.decide':
      return decidedText(t, command.args, command.result, format)
    case 'reservation.cancel':
      return command.args.reason
        ? t('text.reservation.cancelBecause', {
            title: titleOf(command.result),
            reason: command.args.reason,
          })
        : t('text.reservation.cancel', { title: titleOf(command.result) })
    case 'reservation.restore':
      return t('text.reservation.restore', { title: titleOf(command.result) })
    case 'reservation.move':
      return movedText(t, command.result as ResultOf<'reservation.move'>, halls, format)
    case 'reservation.add':
    case 'reservation.drop':
      return datesText(t, command, halls, format)
    case 'places.change': {
      const { before } = (command.result ?? {}) as { before?: number }
      return t('text.places.change', {
        where: hallName(t, halls, command.args.resource),
        when: format.day(dayOf(command.args.start, format.zone)),
        before: before ?? '',
        after: command.args.places,
      })
    }
    case 'blocker.add':
      return t('text.blocker.add', {
        halls: hallNames(t, halls, command.args.resources, format),
        when: format.span(command.args.during.start, command.args.during.end),
        reason: command.args.reason || t('noReason'),
      })
    case 'blocker.remove':
      return t('text.blocker.remove', {
        reason: (command.result as { reason?: string } | null)?.reason || t('noReason'),
      })
    case 'item-type.add':
    case 'item-type.change':
    case 'item-type.remove':
    case 'store.add':
    case 'store.change':
    case 'store.remove':
    case 'piece.arrive':
    case 'piece.depart':
    case 'material.want':
    case 'trip.execute':
    case 'trip.start':
    case 'trip.cancel':
    case 'trip.bring-back':
    case 'trip.obliviate':
    case 'trip.record':
    case 'item-type.compose':
    case 'set.pack':
    case 'set.unpack':
    case 'key.hand-out':
    case 'key.take-back':
      return materialText(t, command, format)
    case 'undo':
      return t('text.undoPlain')
    case OUTSIDE:
      return outsideText(t, command.args, halls, format)
    case NEWER:
      return t('text.newer')
    default:
      return unreachable(command)
  }
}

/** Which date came or went, and why. */
function datesText(
  t: Words,
  { name, args, result }: Extract<Said, { name: 'reservation.add' | 'reservation.drop' }>,
  halls: Halls,
  format: Format,
): string {
  const { date, ...booking } = result as ResultOf<'reservation.add'>
  const words = {
    title: titleOf(booking),
    where: hallName(t, halls, date.resource),
    when: format.span(date.start, date.end),
  }
  const reason = name === 'reservation.drop' ? args.reason : ''
  return reason ? t('text.reservation.dropBecause', { ...words, reason }) : t(`text.${name}`, words)
}

/** Before → after; the hall is repeated only where it is another. */
function movedText(
  t: Words,
  { from, to, ...booking }: ResultOf<'reservation.move'>,
  halls: Halls,
  format: Format,
): string {
  const where = from.resource === to.resource ? '' : `${hallName(t, halls, to.resource)}, `
  return t('text.reservation.move', {
    title: titleOf(booking),
    before: `${hallName(t, halls, from.resource)}, ${format.span(from.start, from.end)}`,
    after: `${where}${format.span(to.start, to.end)}`,
  })
}

/** What was decided, outcome by outcome; the first one named is what the clerk meant. */
function decidedText(
  t: Words,
  args: ArgsOf<'request.decide'>,
  result: unknown,
  format: Format,
): string {
  const { decided } = result as ResultOf<'request.decide'>
  const outcomes = [...new Set(decided.map((one) => one.as))]
  const told = outcomes.map((as) => {
    const those = decided.filter((one) => one.as === as)
    const titles =
      those.length > LISTED_HALLS
        ? t('titleCount', { count: those.length })
        : format.list(those.map(titleOf))
    const reason = args.decisions.find((one) => one.as === 'denied' && one.reason)?.reason
    return as === 'denied' && reason
      ? t('text.request.deniedBecause', { titles, reason })
      : t(`text.request.${as}`, { titles })
  })
  return told.join('; ')
}

/** Who did it; of what came from outside the sentence tells who. */
export function whoText(t: Words, row: HistoryRow): string {
  return row.name === OUTSIDE ? t('outside.who') : row.actor
}

/** A row of the history; an undo is told by what it undid, where that row is at hand. */
export function rowText(
  t: Words,
  row: HistoryRow,
  rows: readonly HistoryRow[],
  halls: Halls,
  format: Format,
): string {
  if (!row.undoes) return doneText(t, row, halls, format)
  const undone = rows.find((each) => each.command === row.undoes)
  if (!undone) return t('text.undoPlain')
  return t('text.undo', { what: rowText(t, undone, rows, halls, format) })
}

/** Longer texts are told by their beginning. */
const TOLD_LETTERS = 40
/** What is said by more than a word or a number is only named. */
const ONLY_NAMED = new Set(['kind', 'parent', 'sharesSpace', 'color', 'position', 'language'])

/** Each field with what it was and what it is: `Personen: 80 → 120`. */
function changed<F extends object>(
  t: Words,
  after: F,
  result: unknown,
  labelOf: (field: keyof F & string) => string,
  format: Format,
): string[] {
  const { before } = (result ?? {}) as { before?: Partial<F> }
  return (Object.keys(after) as (keyof F & string)[]).map((field) => {
    const label = labelOf(field)
    const was = before && valueText(before[field], format)
    const is = valueText(after[field], format)
    return was === undefined || is === undefined || ONLY_NAMED.has(field)
      ? label
      : t('changed', { field: label, before: was || t('nothing'), after: is || t('nothing') })
  })
}

/** Undefined for what has no short word. */
function valueText(value: unknown, format: Format): string | undefined {
  if (value === null) return ''
  if (typeof value === 'number') return format.number(value)
  if (Array.isArray(value)) return format.list(value.map(String))
  if (typeof value !== 'string') return undefined
  return value.length > TOLD_LETTERS ? `${value.slice(0, TOLD_LETTERS - 1)}…` : value
}

function removedName(result: unknown): string | undefined {
  return (result as { restore?: { name?: string } } | null)?.restore?.name
}

function nameOf(result: unknown): string {
  return (result as { name?: string } | null)?.name ?? ''
}

/** `«Jubiläum», Nummer 4719` is built by the catalogue; here only title and number are found. */
function titleOf(result: unknown): string {
  const { title, number } = (result ?? {}) as { title?: string; number?: number }
  return number ? `${title ?? ''} (${number})` : (title ?? '')
}

function unreachable(command: never): never {
  throw new Error(`no sentence for the command ${JSON.stringify(command)}`)
}
