/**
 * useHold: keeps the time that the clerk offers. What was chosen is held at once, and the hold follows what is changed
 * in the panel; it ends by itself, and is only renewed when the clerk says so.
 *
 * Never undone by Ctrl+Z and never in the history: it changes nothing that lasts.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { HeldTime } from '../../../core/domain/hold.ts'
import type { Refusal } from '../../../core/domain/refusal.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { send } from '../../desk/dispatch.ts'
import { useNow } from '../../desk/useNow.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { useDraft } from './draft.ts'
import { type HoldWish, heldBy, holdWish, isPartOf, keyOfWish } from './holding.ts'

/** So that a time that is being typed is not held digit by digit. */
const RESTS_MS = 200

export interface Hold {
  /** What this call holds now, hall by hall. */
  held: readonly HeldTime[]
  /** That is what the panel shows. */
  isShown: boolean
  /** It was held and is not any more. */
  isOver: boolean
  /** The server cannot be reached: it could not be held. */
  isCutOff: boolean
  /** Holds what is in the panel, or holds it for another quarter of an hour; absent where there is nothing to hold. */
  hold: (() => void) | undefined
  letGo(): void
}

/** Lets go what a call holds; what is gone already is no trouble. */
export function letGoOf(token: string): void {
  send('reservation.let-go', { token }).catch((error: unknown) =>
    report(error, 'reservation.let-go'),
  )
}

export function useHold(zone: string, onRefused: (refusal: Refusal) => void): Hold {
  const draft = useDraft()
  const now = useNow()
  const { rows } = useQuery('hold.all', { now })
  const held = useMemo(() => heldBy(rows ?? [], draft.token, now), [rows, draft.token, now])
  const wish = holdWish(draft, zone, now)
  const key = wish ? keyOfWish(wish) : ''
  const [isCutOff, setCutOff] = useState(false)
  /** What was asked for last, and of which call: a call that is taken up again asks for nothing by itself. */
  const asked = useRef({ token: '', key: '' })

  const ask = useCallback(
    async (wanted: HoldWish) => {
      asked.current = { token: wanted.token, key: keyOfWish(wanted) }
      const isStill = () => useDraft.getState().token === wanted.token
      try {
        const { outcome } = await send('reservation.hold', wanted)
        if (!isStill()) return
        const cutOff = outcome.status === 'refused' && outcome.refusal.code === 'cut-off'
        setCutOff(cutOff)
        if (outcome.status !== 'refused') return
        useDraft.setState({ holds: false })
        if (cutOff) return
        letGoOf(wanted.token)
        onRefused(outcome.refusal)
      } catch (error) {
        if (isStill()) useDraft.setState({ holds: false })
        report(error, 'reservation.hold')
      }
    },
    [onRefused],
  )

  const { token, holds } = draft
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the wish
  useEffect(() => {
    if (asked.current.token !== token) {
      asked.current = { token, key: holds ? key : '' }
      setCutOff(false)
    }
    if (!holds || !wish || key === asked.current.key) return
    const timer = setTimeout(() => void ask(wish), RESTS_MS)
    return () => clearTimeout(timer)
  }, [token, holds, key, ask])

  return {
    held,
    isCutOff: isCutOff && held.length === 0,
    isShown: wish !== null && held.every((each) => isPartOf(each, wish)),
    isOver: holds && held.length === 0 && rows !== undefined && key === asked.current.key,
    hold: wish
      ? () => {
          useDraft.setState({ holds: true })
          void ask(wish)
        }
      : undefined,
    letGo() {
      asked.current = { token, key: '' }
      useDraft.setState({ holds: false })
      letGoOf(token)
    },
  }
}
