/** Look further: opens the booking panel with the same people and purpose, to find another day. Null: nothing to look for. */
import type { ArgsOf } from '../../../core/commands/calls.ts'
import type { ConcernedCommand } from '../../../core/contract.ts'
import { useView } from '../../desk/store.ts'
import { fillFrom } from '../booking/fillFrom.ts'

export function lookFurther({ name, args }: Pick<ConcernedCommand, 'name' | 'args'>) {
  if (name !== 'reservation.book' && name !== 'reservation.request') return null
  const wish = args as ArgsOf<'reservation.book'>
  return () => {
    useView.getState().openBooking({ resource: wish.resource })
    fillFrom({ ...wish, person: { ...wish.person, bookings: 0 } })
  }
}
