// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid has no table elements; ARIA names its parts
// biome-ignore-all lint/a11y/useFocusableInteractive: focus stays on the grid, which names the active cell
/** HallHead: the name of a hall, how many it takes and how full it is; the name opens the hall's own week. */
import { memo } from 'react'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import styles from './Timeline.module.css'
import type { Words } from './words.ts'

interface HallHeadProps {
  id: string
  hall: ResourceRow
  depth: number
  fill: number | null
  places: number
  tall: boolean
  active: boolean
  words: Words
}

export const HallHead = memo(function HallHead(props: HallHeadProps) {
  const { hall, depth, fill, places, words } = props
  const percent = fill === null ? null : Math.round(fill * 100)
  return (
    <div
      role="rowheader"
      id={props.id}
      className={`${styles.hall} ${props.active ? styles.on : ''}`}
      data-depth={Math.min(depth, 2)}
      data-tall={props.tall || undefined}
    >
      <button type="button" tabIndex={-1} className={styles.name} data-open title={hall.name}>
        {hall.name}
      </button>
      <span className={styles.capacity}>{words.capacity(hall, places)}</span>
      <div
        className={styles.fill}
        title={percent === null ? undefined : words.said.fill({ percent })}
      >
        {percent !== null && <i style={{ width: `${percent}%` }} />}
      </div>
    </div>
  )
})
