/**
 * HoverCard: all that is known of a booking, 300 ms after the mouse rests on it, or at once on `Space`.
 *
 * Promises to hold its own state, so that hovering never draws the grid again. Never takes focus or clicks.
 */
import { type Ref, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import styles from './HoverCard.module.css'
import { WaitsMark, WaitsSign } from './WaitsMark.tsx'
import type { Line } from './weekLayout.ts'
import type { Words } from './words.ts'

export type HoverTarget = (Readonly<{ line: Line }> | Readonly<{ lines: readonly Line[] }>) &
  Readonly<{
    hall: string
    hue: number
    /** The day as text, then the times: "Dienstag, 8. Juni, 18:30–21:00". */
    when: string
    around: DOMRect
  }>

export interface HoverHandle {
  /** Shows after the rest time; another target in sight is replaced at once. */
  rest(target: HoverTarget): void
  show(target: HoverTarget): void
  hide(): void
}

const REST_MS = 300
const GAP = 6
/** As many as the eye takes in at once; the list behind the count has them all. */
const MOST_LINES = 8

export function HoverCard({ ref, words }: Readonly<{ ref: Ref<HoverHandle>; words: Words }>) {
  const [target, setTarget] = useState<HoverTarget | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const box = useRef<HTMLDivElement>(null)

  useImperativeHandle(ref, () => ({
    rest(next) {
      clearTimeout(timer.current)
      timer.current = setTimeout(() => setTarget(next), REST_MS)
    },
    show(next) {
      clearTimeout(timer.current)
      setTarget(next)
    },
    hide() {
      clearTimeout(timer.current)
      setTarget(null)
    },
  }))

  useLayoutEffect(() => {
    const card = box.current
    if (!card || !target) return
    const { around } = target
    const width = card.offsetWidth
    const height = card.offsetHeight
    const left = Math.min(around.left, window.innerWidth - width - 8)
    const below = around.bottom + GAP + height < window.innerHeight
    card.style.left = `${Math.max(8, left)}px`
    card.style.top = `${below ? around.bottom + GAP : Math.max(8, around.top - GAP - height)}px`
  }, [target])

  if (!target) return null
  if ('lines' in target) {
    return (
      <div ref={box} role="tooltip" className={styles.card} data-hue={target.hue}>
        <div className={styles.title}>{target.hall}</div>
        <div className={styles.when}>{target.when}</div>
        {target.lines.slice(0, MOST_LINES).map((line) => (
          <div
            key={line.key}
            className={styles.line}
            data-kind={line.kind}
            data-waits={line.waits}
            data-shape="line"
          >
            <time>{line.time}</time>
            <WaitsMark waits={line.waits} />
            <span className="waits-title">{line.title}</span>
          </div>
        ))}
        {target.lines.length > MOST_LINES && (
          <div className={styles.facts}>
            {words.said.more({ count: target.lines.length - MOST_LINES })}
          </div>
        )}
      </div>
    )
  }
  const { line } = target
  const facts = [
    line.persons === null ? '' : words.t('persons', { count: line.persons }),
    line.places > 1 ? words.t('places', { count: line.places }) : '',
    line.number > 0 ? words.t('label.number', { number: line.number }) : '',
  ].filter(Boolean)
  return (
    <div ref={box} role="tooltip" className={styles.card} data-hue={target.hue}>
      <div className={styles.state} data-kind={line.kind}>
        {line.waits && <WaitsSign waits={line.waits} />}
        {line.waits ? words.t(`waits.${line.waits}`) : words.t(`state.${line.kind}`)}
      </div>
      <div className={styles.title}>{line.title}</div>
      {line.who !== '' && line.who !== line.title && <div>{line.who}</div>}
      <div className={styles.when}>{target.when}</div>
      <div className={styles.facts}>{[target.hall, ...facts].join(' · ')}</div>
    </div>
  )
}
