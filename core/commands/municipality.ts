/** The municipality: founded once, by the first command of the journal. */
import { readMunicipality, writeSetting } from '../store/settings.ts'
import type { ArgsOf, ResultOf } from './calls.ts'
import * as calls from './calls.ts'
import { accepted, type CommandDefinition, refused } from './command.ts'

export const municipalityFound: CommandDefinition<
  'municipality.found',
  ArgsOf<'municipality.found'>,
  ResultOf<'municipality.found'>
> = {
  name: 'municipality.found',
  version: 1,
  args: calls.municipalityFound,
  subjects: () => [],
  async handle(context, municipality) {
    const existing = await readMunicipality(context.tx)
    if (existing) return refused({ code: 'exists', what: 'municipality', name: existing.name })
    await writeSetting(context.tx, 'municipality', municipality)
    return accepted({})
  },
}
