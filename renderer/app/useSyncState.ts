/** useSyncState: the state of the link for the chip, calm enough to be looked at and to be read out. */
import { useEffect, useState } from 'react'
import type { Status } from '../../core/contract.ts'
import { useUnderWay } from '../desk/underWay.ts'
import { useOutbox } from '../desk/useOutbox.ts'
import { useSlow } from '../desk/useSlow.ts'
import { type SyncState, syncState } from './syncState.ts'

export function useSyncState(status: Status): SyncState {
  const outbox = useOutbox()
  const count = useUnderWay((each) => each.count)
  const state = syncState(status, outbox, count)
  const isSlow = useSlow(state.kind === 'sending')
  if (state.kind !== 'sending' || isSlow) return state
  return status.mode === 'standalone' ? { kind: 'alone' } : { kind: 'current', asOf: status.asOf }
}

/** Follows `text`, but says another only so long after the last one. */
export function useCalm(text: string, everyMs: number): string {
  const [said, setSaid] = useState({ text, at: 0 })
  useEffect(() => {
    if (text === said.text) return
    const wait = Math.max(0, said.at + everyMs - Date.now())
    const timer = setTimeout(() => setSaid({ text, at: Date.now() }), wait)
    return () => clearTimeout(timer)
  }, [text, said, everyMs])
  return said.text
}
