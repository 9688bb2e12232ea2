/** MoveButton: takes a booking up from wherever it is looked at, and shows the calendar on its day. */

import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { dayOf } from '../../../core/domain/time.ts'
import type { BookingRow } from '../../../core/queries/rows.ts'
import { calendarOn } from '../../desk/calendarOn.ts'
import { useNow } from '../../desk/useNow.ts'
import { useZone } from '../../desk/useStatus.ts'
import { Keys } from '../../ui/Keys.tsx'
import { useMoving } from './moveStore.ts'
import { movableDate, movingOf } from './moving.ts'

export function MoveButton({ row }: Readonly<{ row: BookingRow }>) {
  const { t } = useTranslation('calendar')
  const zone = useZone()
  const date = movableDate(row, useNow())
  if (!date) return null
  const begin = () => {
    calendarOn(dayOf(date.start, zone))
    useMoving.getState().begin(movingOf(date))
  }
  return (
    <Button onClick={begin} aria-keyshortcuts="M">
      {t('move.commit')} <Keys keys="M" />
    </Button>
  )
}
