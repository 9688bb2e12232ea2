/**
 * LateNews: tells, wherever the clerk is, what became of what was noted: quietly that it is confirmed, and with a way
 * there that something needs her. Shows by itself what came while nobody was there, and never takes a screen away from
 * somebody who works.
 */
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Outbox, Status } from '../../core/contract.ts'
import type { HistoryRow } from '../../core/queries/rows.ts'
import { useView } from '../desk/store.ts'
import { useUnderWay } from '../desk/underWay.ts'
import { useOutbox } from '../desk/useOutbox.ts'
import { useQuery } from '../desk/useQuery.ts'
import { doneText } from '../format/history.ts'
import { useFormat } from '../format/useFormat.ts'
import { isAway, watchAway } from './away.ts'
import { toast, toastWith } from './toast.tsx'

/** Notes are sent one after the other, and told together. */
const TOGETHER_MS = 700
/** Of the history: more are not sent at once. */
const LOOK_BACK = 100

export function LateNews({ status }: { status: Status }): null {
  useEffect(watchAway, [])
  useNoted()
  useConfirmed()
  useConcerns(status.concerns)
  return null
}

function useNoted(): void {
  const { t } = useTranslation('sync')
  const noted = useUnderWay((each) => each.noted)
  const before = useRef(noted)
  useEffect(() => {
    if (noted > before.current) toast(t('toast.noted'))
    before.current = noted
  }, [noted, t])
}

/** What left the list of what waits, and is no concern, was done. */
function goneIn(before: Outbox | undefined, now: Outbox): string[] {
  const known = new Set([
    ...now.waiting.map(({ id }) => id),
    ...now.concerns.flatMap(({ id, also }) => [id, ...also.map((one) => one.id)]),
  ])
  return (before?.waiting ?? [])
    .filter(({ id, standing }) => standing !== 'withdrawn' && !known.has(id))
    .map(({ id }) => id)
}

function useConfirmed(): void {
  const { t } = useTranslation('sync')
  const { t: history } = useTranslation('history')
  const format = useFormat()
  const outbox = useOutbox()
  const before = useRef<Outbox>(undefined)
  const [awaited, setAwaited] = useState<readonly string[]>([])
  useEffect(() => {
    if (!outbox) return
    const gone = goneIn(before.current, outbox)
    before.current = outbox
    if (gone.length > 0) setAwaited((all) => [...all, ...gone])
  }, [outbox])

  const { rows: halls } = useQuery('resource.all', {})
  const { rows } = useQuery('history.recent', awaited.length > 0 ? { limit: LOOK_BACK } : null)
  useEffect(() => {
    const done = (rows ?? []).filter((row) => awaited.includes(row.command))
    if (done.length === 0) return
    const say = () => {
      const ids = done.map((row) => row.command)
      setAwaited((all) => all.filter((id) => !ids.includes(id)))
      const [only, ...others] = done
      if (!only) return
      if (others.length > 0) return toast(t('toast.arrivedMany', { count: done.length }))
      const words = { what: doneText(history, only, halls, format), number: numberOf(only) }
      const key = words.number > 0 ? 'toast.arrivedNumber' : 'toast.arrived'
      toast(t(key, words), only.canUndo ? only.command : undefined)
    }
    const timer = setTimeout(say, TOGETHER_MS)
    return () => clearTimeout(timer)
  }, [rows, awaited, halls, format, t, history])
}

/** Of a new booking: what is read out. */
function numberOf({ name, result }: HistoryRow): number {
  const isNew = name === 'reservation.book' || name === 'reservation.request'
  return isNew ? ((result as { number?: number } | null)?.number ?? 0) : 0
}

function useConcerns(count: number): void {
  const { t } = useTranslation('sync')
  const before = useRef(0)
  useEffect(() => {
    const more = count - before.current
    before.current = count
    const { route, booking, show } = useView.getState()
    if (more <= 0 || route.startsWith('attention')) return
    if (isAway() && !booking.open) return show('attention')
    toastWith(t('toast.concern', { count: more }), {
      label: t('panel.show'),
      run: () => useView.getState().show('attention'),
    })
  }, [count, t])
}
