/**
 * Settle: what can be done about a command that came to nothing: the same wish elsewhere, the waiting list, or nothing.
 *
 * What is done instead is a new command with an id of its own; only when that is noted is the concern dealt with.
 */
import type { ArgsOf, CommandName } from '../../../core/commands/calls.ts'
import type { ConcernedCommand, DispatchResult } from '../../../core/contract.ts'
import type { Alternative, Refusal, RefusalCode } from '../../../core/domain/refusal.ts'
import { desk } from '../../desk/client.ts'
import { dispatch, freshId } from '../../desk/dispatch.ts'

type Instead = {
  [N in CommandName]: Readonly<{ name: N; args: ArgsOf<N> }>
}[CommandName]
type Wished = Pick<ConcernedCommand, 'name' | 'args'>
type Refused = Pick<ConcernedCommand, 'name' | 'args' | 'refusal'>

/** The same for the same people, there and then; null where the command wished for no time. */
export function instead(wished: Wished, alternative: Alternative): Instead | null {
  const { resource, start, end } = alternative
  const during = { start, end }
  const { name, args } = wished as Instead
  switch (name) {
    case 'reservation.book':
    case 'reservation.request': {
      const { also, evenIfHeld: _, ...same } = args as ArgsOf<'reservation.book'>
      // A second hall was wanted for that hall, not for another one.
      const both = also && resource === args.resource ? { also } : {}
      return { name, args: { ...same, ...both, token: freshId(), resource, during } } as Instead
    }
    case 'reservation.add':
      return { name, args: { ...args, resource, during } }
    case 'reservation.move':
      return { name, args: { ...args, to: { resource, start, end } } }
    default:
      return null
  }
}

/** Ways of saying no that pass by themselves. */
const PASSING: readonly RefusalCode[] = ['held', 'busy', 'failed', 'cut-off']

/** The same once more, where what was in the way may be gone; null where it is not, or nobody can tell how. */
export function onceMore({ refusal, ...wished }: Refused): Instead | null {
  if (!refusal || !PASSING.includes(refusal.code)) return null
  const { name, args } = wished as Instead
  if (name !== 'reservation.book' && name !== 'reservation.request') return null
  return { name, args: { ...args, token: freshId() } } as Instead
}

/** On the waiting list for just that; null where nobody can wait for it. */
export function waitingFor(wished: Wished): Instead | null {
  const { name, args } = wished as Instead
  if (name !== 'reservation.book' && name !== 'reservation.request') return null
  if (name === 'reservation.request' && args.waiting) return null
  const { evenIfHeld: _, ...same } = args as ArgsOf<'reservation.book'>
  return { name: 'reservation.request', args: { ...same, token: freshId(), waiting: true } }
}

export type Settled = Readonly<
  | { status: 'refused'; refusal: Refusal }
  | { status: 'done'; id: string; what: Instead; outcome: DispatchResult }
>

/** Throws `DeskFailure`; the concern stays then, and where it is refused. */
export async function settle(concern: string, what: Instead): Promise<Settled> {
  const { id, outcome } = await dispatch(what.name, what.args as never)
  if (outcome.status === 'refused') return { status: 'refused', refusal: outcome.refusal }
  await drop(concern)
  return { status: 'done', id, what, outcome }
}

/** It is dealt with, and everything that fell with it. */
export async function drop(concern: string): Promise<void> {
  await desk.invoke('handled', { id: concern })
}
