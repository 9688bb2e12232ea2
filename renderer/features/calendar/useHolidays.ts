/**
 * useHolidays: what the days shown are called, where they are holidays. They are asked for once the week stands,
 * because the first question of a start is answered slowly.
 */
import { useMemo } from 'react'
import { daysOff, type Holiday } from '../../../core/domain/holidays.ts'
import type { Day } from '../../../core/domain/time.ts'
import { useSettled } from '../../desk/settled.ts'
import { usePreferences } from '../../desk/usePreferences.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { useFormat } from '../../format/useFormat.ts'

export type HolidayNames = ReadonlyMap<
  Day,
  Readonly<{
    name: string
    /** In the school holidays, and no holiday otherwise. */
    school: boolean
    /** In the school holidays, whatever else it is. */
    inSchool: boolean
  }>
>

const none: readonly Holiday[] = []

export function useHolidays(from: Day | undefined, until: Day | undefined): HolidayNames {
  const { language } = useFormat()
  const ready = useSettled()
  const isHidden = usePreferences().preferences?.hidden.includes('holidays') ?? false
  const { rows = none } = useQuery(
    'holiday.range',
    ready && !isHidden && from && until ? { from, until, language } : null,
  )
  return useMemo(() => {
    const names = new Map<Day, { name: string; school: boolean; inSchool: boolean }>()
    if (!from || !until || isHidden) return names
    // A day that is both is a holiday first; the school's name follows it.
    for (const kinds of [['public', 'own'], ['school']] as const) {
      for (const each of rows) {
        for (const day of daysOff([each], kinds, from, until)) {
          const known = names.get(day)
          names.set(day, {
            name: known ? `${known.name}, ${each.name}` : each.name,
            school: known ? known.school : each.kind === 'school',
            inSchool: known?.inSchool || each.kind === 'school',
          })
        }
      }
    }
    return names
  }, [rows, from, until, isHidden])
}
