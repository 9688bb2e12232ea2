/**
 * WaitsMark: the sign before what nobody has decided yet, with its words for a screen reader. Each kind has a sign of
 * its own: what is told by colour alone is not told to everybody.
 */
import {
  IconClock,
  IconClockCancel,
  IconClockExclamation,
  type TablerIcon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Waits } from '../../../core/queries/rows.ts'
import './waits.css'

const ICONS: Readonly<Record<Waits, TablerIcon>> = {
  noted: IconClock,
  doubtful: IconClockExclamation,
  leaving: IconClockCancel,
}

/** Nothing where nothing waits: nearly always, for hundreds of lines. */
export function WaitsMark({ waits }: Readonly<{ waits: Waits | undefined }>) {
  return waits ? <Mark waits={waits} /> : null
}

function Mark({ waits }: Readonly<{ waits: Waits }>) {
  const { t } = useTranslation('calendar')
  return (
    <>
      <WaitsSign waits={waits} />
      <span className="visually-hidden">{t(`waits.${waits}`)}: </span>
    </>
  )
}

/** The sign alone, where its words stand beside it. */
export function WaitsSign({ waits }: Readonly<{ waits: Waits }>) {
  const Icon = ICONS[waits]
  return (
    <Icon className="waits-sign" data-waits-sign={waits} size={12} stroke={2} aria-hidden="true" />
  )
}
