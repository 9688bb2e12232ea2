/**
 * Recording: a trip that happened although it was not planned, or not any more. Its booking was called off meanwhile, or
 * was over before anybody ticked. What was brought for nobody is to be fetched at once.
 */
import { createAll, type NewOperation } from '../operations/operations.ts'
import { replan, STORE } from '../operations/replan.ts'
import { isPlace, standingClaim } from '../store/material-claims.ts'
import { tripsTold } from '../store/material-names.ts'
import { type PresentPiece, somePieces } from '../store/material-pieces.ts'
import { placesTagged } from '../store/operations-claims.ts'
import type { ArgsOf, ResultOf } from './calls.ts'
import { accepted, type CommandDefinition, refused } from './command.ts'
import * as calls from './material-calls.ts'
import { placeAndName, setFree, toldShort } from './material-pieces.ts'
import { inWords, workOf } from './material-work.ts'

export const tripRecord: CommandDefinition<
  'trip.record',
  ArgsOf<'trip.record'>,
  ResultOf<'trip.record'>
> = {
  name: 'trip.record',
  version: 1,
  args: calls.tripRecord,
  subjects: (_, { operations }) => operations,
  inverse: (_, { operations }) => ({
    name: 'trip.obliviate',
    args: { operations, again: null },
  }),
  handle: (context, { type, count, from, place, at, backAt, claim: named }) =>
    inWords(context, async () => {
      const { tx, now } = context
      if (Math.max(at, backAt ?? at) > now) return refused({ code: 'in-the-future' })
      if (!(await isPlace(tx, place))) return refused({ code: 'gone', what: 'resource' })
      const stores = await placesTagged(tx, STORE)
      const pieces = await somePieces(tx, type, from === null ? [...stores] : [from], at, count)
      if (pieces.length < count) {
        const told = await placeAndName(context, type, pieces)
        return refused({ code: 'too-few-there', ...told, wanted: count, there: pieces.length })
      }
      const work = workOf(context)
      const claim = named === null ? null : await standingClaim(tx, named)
      await setFree(work, pieces)
      const forNobody = claim === null && !stores.has(place)
      const move = { kind: 'move' as const, claim, actor: context.actor.name }
      const wanted = pieces.flatMap((piece: PresentPiece): NewOperation[] => {
        const { avatar: input, place: home } = piece
        return [
          { ...move, state: 'done', input, place, dtExecution: at },
          ...(backAt !== null
            ? [{ ...move, state: 'done' as const, place: home, dtExecution: backAt }]
            : forNobody
              ? [{ ...move, place: home, dtExecution: now }]
              : []),
        ]
      })
      const each = wanted.length / pieces.length
      const made = await createAll(
        work,
        wanted.map((one, index) => (index % each === 0 ? one : { ...one, after: index - 1 })),
      )
      const { short } = await replan(work, [type])
      const operations = made.filter((one) => one.state === 'done').map((one) => one.id)
      const told = (await tripsTold(tx, operations)).map(({ type: _, at: __, ...row }) => row)
      return accepted({ operations, told, short: await toldShort(context, short) })
    }),
}
