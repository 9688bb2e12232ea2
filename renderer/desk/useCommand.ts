/**
 * useCommand: the only way a component changes anything.
 *
 * Promises at most one command in flight about each thing: pressing twice sends once. What comes back is the core's
 * word: accepted, refused with reasons, or queued.
 */
import { useCallback, useRef, useState } from 'react'
import type { ArgsOf, CommandName } from '../../core/commands/calls.ts'
import type { DispatchResult } from '../../core/contract.ts'
import { dispatch } from './dispatch.ts'

export interface Command<N extends CommandName> {
  busy: boolean
  /**
   * Throws `DeskFailure` where the core itself failed. `id` names the command for undo. `about`: which of many things
   * it is about; without, there is one.
   */
  run(args: ArgsOf<N>, about?: string): Promise<{ id: string; outcome: DispatchResult<N> }>
}

export function useCommand<N extends CommandName>(name: N): Command<N> {
  const [busy, setBusy] = useState(false)
  const flights = useRef(new Map<string, ReturnType<Command<N>['run']>>())

  const run = useCallback(
    (args: ArgsOf<N>, about = '') => {
      const under = flights.current.get(about)
      if (under) return under
      setBusy(true)
      const sent = dispatch(name, args).finally(() => {
        flights.current.delete(about)
        setBusy(flights.current.size > 0)
      })
      flights.current.set(about, sent)
      return sent
    },
    [name],
  )
  return { busy, run }
}
