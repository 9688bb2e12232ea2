/** WaitingNote: what of a booking is only noted, in words, with what would become of it and the way to take it back. */
import { IconClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { BookingRow } from '../../../core/queries/rows.ts'
import { WaitingList } from '../../app/WaitingList.tsx'
import { useOutbox } from '../../desk/useOutbox.ts'
import { useStatus } from '../../desk/useStatus.ts'
import classes from './Inspector.module.css'

type Props = Readonly<{ token: string; waits: NonNullable<BookingRow['waits']> }>

export function WaitingNote({ token, waits }: Props) {
  const { t } = useTranslation('booking')
  const asOf = useStatus()?.asOf ?? 0
  const waiting = useOutbox()?.waiting.filter(({ told }) => token in told.bookings) ?? []
  return (
    <section className={classes.waiting} data-waits>
      <p>
        <IconClock size={16} stroke={1.75} aria-hidden="true" />
        {t(`inspector.${waits}Why`)}
      </p>
      <WaitingList waiting={waiting} asOf={asOf} />
    </section>
  )
}
