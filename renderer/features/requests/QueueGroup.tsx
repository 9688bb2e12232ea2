/** QueueGroup: rows that want the same, under a line that says what they want and how much of it is free. */
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { dayOf } from '../../../core/domain/time.ts'
import type { RequestRow } from '../../../core/queries/rows.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './Requests.module.css'

type Props = Readonly<{ label: string; aside?: string; children: ReactNode }>

export function QueueGroup({ label, aside, children }: Props) {
  const id = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of options, not a fieldset
    <div role="group" aria-labelledby={id} className={classes.group}>
      <p id={id} className={classes.label} role="presentation">
        {label}
        {aside && <span> · {aside}</span>}
      </p>
      {children}
    </div>
  )
}

/** What a group wants: `Aula Zelgli, Sa 12.6.` and how many places are left. */
export function useWanted(): (group: readonly RequestRow[]) => { label: string; aside: string } {
  const { t } = useTranslation('requests')
  const format = useFormat()
  return (group) => {
    const dates = group.flatMap((row) => row.dates)
    const halls = [...new Set(dates.map((date) => date.resourceName))]
    const days = [...new Set(dates.map((date) => dayOf(date.start, format.zone)))].sort()
    const first = days[0]
    const last = days.at(-1)
    const when =
      first === undefined || last === undefined
        ? ''
        : first === last
          ? format.dayMedium(first)
          : `${format.dayShort(first)}–${format.day(last)}`
    const free = Math.max(0, ...group.map((row) => row.free))
    return {
      label: `${format.list(halls)}, ${when}`,
      aside: free > 0 ? t('freePlaces', { count: free }) : t('takenNow'),
    }
  }
}
