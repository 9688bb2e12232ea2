/** Which step of founding a command belongs to: the words of the progress bar. */
import type { CommandName } from '../commands/calls.ts'
import type { Status } from '../contract.ts'

export type FoundingStep = NonNullable<Status['progress']>['step']

export function stepOf(name: CommandName): FoundingStep {
  if (name === 'municipality.found') return 'database'
  if (name.startsWith('resource.')) return 'resources'
  return name.startsWith('availability.') ? 'availability' : 'bookings'
}
