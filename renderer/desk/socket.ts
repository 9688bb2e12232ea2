/**
 * Socket: the `Desk` over a loopback WebSocket, for a machine without a display.
 *
 * Promises that a call made while the link is broken waits and is sent again, unchanged, when it is back; a
 * command keeps its id, so sending it twice does nothing twice. Never invents an answer.
 */
import type { CallName, Desk, DeskEvent, Replies, Reply } from '../../core/contract.ts'
import { linkLost, linkRestored } from './link.ts'

/** First pause before another try; doubled each time. Short, because the core is on this very machine. */
const FIRST_PAUSE_MS = 250
/** Longest pause: a clerk who restarts the desk should not wait noticeably for the page to notice. */
const LONGEST_PAUSE_MS = 5_000

type Waiting = Readonly<{ text: string; settle: (reply: Reply<never>) => void }>
type Incoming = Readonly<{ n: number; reply: Reply<never> } | { event: DeskEvent }>

/** The key comes in the address once and is kept for this tab only, so that a reload finds it again. */
function keyOf(location: Location): string {
  const given = new URLSearchParams(location.search).get('key')
  if (given) {
    sessionStorage.setItem('allmend.key', given)
    return given
  }
  return sessionStorage.getItem('allmend.key') ?? ''
}

export function connectSocket(location: Location): Desk {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
  const key = keyOf(location)
  // Without a key of its own a tab relies on the cookie; an empty key would be a wrong one.
  const query = key ? `?key=${encodeURIComponent(key)}` : ''
  const address = `${scheme}://${location.host}/desk${query}`
  const listeners = new Set<(event: DeskEvent) => void>()
  const waiting = new Map<number, Waiting>()
  let socket: WebSocket
  let pause = FIRST_PAUSE_MS
  let next = 1

  const open = () => {
    socket = new WebSocket(address)
    socket.onopen = () => {
      pause = FIRST_PAUSE_MS
      for (const { text } of waiting.values()) socket.send(text)
      linkRestored()
    }
    socket.onmessage = (message) => {
      const incoming = JSON.parse(String(message.data)) as Incoming
      if ('event' in incoming) {
        for (const listener of listeners) listener(incoming.event)
        return
      }
      waiting.get(incoming.n)?.settle(incoming.reply)
      waiting.delete(incoming.n)
    }
    socket.onclose = () => {
      linkLost(Date.now())
      setTimeout(open, pause)
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
    }
  }
  open()

  return {
    invoke<C extends CallName>(call: C, argument?: unknown) {
      return new Promise<Reply<Replies[C]>>((settle) => {
        const n = next++
        const text = JSON.stringify({ n, call, argument })
        waiting.set(n, { text, settle })
        if (socket.readyState === WebSocket.OPEN) socket.send(text)
      })
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
