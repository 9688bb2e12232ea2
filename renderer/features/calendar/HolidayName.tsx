/** HolidayName: why a day is special: in full on a holiday, a quiet mark in the school holidays. */
import styles from './HolidayName.module.css'
import type { HolidayNames } from './useHolidays.ts'

interface HolidayNameProps {
  of: ReturnType<HolidayNames['get']>
  /** Where nothing else says it to a reader of the screen. */
  isSaid?: boolean
}

export function HolidayName({ of: holiday, isSaid = false }: HolidayNameProps) {
  if (!holiday) return null
  return (
    <span
      className={styles.holiday}
      data-school={holiday.school || undefined}
      title={holiday.name}
      aria-hidden={!isSaid || undefined}
    >
      {holiday.name}
    </span>
  )
}
