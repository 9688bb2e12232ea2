/** OfflineLine: the thin amber line while the shared database cannot be reached. Nothing else on the screen changes. */
import { useTranslation } from 'react-i18next'
import type { Status } from '../../core/contract.ts'
import { desk } from '../desk/client.ts'
import { useFormat } from '../format/useFormat.ts'
import classes from './lines.module.css'

export function OfflineLine({ status: { mode, server, asOf } }: { status: Status }) {
  const { t } = useTranslation('sync')
  const format = useFormat()
  if (mode !== 'cut-off' || !server) return null
  // The chip tells a screen reader; here it would be told twice.
  return (
    <div className={classes.line} data-offline>
      <p>{t('line.offline', { time: format.time(server.since), asOf: format.moment(asOf) })}</p>
      <button type="button" className={classes.act} onClick={() => void desk.invoke('tryNow')}>
        {t('panel.tryNow')}
      </button>
    </div>
  )
}
