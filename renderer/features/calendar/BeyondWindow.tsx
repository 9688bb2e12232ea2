/**
 * BeyondWindow: says that what is shown is not on this computer, where the shared database cannot be reached: an empty
 * week would look free.
 */
import { useTranslation } from 'react-i18next'
import { dayOf, type Span } from '../../../core/domain/time.ts'
import { useStatus } from '../../desk/useStatus.ts'
import styles from './Calendar.module.css'
import type { Words } from './words.ts'

export function BeyondWindow({ span, words }: Readonly<{ span: Span; words: Words }>) {
  const { t } = useTranslation('sync')
  const status = useStatus()
  const window = status?.mode === 'cut-off' ? status.server?.window : null
  if (!window || (window.start <= span.start && span.end <= window.end)) return null
  const { format, zone } = words
  return (
    <p role="status" className={styles.beyond}>
      {t('line.beyond', {
        from: format.date(dayOf(window.start, zone)),
        until: format.date(dayOf(window.end - 1, zone)),
      })}
    </p>
  )
}
