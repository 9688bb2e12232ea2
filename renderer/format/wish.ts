/**
 * Wish texts: every command as what it is while nobody has decided it: a wish, and never as something that is done.
 *
 * Promises a sentence for each command name (the switch is exhaustive), made of the arguments alone: a command that was
 * refused has no result.
 */
import type { TFunction } from 'i18next'
import type { ArgsOf, CommandName } from '../../core/commands/calls.ts'
import type { Told } from '../../core/contract.ts'
import { dayOf } from '../../core/domain/time.ts'
import type { Format } from './format.ts'
import { doneText, type Halls, hallName, hallNames } from './history.ts'

/** The words of wishes, and those of the history for names of fields and halls. */
export type WishWords = Readonly<{ sync: TFunction<'sync'>; history: TFunction<'history'> }>
export type Undecided = Readonly<{ name: CommandName; args: unknown; told: Told }>
type Wished = { [N in CommandName]: Readonly<{ name: N; args: ArgsOf<N> }> }[CommandName]

/** More bookings than this are counted, not listed. */
const LISTED = 3

export function wishText(
  { sync: t, history }: WishWords,
  { told, ...command }: Undecided,
  halls: Halls,
  format: Format,
): string {
  const title = (token: string) => {
    const known = told.bookings[token]
    if (!known?.title) return t('wish.someBooking')
    return known.number > 0 ? t('wish.titled', known) : known.title
  }
  const titles = (tokens: readonly string[]) =>
    tokens.length > LISTED
      ? history('titleCount', { count: tokens.length })
      : format.list(tokens.map(title))
  const halled = (ids: readonly string[]) => hallNames(history, halls, ids, format)
  const fields = <F extends string>(facts: object, name: (field: F) => string) =>
    format.list((Object.keys(facts) as F[]).map(name))
  const wished = command as Wished
  switch (wished.name) {
    case 'municipality.found':
    case 'publish.target.save':
    case 'resource.add':
    case 'item-type.add':
    case 'store.add':
      return t(`wish.${wished.name}`, { name: wished.args.name })
    case 'holidays.change':
      return t('wish.holidays.change', {
        fields: fields(wished.args, (field: 'canton' | 'optional' | 'own' | 'school') =>
          history(`holidayFields.${field}`),
        ),
      })
    case 'resource.change':
      return t('wish.resource.change', {
        name: hallName(history, halls, wished.args.resource),
        fields: fields(wished.args.facts, (field: keyof typeof wished.args.facts) =>
          history(`fields.${field}`),
        ),
      })
    case 'resource.remove':
      return t('wish.resource.remove', { name: hallName(history, halls, wished.args.resource) })
    case 'availability.add':
      return t('wish.availability.add', {
        halls: halled(wished.args.resources),
        weekdays: format.weekdays(wished.args.weekdays),
        opens: wished.args.opens,
        closes: wished.args.closes,
        from: format.date(wished.args.from),
        until: format.date(wished.args.until),
      })
    case 'availability.change': {
      const all = wished.args.periods.flatMap(({ resources }) => resources)
      return t('wish.availability.change', { halls: halled([...new Set(all)]) })
    }
    case 'availability.clear':
      return t('wish.availability.clear', {
        halls: halled(wished.args.resources),
        from: format.date(wished.args.from),
        until: format.date(wished.args.until),
      })
    case 'availability.restore':
      return t('wish.availability.restore', { halls: halled(wished.args.cleared.resources) })
    case 'reservation.book':
    case 'reservation.request': {
      const { title, resource, also = [], during } = wished.args
      const words = {
        title,
        where: halled([resource, ...also]),
        when: format.span(during.start, during.end),
      }
      if (wished.name === 'reservation.book') return t('wish.reservation.book', words)
      return t(wished.args.waiting ? 'wish.reservation.waiting' : 'wish.reservation.request', words)
    }
    case 'reservation.hold': {
      const { resource, also = [], during } = wished.args
      return t('wish.reservation.hold', {
        where: halled([resource, ...also]),
        when: format.span(during.start, during.end),
      })
    }
    case 'reservation.change':
      return t('wish.reservation.change', {
        title: title(wished.args.token),
        fields: fields(wished.args.facts, (field: keyof typeof wished.args.facts) =>
          history(`bookingFields.${field}`),
        ),
      })
    case 'reservation.cancel': {
      const { token, reason } = wished.args
      return reason
        ? t('wish.reservation.cancelBecause', { title: title(token), reason })
        : t('wish.reservation.cancel', { title: title(token) })
    }
    case 'reservation.restore':
      return t('wish.reservation.restore', { title: title(wished.args.token) })
    case 'reservation.move': {
      const { token, to } = wished.args
      return t('wish.reservation.move', {
        title: title(token),
        where: hallName(history, halls, to.resource),
        when: format.span(to.start, to.end),
      })
    }
    case 'reservation.add': {
      const { token, resource, during } = wished.args
      return t('wish.reservation.add', {
        title: title(token),
        where: hallName(history, halls, resource),
        when: format.span(during.start, during.end),
      })
    }
    case 'reservation.drop': {
      const { token, from } = wished.args
      return t('wish.reservation.drop', {
        title: title(token),
        where: hallName(history, halls, from.resource),
        when: format.moment(from.start),
      })
    }
    case 'request.decide': {
      const { decisions } = wished.args
      const ways = [...new Set(decisions.map((one) => one.as))]
      const said = ways.map((as) => {
        const those = decisions.filter((one) => one.as === as).map((one) => one.token)
        return t(`wish.request.${as}`, { titles: titles(those) })
      })
      return said.join('; ')
    }
    case 'places.change':
      return t('wish.places.change', {
        where: hallName(history, halls, wished.args.resource),
        when: format.day(dayOf(wished.args.start, format.zone)),
        after: wished.args.places,
      })
    case 'blocker.add':
      return t('wish.blocker.add', {
        halls: halled(wished.args.resources),
        when: format.span(wished.args.during.start, wished.args.during.end),
        reason: wished.args.reason || history('noReason'),
      })
    case 'person.add': {
      const { organisation, name } = wished.args.card
      return t('wish.person.add', { name: organisation || name })
    }
    case 'person.change':
      return t('wish.person.change', {
        fields: fields(wished.args.card, (field: keyof typeof wished.args.card) =>
          history(`personFields.${field}`),
        ),
      })
    case 'item-type.change':
    case 'store.change':
      return t(`wish.${wished.name}`, {
        fields: fields(wished.args.facts, (field: 'name' | 'kind' | 'tag') =>
          history(`thingFields.${field}`),
        ),
      })
    case 'piece.arrive':
    case 'piece.depart':
    case 'set.pack':
    case 'trip.record':
      return t(`wish.${wished.name}`, { count: wished.args.count })
    case 'set.unpack':
      return t('wish.set.unpack', { count: wished.args.items.length })
    case 'material.want':
      return t('wish.material.want', { titles: titles(wished.args.wants.map((one) => one.token)) })
    case 'key.hand-out':
      return t('wish.key.hand-out', {
        until: format.dayShort(dayOf(wished.args.until, format.zone)),
      })
    case 'reservation.let-go':
    case 'publish.target.remove':
    case 'availability.remove':
    case 'blocker.remove':
    case 'person.remove':
    case 'person.merge':
    case 'person.split':
    case 'item-type.remove':
    case 'item-type.compose':
    case 'store.remove':
    case 'trip.execute':
    case 'trip.start':
    case 'trip.cancel':
    case 'trip.bring-back':
    case 'trip.obliviate':
    case 'key.take-back':
      return t(`wish.${wished.name}`)
    case 'undo': {
      const { undoes } = told
      // Of one that is undecided itself nothing but its arguments is known.
      const what =
        undoes &&
        (undoes.result === null
          ? wishText(
              { sync: t, history },
              { ...undoes, told: { ...told, undoes: null } },
              halls,
              format,
            )
          : doneText(history, undoes, halls, format))
      return what ? t('wish.undo', { what }) : t('wish.undoPlain')
    }
    default:
      return unreachable(wished)
  }
}

/** What a clerk of this window did: as done, or as the wish that it still was. */
export function stepText(
  words: WishWords,
  step: Readonly<{ name: CommandName; args: unknown; result: unknown }>,
  halls: Halls,
  format: Format,
): string {
  return step.result === undefined
    ? wishText(words, { ...step, told: { bookings: {}, undoes: null } }, halls, format)
    : doneText(words.history, step, halls, format)
}

function unreachable(command: never): never {
  throw new Error(`no sentence for the wish ${JSON.stringify(command)}`)
}
