/**
 * Undo: a new command that does the opposite of an earlier one, checked against the present state. Undoing an
 * undo is how redo works.
 */
import { historyEntry } from '../store/history.ts'
import type { ArgsOf, ResultOf } from './calls.ts'
import * as calls from './calls.ts'
import { type AnyCall, accepted, type CommandDefinition, refused } from './command.ts'
import type { AnyDefinition } from './index.ts'

export function undoWith(
  /** Nothing for the name of no command of this program. */
  find: (name: string) => AnyDefinition | undefined,
): CommandDefinition<'undo', ArgsOf<'undo'>, ResultOf<'undo'>> {
  return {
    name: 'undo',
    version: 1,
    args: calls.undo,
    subjects: ({ command }) => [command],
    inverse: (_, { name, args, result }): AnyCall | undefined =>
      find(name)?.inverse?.(args, result),
    async handle(context, { command }) {
      const entry = await historyEntry(context.tx, command)
      if (!entry) return refused({ code: 'gone', what: 'command' })
      if (entry.undoneBy !== null) return refused({ code: 'already-undone' })
      const opposite = find(entry.name)?.inverse?.(entry.args, entry.result)
      if (!opposite) return refused({ code: 'cannot-undo' })
      const definition = find(opposite.name) as AnyDefinition
      const { result: recorded } = (context.recorded ?? {}) as { result?: unknown }
      const outcome = await definition.handle(
        recorded === undefined ? context : { ...context, recorded },
        definition.args.parse(opposite.args),
      )
      if (outcome.status === 'refused') return outcome
      return accepted({
        name: definition.name,
        args: opposite.args,
        result: outcome.result,
      })
    },
  }
}
