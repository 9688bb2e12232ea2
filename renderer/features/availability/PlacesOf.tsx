/** PlacesOf: which hall and which date the route means; without one, the first hall that has several places, from now. */
import { useState } from 'react'
import { dayOf, mondayOf } from '../../../core/domain/time.ts'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Places } from './Places.tsx'

type Props = Readonly<{ halls: readonly ResourceRow[]; path: string }>

/** `availability/places/HALL/INSTANT` */
export function PlacesOf({ halls, path }: Props) {
  const format = useFormat()
  const [now] = useState(() => Date.now())
  const [, , asked = '', at = ''] = path.split('/')
  const known = halls.some((hall) => hall.id === asked)
  const { rows } = useQuery(
    'availability.periods',
    known ? null : { monday: mondayOf(dayOf(now, format.zone)) },
  )
  if (!known && !rows) return null
  const several = rows?.find((row) => row.places > 1)?.resource
  const hall = known ? asked : (several ?? halls[0]?.id)
  if (!hall) return null
  return <Places halls={halls} hall={hall} at={/^\d{1,14}$/.test(at) ? Number(at) : now} />
}
