/**
 * Holding a time for a caller: a reservation of libres in a session that bears the call's own name. It takes no slot and
 * has no number; it ends by itself, when it is let go, or with the booking. Asking once more renews it.
 */
import { HOLD_MS } from '../domain/hold.ts'
import { holdData } from '../store/holds.ts'
import { askFor } from './ask-for.ts'
import type { ArgsOf, ResultOf } from './calls.ts'
import * as calls from './calls.ts'
import { accepted, type CommandDefinition, refused } from './command.ts'
import { hallsOf } from './halls-of.ts'
import { heldOff, letGo } from './held-off.ts'

type Define<N extends calls.CommandName> = CommandDefinition<N, ArgsOf<N>, ResultOf<N>>

export const reservationHold: Define<'reservation.hold'> = {
  name: 'reservation.hold',
  version: 1,
  args: calls.reservationHold,
  passing: true,
  subjects: ({ token, resource, also = [] }) => [token, resource, ...also],
  async handle(context, { token, resource, also, during, places }) {
    const halls = await hallsOf(context, resource, also)
    if (halls.status === 'refused') return halls
    const others = await letGo(context, token)
    for (const family of halls.result) {
      const wanted = { token, family, spans: [during], places, email: '' }
      const held = await heldOff(context, wanted, others)
      if (held) return refused(held)
      const asked = await askFor(context, wanted, false, {
        sessionId: token,
        data: holdData(context.actor.name),
      })
      if (asked.status === 'refused') return asked
    }
    return accepted({ until: context.now + HOLD_MS })
  },
}

/** Also where nothing is held any more: letting go is never wrong. */
export const reservationLetGo: Define<'reservation.let-go'> = {
  name: 'reservation.let-go',
  version: 1,
  args: calls.reservationLetGo,
  passing: true,
  subjects: ({ token }) => [token],
  async handle(context, { token }) {
    await letGo(context, token)
    return accepted({})
  },
}
