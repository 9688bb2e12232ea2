/** Targets of publishing: what the public sees where. Kept with the data, so that history and undo know them. */
import type { PublishTarget } from '../domain/publish-target.ts'
import { readPublishTargets, writeSetting } from '../store/settings.ts'
import type { ArgsOf, ResultOf } from './calls.ts'
import * as calls from './calls.ts'
import { accepted, type CommandDefinition, refused } from './command.ts'

type Define<N extends calls.CommandName> = CommandDefinition<N, ArgsOf<N>, ResultOf<N>>

const sameName = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()

export const publishTargetSave: Define<'publish.target.save'> = {
  name: 'publish.target.save',
  version: 1,
  args: calls.publishTargetSave,
  subjects: ({ id }) => [id],
  makes: ({ id }) => [id],
  inverse: ({ id }, { before }) =>
    before
      ? { name: 'publish.target.save', args: before }
      : { name: 'publish.target.remove', args: { id } },
  async handle(context, target) {
    const targets = await readPublishTargets(context.tx)
    const twin = targets.find((each) => each.id !== target.id && sameName(each.name, target.name))
    if (twin) return refused({ code: 'exists', what: 'target', name: twin.name })
    const before = targets.find((each) => each.id === target.id) ?? null
    const next: readonly PublishTarget[] = before
      ? targets.map((each) => (each.id === target.id ? target : each))
      : [...targets, target]
    await writeSetting(context.tx, 'publish', next)
    return accepted({ before: before as ResultOf<'publish.target.save'>['before'] })
  },
}

export const publishTargetRemove: Define<'publish.target.remove'> = {
  name: 'publish.target.remove',
  version: 1,
  args: calls.publishTargetRemove,
  subjects: ({ id }) => [id],
  inverse: (_, { restore }) => ({ name: 'publish.target.save', args: restore }),
  async handle(context, { id }) {
    const targets = await readPublishTargets(context.tx)
    const found = targets.find((each) => each.id === id)
    if (!found) return refused({ code: 'gone', what: 'target' })
    await writeSetting(
      context.tx,
      'publish',
      targets.filter((each) => each.id !== id),
    )
    return accepted({ restore: found as ResultOf<'publish.target.remove'>['restore'] })
  },
}
