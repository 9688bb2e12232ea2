/**
 * Move store: the one booking that is being moved, wherever it was begun (calendar, inspector), and the core's last
 * word about it.
 *
 * Promises that nothing is sent before `commit`, that a second press does not send twice, and that a refusal leaves
 * the ghost where it is, with the reason and what is free instead.
 */
import i18next from 'i18next'
import { create } from 'zustand'
import type { Refusal } from '../../../core/domain/refusal.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { complain, toast } from '../../app/toast.tsx'
import { dispatch } from '../../desk/dispatch.ts'
import { read } from '../../desk/queries.ts'
import { status } from '../../desk/useStatus.ts'
import { formatIn } from '../../format/format.ts'
import { doneText } from '../../format/history.ts'
import { languageOf } from '../../locales/words.ts'
import { isMoved, type Moving } from './moving.ts'

interface MoveState {
  moving: Moving | null
  refusal: Refusal | null
  /** Dropped by the mouse: nothing is to be said while the core is asked. */
  quiet: boolean
  begin(moving: Moving): void
  /** Taken up, put and sent in one go. */
  drop(moving: Moving): Promise<void>
  put(moving: Moving): void
  cancel(): void
  /** Resolves when the core has answered; at once where nothing has moved. */
  commit(): Promise<void>
}

let sending = false

export const useMoving = create<MoveState>((set, get) => ({
  moving: null,
  refusal: null,
  quiet: false,
  begin: (moving) => set({ moving, refusal: null, quiet: false }),
  drop(moving) {
    set({ moving, refusal: null, quiet: true })
    return get().commit()
  },
  put: (moving) => set({ moving, refusal: null }),
  cancel: () => set({ moving: null, refusal: null }),

  async commit() {
    const { moving } = get()
    if (!moving || sending) return
    if (!isMoved(moving)) {
      get().cancel()
      return
    }
    sending = true
    try {
      const { token, from, to } = moving
      const args = { token, from: { resource: from.resource, start: from.start }, to }
      const { id, outcome } = await dispatch('reservation.move', args)
      if (outcome.status === 'refused') set({ refusal: outcome.refusal, quiet: false })
      else {
        get().cancel()
        if (outcome.status === 'accepted') await tell(id, args, outcome.result)
      }
    } catch (error) {
      report(error, 'reservation.move')
      complain(i18next.t('failed.title'))
    } finally {
      sending = false
    }
  },
}))

async function tell(id: string, args: unknown, result: unknown): Promise<void> {
  const format = formatIn(languageOf(i18next.language), status.get()?.zone || 'Europe/Zurich')
  const halls = await read('resource.all', {})
  const t = i18next.getFixedT(null, 'history')
  toast(doneText(t, { name: 'reservation.move', args, result }, halls, format), id)
}
