/**
 * useGive: gives a command, tells what became of it with the way back, and keeps a refusal to be shown.
 *
 * Promises at most one command in flight about each thing: pressing twice sends once, and who ticks one row after the
 * other waits for none of them.
 */
import i18next from 'i18next'
import { useRef, useState } from 'react'
import type { ArgsOf, CommandName } from '../../../core/commands/calls.ts'
import type { Refusal } from '../../../core/domain/refusal.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { complain, toast } from '../../app/toast.tsx'
import { dispatch } from '../../desk/dispatch.ts'
import { doneText } from '../../format/history.ts'
import { useFormat } from '../../format/useFormat.ts'

export type Giving = Readonly<{
  /** Whether the toast offers to undo it. */
  canUndo?: boolean
  /** What it is about; without, it is the one thing that can be done here. */
  about?: string
}>

export function useGive() {
  const format = useFormat()
  const flights = useRef(new Set<string>())
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  /** True where it was accepted. */
  const give = async <N extends CommandName>(
    name: N,
    args: ArgsOf<N>,
    { canUndo = true, about = '' }: Giving = {},
  ): Promise<boolean> => {
    if (flights.current.has(about)) return false
    flights.current.add(about)
    setBusy(true)
    setRefusal(null)
    try {
      const { id, outcome } = await dispatch(name, args)
      if (outcome.status === 'refused') setRefusal(outcome.refusal)
      if (outcome.status !== 'accepted') return outcome.status === 'queued'
      const said = { name, args, result: outcome.result }
      const text = doneText(i18next.getFixedT(null, 'history'), said, undefined, format)
      toast(text, canUndo ? id : undefined)
      return true
    } catch (error) {
      report(error, name)
      complain(i18next.t('failed.title'))
      return false
    } finally {
      flights.current.delete(about)
      setBusy(flights.current.size > 0)
    }
  }
  return { give, busy, refusal, forget: () => setRefusal(null) }
}
