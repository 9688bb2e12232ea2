/** Wish: what a clerk of a chaos run wants next: one of few hours in one of few halls, or an own booking cancelled again. */
import type { CommandCall } from '../../core/commands/calls.ts'
import type { Uuid } from '../../core/domain/time.ts'
import { at, hall, idOf } from '../harness/authority.ts'
import type { Dice } from './dice.ts'
import { DAYS, HALLS, HOURS } from './town.ts'

/** `name` is this command's alone; the first of `mine` is taken out where it is to be cancelled. */
export function wish(dice: Dice, name: string, mine: Uuid[]): CommandCall {
  const id = idOf(`command ${name}`)
  const token = mine.length > 0 && dice.next() < 0.45 ? mine.shift() : undefined
  if (token) return { id, name: 'reservation.cancel', args: { token, reason: '' } }
  const start = at(dice.one(DAYS), `${dice.one(HOURS)}:00`)
  return {
    id,
    name: 'reservation.book',
    args: {
      token: idOf(`booking ${name}`),
      resource: hall(dice.one(HALLS)),
      during: { start, end: start + 3_600_000 },
      places: 1,
      title: name,
      publicTitle: '',
      note: '',
      persons: null,
      person: {
        id: idOf(`person ${name.split(' ')[0]}`),
        name: 'Ruth Meier',
        organisation: '',
        phone: '',
        email: '',
      },
    },
  }
}
