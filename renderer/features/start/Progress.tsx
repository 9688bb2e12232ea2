/**
 * Progress: what happens while the desk opens or is founded, in words and with a bar.
 *
 * Opening a warm database takes less than half a second: until then nothing is drawn, so nothing flickers.
 */
import { Progress as Bar } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Status } from '../../../core/contract.ts'
import { Mark } from '../../ui/Mark.tsx'
import classes from './Progress.module.css'

/** Shorter waits are not worth a word. */
const QUIET_MS = 400

export function Progress({ status }: { status: Status }) {
  const { t } = useTranslation(['start', 'app'])
  const [late, setLate] = useState(status.phase === 'founding')
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), QUIET_MS)
    return () => clearTimeout(timer)
  }, [])
  if (!late) return null

  const step = status.progress?.step ?? 'database'
  const done = Math.round((status.progress?.done ?? 0) * 100)
  const words = t(`app:opening.${step}`)
  // Sending is no founding for whoever joins.
  const isFounding = status.phase === 'founding' && step !== 'sending'
  return (
    <main className={classes.screen}>
      <Mark size={40} />
      <h1>{isFounding ? t('start:founding') : words}</h1>
      {isFounding && <p>{t('start:foundingText')}</p>}
      <Bar.Root className={classes.bar} size="sm">
        <Bar.Section value={done} aria-label={words} color="var(--accent)" />
      </Bar.Root>
      <p role="status">{isFounding ? words : ''}</p>
    </main>
  )
}
