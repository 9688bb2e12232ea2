// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid has no table elements; ARIA names its parts
// biome-ignore-all lint/a11y/useFocusableInteractive: focus stays on the grid, which names the active cell
/**
 * CellList: everything of one hall on one day, where the cell has room for a few lines only.
 *
 * Promises to be reached and left by keyboard: arrows walk, Enter opens, Esc gives the focus back to the grid.
 */

import type { KeyboardEvent as ReactKeyboardEvent } from 'react'
import { useEffect, useLayoutEffect, useRef } from 'react'
import styles from './CellList.module.css'
import type { WeekCell, WeekHallRow } from './weekLayout.ts'
import type { Words } from './words.ts'

interface CellListProps {
  row: WeekHallRow
  cell: WeekCell
  around: DOMRect
  words: Words
  onSelect(token: string): void
  onBook(): void
  /** `back`: the focus returns to the grid. */
  onClose(back: boolean): void
}

const GAP = 4

export function CellList(props: CellListProps) {
  const { row, cell, around, words, onClose } = props
  const box = useRef<HTMLDivElement>(null)
  const close = useRef(onClose)
  close.current = onClose

  useLayoutEffect(() => {
    const list = box.current
    if (!list) return
    const left = Math.min(around.left, window.innerWidth - list.offsetWidth - 8)
    const below = around.bottom + GAP + list.offsetHeight < window.innerHeight
    const above = Math.max(8, around.top - GAP - list.offsetHeight)
    list.style.left = `${Math.max(8, left)}px`
    list.style.top = `${below ? around.bottom + GAP : above}px`
    list.querySelector('button')?.focus()
  }, [around])

  useEffect(() => {
    const outside = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) close.current(false)
    }
    window.addEventListener('pointerdown', outside)
    return () => window.removeEventListener('pointerdown', outside)
  }, [])

  const onKeyDown = (event: ReactKeyboardEvent) => {
    const buttons = [...(box.current?.querySelectorAll('button') ?? [])]
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key]
    event.stopPropagation()
    if (event.key === 'Escape') onClose(true)
    else if (event.key === 'Tab') onClose(true)
    else if (to !== undefined) buttons[(to + buttons.length) % buttons.length]?.focus()
    else return
    event.preventDefault()
  }

  const title = words.t('list.title', { hall: row.hall.name, day: words.day(cell.frame.day) })
  return (
    <div
      ref={box}
      role="dialog"
      aria-label={title}
      className={styles.list}
      data-hue={row.hall.color}
      onKeyDown={onKeyDown}
    >
      <div className={styles.title}>{title}</div>
      <div className={styles.lines}>
        {cell.lines.map((line) => (
          <button
            type="button"
            key={line.key}
            className={styles.line}
            data-kind={line.kind}
            disabled={line.token === null}
            onClick={() => {
              if (line.token !== null) props.onSelect(line.token)
              onClose(true)
            }}
          >
            <span className={styles.time}>
              {line.time}–{words.clock(cell.frame, line.end)}
            </span>
            <span className={styles.text}>{line.title}</span>
            {line.places > 1 && (
              <span className={styles.state}>{words.t('places', { count: line.places })}</span>
            )}
            {line.kind !== 'booked' && (
              <span className={styles.state}>
                {words.t(line.kind === 'request' ? 'short.request' : 'short.blocked')}
              </span>
            )}
          </button>
        ))}
      </div>
      {cell.left.length > 0 && (
        <button
          type="button"
          className={styles.book}
          onClick={() => {
            onClose(true)
            props.onBook()
          }}
        >
          {words.t('list.book')}
        </button>
      )}
    </div>
  )
}
