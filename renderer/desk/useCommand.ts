/**
 * useCommand: the only way a component changes anything.
 *
 * Promises at most one command in flight per use: pressing twice sends once. What comes back is the core's word:
 * accepted, refused with reasons, or queued.
 */
import { useCallback, useRef, useState } from 'react'
import type { ArgsOf, CommandName } from '../../core/commands/calls.ts'
import type { DispatchResult } from '../../core/contract.ts'
import { dispatch } from './dispatch.ts'

export interface Command<N extends CommandName> {
  busy: boolean
  /** Throws `DeskFailure` where the core itself failed. `id` names the command for undo. */
  run(args: ArgsOf<N>): Promise<{ id: string; outcome: DispatchResult<N> }>
}

export function useCommand<N extends CommandName>(name: N): Command<N> {
  const [busy, setBusy] = useState(false)
  const flight = useRef<ReturnType<Command<N>['run']> | null>(null)

  const run = useCallback(
    (args: ArgsOf<N>) => {
      if (flight.current) return flight.current
      setBusy(true)
      const sent = dispatch(name, args).finally(() => {
        flight.current = null
        setBusy(false)
      })
      flight.current = sent
      return sent
    },
    [name],
  )
  return { busy, run }
}
