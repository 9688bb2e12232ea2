/**
 * ParkedCalls: callers who wait while another is served: tabs in the panel, a count beside the button that opens it.
 * `Alt+1` to `Alt+5` go on with one of them; the call at hand waits in its place.
 */
import { Button } from '@mantine/core'
import { IconPhonePause } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '../../../core/contract.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { useView } from '../../desk/store.ts'
import { useWindowKeys } from '../../ui/useWindowKeys.ts'
import classes from './BookingPanel.module.css'
import { loadDrafts, resume, useParked } from './draft.ts'

export function ParkedCalls({ onResume }: { onResume: () => void }) {
  const { t } = useTranslation('booking')
  const parked = useParked((state) => state.parked)

  useWindowKeys((event) => {
    if (!event.altKey || event.ctrlKey || event.defaultPrevented) return
    const draft = /^Digit[1-5]$/.test(event.code) ? parked[Number(event.code.slice(5)) - 1] : null
    if (!draft) return
    event.preventDefault()
    resume(draft)
    onResume()
  })

  if (parked.length === 0) return null
  const named = (draft: Draft) => draft.name || draft.title || draft.phone || t('parkedNameless')
  return (
    <ul className={classes.parked} aria-label={t('parkedList')}>
      {parked.map((draft, at) => (
        <li key={draft.token}>
          <button
            type="button"
            title={[draft.name, draft.title, draft.date].filter(Boolean).join(', ')}
            aria-keyshortcuts={`Alt+${at + 1}`}
            onClick={() => {
              resume(draft)
              onResume()
            }}
          >
            <IconPhonePause size={14} stroke={1.5} aria-hidden="true" />
            <span>{named(draft)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** How many wait; opens the panel, where they stand as tabs. */
export function ParkedCount() {
  const { t } = useTranslation('booking')
  const count = useParked((state) => state.parked.length)
  useEffect(() => {
    loadDrafts().catch((error: unknown) => report(error, 'drafts'))
  }, [])
  if (count === 0) return null
  return (
    <Button
      leftSection={<IconPhonePause size={15} stroke={1.5} />}
      onClick={() => useView.getState().openBooking()}
    >
      {t('parked', { count })}
    </Button>
  )
}
