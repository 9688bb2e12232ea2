/**
 * Dispatch: sends one command and remembers it for undo.
 *
 * Promises a new id for each intention and the same id for each attempt of it. A broken link or a bug of the core
 * is thrown as `DeskFailure` and shown as such; a refusal is a value.
 */
import type { ArgsOf, CommandName } from '../../core/commands/calls.ts'
import type { DispatchResult } from '../../core/contract.ts'
import { uuid7 } from '../../core/domain/uuid.ts'
import { desk } from './client.ts'
import { type Done, STEPS_BACK, useView } from './store.ts'

export class DeskFailure extends Error {
  override name = 'DeskFailure'
  readonly code: string
  constructor(code: string, detail: string) {
    super(detail || code)
    this.code = code
  }
}

/** A fresh, time-ordered id. */
export function freshId(): string {
  return uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(16)))
}

export async function send<N extends CommandName>(
  name: N,
  args: ArgsOf<N>,
): Promise<{ id: string; outcome: DispatchResult<N> }> {
  const id = freshId()
  const reply = await desk.invoke('dispatch', { id, name, args })
  if (!reply.ok) throw new DeskFailure(reply.error.code, reply.error.detail)
  return { id, outcome: reply.value as DispatchResult<N> }
}

/** Sends a command that the clerk gave, and puts it on the pile that Ctrl+Z takes from. */
export async function dispatch<N extends CommandName>(
  name: N,
  args: ArgsOf<N>,
): Promise<{ id: string; outcome: DispatchResult<N> }> {
  const sent = await send(name, args)
  if (sent.outcome.status === 'accepted' && name !== 'undo') {
    const done = { id: sent.id, name, args, result: sent.outcome.result } as Done
    useView.setState((view) => ({ done: [...view.done, done].slice(-STEPS_BACK), undone: [] }))
  }
  return sent
}
