/** AffectedList: bookings and requests that a change touches, with whom to call; a row opens the booking. */
import { useTranslation } from 'react-i18next'
import type { Affected } from '../../../core/domain/affected.ts'
import { phoneShown } from '../../../core/domain/phone.ts'
import { useView } from '../../desk/store.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Unbroken } from '../../ui/Unbroken.tsx'
import classes from './Editor.module.css'

type Row = Affected & Readonly<{ becomes?: 'changed' | 'kept' }>

export function AffectedList({ rows }: { rows: readonly Row[] }) {
  const { t } = useTranslation('availability')
  const format = useFormat()
  return (
    <ul className={classes.affected}>
      {rows.map((row) => (
        <li key={`${row.token} ${row.resource} ${row.start}`} data-becomes={row.becomes}>
          <button type="button" onClick={() => useView.getState().select(row.token)}>
            {row.title || row.who || t('affected.foreign')}
            {row.number > 0 && <small>{row.number}</small>}
          </button>
          <span>{row.resourceName}</span>
          <span>
            <Unbroken text={format.span(row.start, row.end)} />
          </span>
          <span>
            {row.title ? row.who : ''} <b className={classes.phone}>{phoneShown(row.phone)}</b>
          </span>
          <em>
            {row.state === 'request'
              ? t('affected.request')
              : row.becomes
                ? t(`affected.${row.becomes}`)
                : t('affected.booked')}
          </em>
        </li>
      ))}
    </ul>
  )
}
