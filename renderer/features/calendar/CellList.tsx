// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid has no table elements; ARIA names its parts
// biome-ignore-all lint/a11y/useFocusableInteractive: focus stays on the grid, which names the active cell
/**
 * CellList: everything of a day, of one hall or of all, where its cell has room for a few lines only.
 *
 * Promises to be reached and left by keyboard: arrows walk, Enter opens, Esc gives the focus back to the grid.
 */

import type { KeyboardEvent as ReactKeyboardEvent } from 'react'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import styles from './CellList.module.css'
import type { DayFrame } from './days.ts'
import { WaitsMark } from './WaitsMark.tsx'
import type { Line } from './weekLayout.ts'
import type { Words } from './words.ts'

export interface ListContent {
  title: string
  frame: DayFrame
  /** In a list of many halls each line says its own. */
  lines: readonly (Line & Readonly<{ hall?: ResourceRow }>)[]
  /** Colour of the hall, where it is one. */
  hue: number | undefined
  around: DOMRect
}

interface CellListProps {
  content: ListContent
  words: Words
  onSelect(token: string): void
  /** Absent where nothing is left to book. */
  onBook?: (() => void) | undefined
  /** `back`: the focus returns to the grid. */
  onClose(back: boolean): void
}

const GAP = 4

export function CellList(props: CellListProps) {
  const { words, onClose } = props
  const { title, frame, lines, hue, around } = props.content
  const hasHalls = lines.some((line) => line.hall)
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

  return (
    <div
      ref={box}
      role="dialog"
      aria-label={title}
      className={styles.list}
      data-hue={hue}
      data-wide={hasHalls || undefined}
      onKeyDown={onKeyDown}
    >
      <div className={styles.title}>{title}</div>
      <div className={styles.lines}>
        {lines.map((line) => (
          <button
            type="button"
            key={`${line.key} ${line.hall?.id ?? ''}`}
            className={styles.line}
            data-kind={line.kind}
            data-waits={line.waits}
            data-shape="line"
            disabled={line.token === null}
            onClick={() => {
              if (line.token !== null) props.onSelect(line.token)
              onClose(true)
            }}
          >
            <span className={styles.time}>
              {line.time}–{words.clock(frame, line.end)}
            </span>
            <span className={styles.text}>
              <WaitsMark waits={line.waits} />
              <span className="waits-title">{line.title}</span>
            </span>
            {line.hall && (
              <span className={styles.hall} data-hue={line.hall.color}>
                {line.hall.name}
              </span>
            )}
            {line.places > 1 && (
              <span className={styles.state}>{words.t('places', { count: line.places })}</span>
            )}
            {(line.kind === 'request' || line.kind === 'blocked') && (
              <span className={styles.state}>{words.t(`short.${line.kind}`)}</span>
            )}
          </button>
        ))}
      </div>
      {props.onBook && (
        <button
          type="button"
          className={styles.book}
          onClick={() => {
            onClose(true)
            props.onBook?.()
          }}
        >
          {words.t('list.book')}
        </button>
      )}
    </div>
  )
}
