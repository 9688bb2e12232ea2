/**
 * useSavePeriod: gives a period to the core, a large one in parts, with progress and a way to stop.
 *
 * Promises all or nothing: whoever stops, or is refused half way, has nothing made; whoever finishes can take all
 * of it back at once.
 */
import { useRef, useState } from 'react'
import type { ArgsOf } from '../../../core/commands/calls.ts'
import type { Refusal } from '../../../core/domain/refusal.ts'
import type { Day } from '../../../core/domain/time.ts'
import type { PeriodPart } from '../../../core/queries/availability-rows.ts'
import { dispatch, freshId, send } from '../../desk/dispatch.ts'
import { partsOfPeriod } from './parts.ts'

export type Progress = Readonly<{ done: number; of: number }>
export type Saved =
  | Readonly<{ status: 'made'; command: string; created: number; skipped: number }>
  | Readonly<{ status: 'stopped' }>
  | Readonly<{ status: 'queued' }>
  | Readonly<{ status: 'refused'; refusal: Refusal }>

export function useSavePeriod() {
  const [progress, setProgress] = useState<Progress | null>(null)
  const stopping = useRef(false)

  const add = async (period: PeriodPart, datesPerHall: number): Promise<Saved> => {
    const rule = freshId()
    const parts = partsOfPeriod(period, datesPerHall)
    let [created, skipped, command, queued] = [0, 0, '', false]
    const takeBack = async () => {
      if (created > 0 || queued) await send('availability.remove', { rule })
    }
    stopping.current = false
    setProgress({ done: 0, of: parts.length })
    try {
      for (const [index, resources] of parts.entries()) {
        if (stopping.current) {
          await takeBack()
          return { status: 'stopped' }
        }
        const args: ArgsOf<'availability.add'> = {
          rule,
          ...period,
          resources,
          skipOverlapping: true,
          ...(parts.length > 1 ? { part: { number: index + 1, of: parts.length } } : {}),
        }
        // Only the last part has a way back, so only that one goes on the pile of Ctrl+Z.
        const give = index === parts.length - 1 ? dispatch : send
        const { id, outcome } = await give('availability.add', args)
        if (outcome.status === 'refused') {
          await takeBack()
          return { status: 'refused', refusal: outcome.refusal }
        }
        if (outcome.status === 'queued') queued = true
        else {
          created += outcome.result.created
          skipped += outcome.result.skipped
        }
        command = id
        setProgress({ done: index + 1, of: parts.length })
      }
      return queued ? { status: 'queued' } : { status: 'made', command, created, skipped }
    } finally {
      setProgress(null)
    }
  }

  const change = async (rule: string, period: PeriodPart, since: Day): Promise<Saved> => {
    setProgress({ done: 0, of: 1 })
    try {
      const { id, outcome } = await dispatch('availability.change', {
        rule,
        periods: [period],
        since,
      })
      if (outcome.status === 'refused') return { status: 'refused', refusal: outcome.refusal }
      if (outcome.status === 'queued') return { status: 'queued' }
      const { created, changed, kept } = outcome.result
      return { status: 'made', command: id, created: created + changed, skipped: kept }
    } finally {
      setProgress(null)
    }
  }

  const stop = () => {
    stopping.current = true
  }
  return { progress, add, change, stop }
}
