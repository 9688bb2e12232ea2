/** LinkLost: the thin amber line while the page cannot reach the core. Nothing else on the screen changes. */
import { useTranslation } from 'react-i18next'
import { useLink } from '../desk/link.ts'
import { useFormat } from '../format/useFormat.ts'
import classes from './lines.module.css'

export function LinkLost() {
  const { t } = useTranslation()
  const format = useFormat()
  const link = useLink()
  return (
    <div role="status">
      {link.state === 'down' && (
        <p className={classes.line}>{t('link.lost', { time: format.time(link.since) })}</p>
      )}
    </div>
  )
}
