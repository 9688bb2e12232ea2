/** History texts of equipment and keys: every command as a sentence in the past. Pure. */
import type { TFunction } from 'i18next'
import type { ArgsOf, ResultOf } from '../../core/commands/calls.ts'
import type { MaterialResults, ToldTrips } from '../../core/commands/material-calls.ts'
import { dayOf } from '../../core/domain/time.ts'
import type { Format } from './format.ts'

type Words = TFunction<'history'>
export type MaterialSaid = {
  [N in keyof MaterialResults]: Readonly<{ name: N; args: ArgsOf<N>; result: unknown }>
}[keyof MaterialResults]

/** More lines than this are told as a number of pieces by their first. */
const LISTED = 3

function fieldsOf(t: Words, facts: object, format: Format): string {
  const fields = Object.keys(facts) as ('name' | 'kind' | 'tag')[]
  return format.list(fields.map((field) => t(`thingFields.${field}`)))
}

function pieceName({ name, code }: { name: string; code: string | null }): string {
  return code ? `${name} ${code}` : name
}

function tripsText(t: Words, trips: ToldTrips, format: Format): string {
  return format.list(
    trips.slice(0, LISTED).map((trip) => {
      const words = { count: trip.count, what: pieceName(trip), to: trip.to }
      // Packed, taken apart or gone for good: it went nowhere else.
      if (trip.to === '') return t('tripsHere', words)
      return trip.title ? t('tripsFor', { ...words, title: trip.title }) : t('trips', words)
    }),
  )
}

function wantText(t: Words, { told }: ResultOf<'material.want'>, format: Format): string {
  const [first, ...others] = told
  if (!first || others.length > 0) return t('text.material.wantMany', { count: told.length })
  const lines = first.lines.map(({ name, quantity }) => t('lines', { name, quantity }))
  return t('text.material.want', {
    title: first.number ? `${first.title} (${first.number})` : first.title,
    lines: lines.length > 0 ? format.list(lines) : t('noLines'),
  })
}

export function materialText(t: Words, said: MaterialSaid, format: Format): string {
  switch (said.name) {
    case 'item-type.add':
    case 'store.add':
      return t(`text.${said.name}`, { name: said.args.name })
    case 'item-type.change':
    case 'store.change':
      return t(`text.${said.name}`, {
        name: (said.result as { name: string }).name,
        fields: fieldsOf(t, said.args.facts, format),
      })
    case 'item-type.remove':
    case 'store.remove':
      return t(`text.${said.name}`, {
        name: (said.result as { restore: { name: string } }).restore.name,
      })
    case 'item-type.compose': {
      const { name, told } = said.result as ResultOf<'item-type.compose'>
      const lines = told.map((line) => t('lines', line))
      return lines.length > 0
        ? t('text.item-type.compose', { name, lines: format.list(lines) })
        : t('text.item-type.composeNone', { name })
    }
    case 'set.pack':
    case 'set.unpack': {
      const { operations, name, place } = said.result as ResultOf<'set.pack'>
      return t(`text.${said.name}`, { count: operations.length, name, place })
    }
    case 'piece.arrive': {
      const { name, place } = said.result as ResultOf<'piece.arrive'>
      return t(`text.piece.${said.args.why}`, { count: said.args.count, name, place })
    }
    case 'piece.depart': {
      const { name, place, operations, codes } = said.result as ResultOf<'piece.depart'>
      const what = codes.length === 1 ? `${name} ${codes[0]}` : name
      return t(`text.piece.${said.args.why}`, { count: operations.length, name: what, place })
    }
    case 'material.want':
      return wantText(t, said.result as ResultOf<'material.want'>, format)
    case 'trip.execute':
    case 'trip.start':
    case 'trip.cancel':
    case 'trip.bring-back':
    case 'trip.obliviate':
    case 'trip.record': {
      const { told } = said.result as { told: ToldTrips }
      return t(`text.${said.name}`, { trips: tripsText(t, told, format) })
    }
    case 'key.hand-out': {
      const { who, ...key } = said.result as ResultOf<'key.hand-out'>
      const until = format.dayShort(dayOf(said.args.until, format.zone))
      return t('text.key.hand-out', { name: pieceName(key), who, until })
    }
    case 'key.take-back': {
      const { who, ...key } = said.result as ResultOf<'key.take-back'>
      return t('text.key.take-back', { name: pieceName(key), who })
    }
  }
}
