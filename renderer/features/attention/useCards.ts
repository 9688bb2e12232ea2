/**
 * useCards: a list of cards walked with the arrows, one stop for Tab. When a card goes because it is settled, the one
 * that takes its place has the focus, so that the list is worked off without looking for the next.
 */
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'

export type CardProps = Readonly<{
  tabIndex: 0 | -1
  'data-concern': string
  'aria-posinset': number
  'aria-setsize': number
  onFocus(): void
  onKeyDown(event: KeyboardEvent<HTMLElement>): void
}>

export interface Cards {
  readonly ref: RefObject<HTMLDivElement | null>
  card(id: string): CardProps
}

export function useCards(ids: readonly string[]): Cards {
  const ref = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState<string | null>(null)
  /** Where the current card stood, while the focus is in the list. */
  const place = useRef<number | null>(null)
  const stop = current !== null && ids.includes(current) ? current : (ids[0] ?? null)
  const focus = (id: string | undefined) => {
    if (id) ref.current?.querySelector<HTMLElement>(`[data-concern="${id}"]`)?.focus()
  }

  // The cards are there to be worked off: they have the focus as soon as they are shown.
  const begun = useRef(false)
  useEffect(() => {
    if (begun.current || !stop) return
    begun.current = true
    const at = document.activeElement
    if (at === document.body || at?.closest('nav, main')) focus(stop)
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a list that has changed moves the focus
  useEffect(() => {
    if (place.current === null || current === null || ids.includes(current)) return
    const next = ids[Math.min(place.current, ids.length - 1)]
    const at = document.activeElement
    if (next && (at === null || at === document.body || ref.current?.contains(at))) focus(next)
  }, [ids.join()])

  return {
    ref,
    card: (id) => ({
      tabIndex: id === stop ? 0 : -1,
      'data-concern': id,
      'aria-posinset': ids.indexOf(id) + 1,
      'aria-setsize': ids.length,
      onFocus() {
        place.current = ids.indexOf(id)
        setCurrent(id)
      },
      onKeyDown(event) {
        const at = ids.indexOf(id)
        const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: ids.length - 1 }[event.key]
        if (to === undefined || event.altKey || event.ctrlKey) return
        event.preventDefault()
        focus(ids[Math.max(0, Math.min(to, ids.length - 1))])
      },
    }),
  }
}
