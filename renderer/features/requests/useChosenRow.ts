/**
 * useChosenRow: a list walked with the arrows, one stop for Tab, in which choosing is showing in the inspector.
 *
 * When the chosen row leaves the list (it was decided), the one that takes its place is chosen, so that a queue is
 * worked off without looking for the next.
 */
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'
import { useView } from '../../desk/store.ts'

export type RowProps = Readonly<{
  role: 'option'
  tabIndex: 0 | -1
  'aria-selected': boolean
  'data-row': string
  onFocus(): void
  onClick(): void
  onKeyDown(event: KeyboardEvent<HTMLElement>): void
}>

export interface ChosenRow {
  readonly ref: RefObject<HTMLDivElement | null>
  row(token: string): RowProps
}

function focusRow(list: HTMLElement | null, token: string | undefined): void {
  if (token) list?.querySelector<HTMLElement>(`[data-row="${token}"]`)?.focus()
}

/** `tokens`: all rows in the order in which they stand. */
export function useChosenRow(tokens: readonly string[]): ChosenRow {
  const ref = useRef<HTMLDivElement>(null)
  const selected = useView((view) => view.selected)
  const select = useView((view) => view.select)
  /** Where the chosen row stood, while the focus is in the list. */
  const place = useRef<number | null>(null)
  const chosen = selected !== null && tokens.includes(selected) ? selected : null
  const stop = chosen ?? tokens[0] ?? null

  // The queue is there to be worked off: it has the focus as soon as it is shown.
  const begun = useRef(false)
  useEffect(() => {
    if (begun.current || !stop) return
    begun.current = true
    const at = document.activeElement
    if (at === document.body || at?.closest('nav, main')) focusRow(ref.current, stop)
  })

  useEffect(() => {
    if (place.current === null || selected === null) return
    if (chosen !== null) {
      place.current = tokens.indexOf(chosen)
      return
    }
    const next = tokens[Math.min(place.current, tokens.length - 1)]
    // A dialog that closes gives the focus back by itself, to a row that is gone.
    if (next) requestAnimationFrame(() => focusRow(ref.current, next))
  }, [tokens, chosen, selected])

  return {
    ref,
    row: (token) => ({
      role: 'option',
      tabIndex: token === stop ? 0 : -1,
      'aria-selected': token === chosen,
      'data-row': token,
      onFocus() {
        place.current = tokens.indexOf(token)
        if (token !== selected) select(token)
      },
      onClick: () => select(token),
      onKeyDown(event) {
        const at = tokens.indexOf(token)
        const to = {
          ArrowDown: at + 1,
          ArrowUp: at - 1,
          Home: 0,
          End: tokens.length - 1,
        }[event.key]
        if (to === undefined) return
        event.preventDefault()
        focusRow(ref.current, tokens[Math.max(0, Math.min(to, tokens.length - 1))])
      },
    }),
  }
}
