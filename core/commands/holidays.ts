/** Holidays: which canton's law holds here, what the municipality adds, and when the schools are closed. */
import { NO_HOLIDAYS } from '../domain/holidays.ts'
import { readHolidaySettings, writeSetting } from '../store/settings.ts'
import type { ArgsOf, ResultOf } from './calls.ts'
import * as calls from './calls.ts'
import { accepted, type CommandDefinition } from './command.ts'

type Facts = ArgsOf<'holidays.change'>

/** Only what a change names, as it was before it. */
function former(before: typeof NO_HOLIDAYS, facts: Facts): Facts {
  const keys = Object.keys(facts) as (keyof typeof NO_HOLIDAYS)[]
  return Object.fromEntries(keys.map((key) => [key, before[key]])) as Facts
}

export const holidaysChange: CommandDefinition<
  'holidays.change',
  ArgsOf<'holidays.change'>,
  ResultOf<'holidays.change'>
> = {
  name: 'holidays.change',
  version: 1,
  args: calls.holidaysChange,
  subjects: () => [],
  inverse: (_, { before }) => ({ name: 'holidays.change', args: before }),
  async handle(context, facts) {
    const before = await readHolidaySettings(context.tx)
    await writeSetting(context.tx, 'holidays', { ...NO_HOLIDAYS, ...before, ...facts })
    return accepted({ before: former(before, facts) })
  },
}
