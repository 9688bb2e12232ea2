/**
 * Dispatch: sends one command and remembers it for undo.
 *
 * Promises a new id for each intention and the same id for each attempt of it. A broken link or a bug of the core
 * is thrown as `DeskFailure` and shown as such; a refusal is a value.
 */
import type { ArgsOf, CommandName, ResultOf } from '../../core/commands/calls.ts'
import type { DispatchResult } from '../../core/contract.ts'
import { uuid7 } from '../../core/domain/uuid.ts'
import type { BookedRow } from '../../core/queries/rows.ts'
import { desk } from './client.ts'
import { showCommitted } from './queries.ts'
import { type Done, STEPS_BACK, useView } from './store.ts'
import { useUnderWay } from './underWay.ts'

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
  const { began, ended } = useUnderWay.getState()
  began()
  try {
    const reply = await desk.invoke('dispatch', { id, name, args })
    if (!reply.ok) throw new DeskFailure(reply.error.code, reply.error.detail)
    return { id, outcome: reply.value as DispatchResult<N> }
  } finally {
    ended()
  }
}

/** As the calendar will read it. */
function rowsOf(booked: ArgsOf<'reservation.book'>, number: number): BookedRow[] {
  const { token, resource, also = [], during, places, title, publicTitle, persons, person } = booked
  const who = person.organisation || person.name
  return [resource, ...also].map((hall) => ({
    token,
    resource: hall,
    ...during,
    places,
    state: 'booked',
    title,
    publicTitle,
    who,
    number,
    persons,
    held: null,
  }))
}

/** Sends a command that the clerk gave, and puts it on the pile that Ctrl+Z takes from. */
export async function dispatch<N extends CommandName>(
  name: N,
  args: ArgsOf<N>,
): Promise<{ id: string; outcome: DispatchResult<N> }> {
  const sent = await send(name, args)
  const { outcome } = sent
  if (outcome.status === 'accepted' && name === 'reservation.book') {
    const { number } = outcome.result as ResultOf<'reservation.book'>
    showCommitted(rowsOf(args as ArgsOf<'reservation.book'>, number))
  }
  if (outcome.status === 'queued') useUnderWay.getState().note()
  if (outcome.status !== 'refused' && name !== 'undo') {
    const result = outcome.status === 'accepted' ? outcome.result : undefined
    const done = { id: sent.id, name, args, result } as Done
    useView.setState((view) => ({ done: [...view.done, done].slice(-STEPS_BACK), undone: [] }))
  }
  return sent
}
