/** KeyRow: one key, who has it and until when, with what can be done with it across the counter. */
import { Button } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { PieceRow } from '../../../core/queries/material-rows.ts'
import { useView } from '../../desk/store.ts'
import { useFormat } from '../../format/useFormat.ts'
import { HandOut } from './HandOut.tsx'
import classes from './Material.module.css'

type Props = Readonly<{
  row: PieceRow
  isOverdue: boolean
  isStop: boolean
  isGiving: boolean
  onStop: () => void
  onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => void
  onAct: () => void
  onGive: (person: string, until: number) => void
}>

export function KeyRow(props: Props) {
  const { row, isOverdue, isStop, isGiving, onStop, onKeyDown, onAct, onGive } = props
  const { t } = useTranslation('material')
  const format = useFormat()
  const isOut = row.tag === null
  const due = isOut && row.next ? format.moment(row.next.at) : ''
  return (
    <>
      <tr
        data-key={row.item}
        data-late={isOverdue || undefined}
        tabIndex={isStop ? 0 : -1}
        onFocus={onStop}
        onKeyDown={onKeyDown}
      >
        <th scope="row">
          {row.name} {row.code}
        </th>
        <td>
          {isOut ? <b>{row.placeName}</b> : row.placeName}
          {row.title && <small> {row.title}</small>}
        </td>
        <td className={classes.due}>{isOut ? format.moment(row.since) : ''}</td>
        <td className={classes.due} data-due>
          {isOverdue ? t('keys.overdue', { when: due }) : due}
        </td>
        <td>
          <div className={classes.rowActs}>
            <Button size="compact-xs" aria-expanded={isOut ? undefined : isGiving} onClick={onAct}>
              {t(isOut ? 'keys.takeBack' : 'keys.handOut')}
            </Button>
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => useView.getState().go(`material/item/${row.item}`)}
            >
              {t('keys.life')}
            </Button>
          </div>
        </td>
      </tr>
      {isGiving && (
        <tr>
          <td colSpan={5}>
            <div className={classes.rowActs}>
              <HandOut onGive={onGive} />
            </div>
          </td>
        </tr>
      )}
    </>
  )
}
