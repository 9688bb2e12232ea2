/**
 * Undo: takes back the last thing this window did, and does it again.
 *
 * Undo is itself a command: checked against today's state, refused in words where the world has moved on, and kept
 * in the history. What only waits is taken back before it is sent. Only what this session did can be reached with
 * Ctrl+Z; the History screen reaches further.
 */
import type { Refusal } from '../../core/domain/refusal.ts'
import { desk } from '../desk/client.ts'
import { send } from '../desk/dispatch.ts'
import { type Done, STEPS_BACK, useView } from '../desk/store.ts'
import { useUnderWay } from '../desk/underWay.ts'
import { outbox } from '../desk/useOutbox.ts'

export type Undone =
  | Readonly<{ status: 'done'; what: Done }>
  | Readonly<{ status: 'refused'; refusal: Refusal; what: Done | null }>
  | Readonly<{ status: 'nothing' }>

/** One step at a time: holding Ctrl+Z must not send the same undo twice. */
let running = false

async function once(work: () => Promise<Undone>): Promise<Undone> {
  if (running) return { status: 'nothing' }
  running = true
  try {
    return await work()
  } finally {
    running = false
  }
}

/** Takes back one command; without `id` the last of this session. */
export function undo(id?: string): Promise<Undone> {
  return once(async () => {
    const { done } = useView.getState()
    const what = id ? done.find((each) => each.id === id) : done.at(-1)
    const command = id ?? what?.id
    if (!command) return { status: 'nothing' }
    if (
      outbox.get()?.waiting.some(({ id, standing }) => id === command && standing !== 'withdrawn')
    ) {
      await desk.invoke('withdraw', { id: command })
      forget(command)
      return what ? { status: 'done', what } : { status: 'nothing' }
    }
    const sent = await send('undo', { command })
    if (sent.outcome.status === 'refused') {
      // What is undone elsewhere already, or came to nothing, is no step of ours any more.
      if (['already-undone', 'gone'].includes(sent.outcome.refusal.code)) forget(command)
      return { status: 'refused', refusal: sent.outcome.refusal, what: what ?? null }
    }
    forget(command)
    if (sent.outcome.status === 'queued') useUnderWay.getState().note()
    if (!what || sent.outcome.status === 'queued') return { status: 'nothing' }
    useView.setState((view) => ({
      undone: [...view.undone, { undo: sent.id, of: what }].slice(-STEPS_BACK),
    }))
    return { status: 'done', what }
  })
}

export function redo(): Promise<Undone> {
  return once(async () => {
    const last = useView.getState().undone.at(-1)
    if (!last) return { status: 'nothing' }
    const sent = await send('undo', { command: last.undo })
    useView.setState((view) => ({ undone: view.undone.filter((each) => each !== last) }))
    if (sent.outcome.status === 'refused') {
      return { status: 'refused', refusal: sent.outcome.refusal, what: last.of }
    }
    if (sent.outcome.status === 'queued') {
      useUnderWay.getState().note()
      return { status: 'nothing' }
    }
    // The undo of the undo is what a further Ctrl+Z has to take back.
    const again = { ...last.of, id: sent.id }
    useView.setState((view) => ({ done: [...view.done, again].slice(-STEPS_BACK) }))
    return { status: 'done', what: last.of }
  })
}

function forget(command: string): void {
  useView.setState((view) => ({ done: view.done.filter((each) => each.id !== command) }))
}
