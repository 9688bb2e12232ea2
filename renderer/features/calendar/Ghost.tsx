/**
 * Ghost: the booking that is being drawn with the mouse, or that the open panel is about.
 *
 * Promises that a frame of a drag costs no drawing by React: the handle writes place, times and the reason why it
 * would not fit straight into one element.
 */
import { type Ref, useImperativeHandle, useRef } from 'react'
import styles from './Ghost.module.css'
import { percent } from './percent.ts'
import type { Share } from './weekLayout.ts'

export interface GhostShape {
  top: number
  height: number
  /** Shares of the width right of the hall names. */
  from: number
  to: number
  words: string
  /** Why it would not fit; empty where it would. */
  reason: string
}

export interface GhostHandle {
  draw(shape: GhostShape): void
  clear(): void
}

export function Ghost({ ref }: Readonly<{ ref: Ref<GhostHandle> }>) {
  const box = useRef<HTMLDivElement>(null)
  const words = useRef<HTMLElement>(null)
  const reason = useRef<HTMLSpanElement>(null)
  useImperativeHandle(ref, () => ({
    draw(shape) {
      const element = box.current
      if (!element || !words.current || !reason.current) return
      const { style } = element
      style.display = 'flex'
      style.top = `${shape.top}px`
      style.height = `${shape.height}px`
      style.left = left(shape.from)
      style.width = `calc((100% - var(--head)) * ${(shape.to - shape.from).toFixed(5)})`
      element.dataset.refused = String(shape.reason !== '')
      // Near the right edge the words stand to the left of the box, so that they are never cut off.
      element.dataset.side = shape.to > 0.7 ? 'left' : 'right'
      words.current.textContent = shape.words
      reason.current.textContent = shape.reason
    },
    clear() {
      if (box.current) box.current.style.display = 'none'
    },
  }))
  return (
    <div ref={box} role="none" className={styles.ghost} style={{ display: 'none' }} data-ghost>
      <div className={styles.words}>
        <b ref={words} />
        <span ref={reason} />
      </div>
    </div>
  )
}

function left(share: number): string {
  return `calc(var(--head) + (100% - var(--head)) * ${share.toFixed(5)})`
}

interface DraftProps {
  shape: Omit<GhostShape, 'words' | 'reason'>
  /** In the week: where on the cell's strip the time lies. */
  strip: Share | null
  /** Of a booking that is being moved: where it stands, and why it would not fit. */
  said?: Readonly<{ words: string; reason: string }> | undefined
}

/** The same shape, still: what the open booking panel is about, or where the keyboard has moved a booking. */
export function Draft({ shape, strip, said }: DraftProps) {
  return (
    <div
      role="none"
      className={`${strip ? styles.cell : styles.draft} ${said ? styles.moving : ''}`}
      style={{
        top: shape.top,
        height: shape.height,
        left: left(shape.from),
        width: `calc((100% - var(--head)) * ${(shape.to - shape.from).toFixed(5)})`,
      }}
      data-draft={said ? undefined : true}
      data-moving={said ? true : undefined}
      data-refused={said ? said.reason !== '' : undefined}
      data-side={shape.to > 0.7 ? 'left' : 'right'}
    >
      {strip && (
        <div className={styles.strip}>
          <i style={percent(strip)} />
        </div>
      )}
      {said && (
        <div className={styles.words}>
          <b>{said.words}</b>
          {said.reason && <span>{said.reason}</span>}
        </div>
      )}
    </div>
  )
}
