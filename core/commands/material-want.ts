/** Wanting material: all lines of one or many bookings, as a clerk has set them. */
import type { ArgsOf, ResultOf } from './calls.ts'
import type { CommandDefinition } from './command.ts'
import * as calls from './material-calls.ts'
import { setMaterial } from './material-claims.ts'
import { inWords, workOf } from './material-work.ts'

export const materialWant: CommandDefinition<
  'material.want',
  ArgsOf<'material.want'>,
  ResultOf<'material.want'>
> = {
  name: 'material.want',
  version: 1,
  args: calls.materialWant,
  subjects: ({ wants }) => wants.map((want) => want.token),
  inverse: (_, { before }) => ({ name: 'material.want', args: { wants: before } }),
  handle: (context, { wants }) =>
    inWords(context, () => setMaterial(context, workOf(context), wants)),
}
