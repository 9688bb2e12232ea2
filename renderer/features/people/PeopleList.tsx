/** PeopleList: one stop for Tab, walked with the arrows; the card follows, Enter goes into it. */
import type { KeyboardEvent } from 'react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { phoneShown } from '../../../core/domain/phone.ts'
import { dayOf } from '../../../core/domain/time.ts'
import type { ListedPerson } from '../../../core/queries/rows.ts'
import { useView } from '../../desk/store.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './People.module.css'

type Props = Readonly<{ rows: readonly ListedPerson[]; chosen: string }>

export function PeopleList({ rows, chosen }: Props) {
  const { t } = useTranslation('people')
  const format = useFormat()
  const go = useView((view) => view.go)
  const list = useRef<HTMLDivElement>(null)
  const stop = rows.some((row) => row.id === chosen) ? chosen : rows[0]?.id

  const onKeyDown = (event: KeyboardEvent, at: number) => {
    if (event.key === 'Enter') {
      event.preventDefault()
      document.querySelector<HTMLElement>('[data-card]')?.focus()
      return
    }
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = rows[Math.max(0, Math.min(to, rows.length - 1))]
    if (next) list.current?.querySelector<HTMLElement>(`[data-person="${next.id}"]`)?.focus()
  }

  return (
    <div role="listbox" aria-label={t('title')} className={classes.list} ref={list}>
      {rows.map((row, at) => (
        <div
          key={row.id}
          role="option"
          data-person={row.id}
          tabIndex={row.id === stop ? 0 : -1}
          aria-selected={row.id === chosen}
          className={classes.row}
          onFocus={() => go(`people/${row.id}`)}
          onClick={() => go(`people/${row.id}`)}
          onKeyDown={(event) => onKeyDown(event, at)}
        >
          <span className={classes.name}>{row.organisation || row.name}</span>
          <span className={classes.next}>
            {row.next === null ? '' : format.dayShort(dayOf(row.next, format.zone))}
          </span>
          <span className={classes.sub}>
            {[row.organisation ? row.name : '', row.phone && phoneShown(row.phone)]
              .filter(Boolean)
              .join(', ') || row.town}
          </span>
          <span className={classes.number}>{row.bookings || ''}</span>
        </div>
      ))}
    </div>
  )
}
