/**
 * Places: how many there are on one date. Fewer are possible as long as never more are taken at once; who then
 * changes place is told, and whoever is in the way gets a word in the same command.
 */
import { AffectedReservationError } from '../scheduler/errors.ts'
import { dateAt, piecesOf } from '../store/places.ts'
import { resourcesByIds } from '../store/resources.ts'
import { carryOutAffected, type Step, takeBackAffected, tokensOf } from './affected.ts'
import type { ArgsOf, ResultOf } from './calls.ts'
import * as calls from './calls.ts'
import { accepted, type CommandDefinition, refused } from './command.ts'
import { schedulerOf } from './scheduler-of.ts'

type Define<N extends calls.CommandName> = CommandDefinition<N, ArgsOf<N>, ResultOf<N>>

export const placesChange: Define<'places.change'> = {
  name: 'places.change',
  version: 1,
  args: calls.placesChange,
  subjects: ({ resource, decisions }) => [...new Set([resource, ...tokensOf(decisions)])],
  inverse: ({ resource, start, decisions, back }, { before, moves, steps }) => ({
    name: 'places.change',
    args: back
      ? // The way forward again: the words of the first time count once more.
        { resource, start, places: before, decisions: back.decisions }
      : {
          resource,
          start,
          places: before,
          decisions: [],
          back: {
            moves: [...moves].reverse().map(({ id, from, to }) => ({ id, from: to, to: from })),
            steps,
            decisions,
          },
        },
  }),
  async handle(context, { resource, start, places, decisions, back }) {
    const [hall] = await resourcesByIds(context.tx, [resource])
    if (!hall) return refused({ code: 'gone', what: 'resource' })
    const date = await dateAt(context.tx, resource, start)
    if (!date || date.start !== start) return refused({ code: 'gone', what: 'availability' })
    const steps = await carryOutAffected(context, decisions, '')
    if (steps.status === 'refused') return steps
    const scheduler = schedulerOf(context, hall)
    try {
      const moves = await scheduler.changePlaces(date.id, places, back?.moves ?? [])
      const undone = await takeBackAffected(context, (back?.steps ?? []) as Step[])
      if (undone.status === 'refused') return undone
      return accepted({ before: date.places, moves: [...moves], steps: steps.result })
    } catch (error) {
      if (!(error instanceof AffectedReservationError)) throw error
      const taken = (await piecesOf(context.tx, date.id)).filter(
        (piece) => piece.kind === 'reservation',
      )
      return refused({
        code: 'in-use',
        what: 'places',
        name: hall.name,
        by: taken.slice(0, 10).map(({ token, number, title, start: from, end }) => ({
          token,
          number,
          title,
          resource,
          resourceName: hall.name,
          start: from,
          end,
        })),
        count: new Set(taken.map((piece) => piece.token)).size,
      })
    }
  },
}
