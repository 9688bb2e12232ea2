/**
 * usePreview: the very files of a draft, made again when it, the page or the bookings change.
 *
 * The last preview stays until the next is there; an answer that comes late is dropped.
 */
import { useEffect, useRef, useState } from 'react'
import type { PublishPreview } from '../../../core/contract.ts'
import { desk } from '../../desk/client.ts'
import type { TargetArgs } from './targetDraft.ts'

/** A pause in typing. */
const PAUSE_MS = 250

export function usePreview(draft: TargetArgs, ready: boolean, page: string): PublishPreview | null {
  const [preview, setPreview] = useState<PublishPreview | null>(null)
  const [committed, setCommitted] = useState(0)
  const asked = useRef(0)
  const text = JSON.stringify(draft)

  useEffect(
    () =>
      desk.on((event) => {
        if (event.type === 'changed' || event.type === 'published') setCommitted((n) => n + 1)
      }),
    [],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: `committed` asks again for the same draft
  useEffect(() => {
    if (!ready) return
    asked.current += 1
    const mine = asked.current
    const timer = setTimeout(() => {
      void desk.invoke('publishPreview', { target: JSON.parse(text), page }).then((reply) => {
        if (reply.ok && mine === asked.current) setPreview(reply.value)
      })
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, ready, page, committed])
  return preview
}
