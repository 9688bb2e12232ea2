/**
 * Remote: one value that lives in the core, followed by a screen.
 *
 * Promises the latest value the core has told, first asked for, then pushed, or asked for again where an event says
 * that it is old. An event that arrives before the first answer wins, because it is newer.
 */
import type { CallName, DeskEvent, Replies } from '../../core/contract.ts'
import { desk } from './client.ts'
import { useLink } from './link.ts'

export interface Remote<T> {
  get(): T | undefined
  set(value: T): void
  /** Asks anew; once more where it is being asked already. */
  refresh(): void
  subscribe(listener: () => void): () => void
}

export function follow<C extends CallName>(
  call: C,
  pick: (event: DeskEvent) => Replies[C] | undefined,
  isOld: (event: DeskEvent, value: Replies[C] | undefined) => boolean = () => false,
): Remote<Replies[C]> {
  const listeners = new Set<() => void>()
  let value: Replies[C] | undefined
  let version = 0

  const set = (next: Replies[C]) => {
    version++
    value = next
    for (const listener of listeners) listener()
  }
  let asking = false
  let again = false
  const fetch = async () => {
    again = true
    if (asking) return
    asking = true
    while (again) {
      again = false
      const asked = version
      const reply = await desk.invoke(call)
      if (reply.ok && version === asked && !again) set(reply.value)
    }
    asking = false
  }

  desk.on((event) => {
    const next = pick(event)
    if (next !== undefined) set(next)
    else if (isOld(event, value)) void fetch()
  })
  useLink.subscribe((link, before) => {
    if (link.restored !== before.restored) void fetch()
  })
  void fetch()

  return {
    get: () => value,
    set,
    refresh: () => void fetch(),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
