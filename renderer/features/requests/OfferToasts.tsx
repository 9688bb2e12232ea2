/** OfferToasts: says once, wherever the clerk is, that a place became free and who is first in line for it. */
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { dayOf } from '../../../core/domain/time.ts'
import { toastWith } from '../../app/toast.tsx'
import { useView } from '../../desk/store.ts'
import { useFormat } from '../../format/useFormat.ts'
import { useRequests } from './useRequests.ts'

export function OfferToasts(): null {
  const { t } = useTranslation('requests')
  const format = useFormat()
  const offers = useRequests()?.offers
  /** What was free when the desk was opened stands in the queue; only what comes up since is told. */
  const told = useRef<Set<string> | null>(null)

  useEffect(() => {
    if (!offers) return
    const before = told.current
    told.current = new Set(offers.map((row) => row.token))
    const fresh = offers.find((row) => before && !before.has(row.token))
    const first = fresh?.dates[0]
    // On the queue itself it stands on top of the screen already.
    if (!fresh || !first || useView.getState().route.startsWith('requests')) return
    toastWith(
      t('offers.toast', {
        where: first.resourceName,
        when: `${format.dayShort(dayOf(first.start, format.zone))} ${format.times(first.start, first.end)}`,
        who: fresh.who || fresh.title,
      }),
      {
        label: t('offers.show'),
        run() {
          useView.getState().show('requests')
          useView.getState().select(fresh.token)
        },
      },
    )
  }, [offers, t, format])
  return null
}
