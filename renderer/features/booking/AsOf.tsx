/** AsOf: how old what is said before it is, while the shared database cannot be reached; else nothing. */
import { useTranslation } from 'react-i18next'
import { useCutOff } from '../../desk/useStatus.ts'
import { useFormat } from '../../format/useFormat.ts'

export function AsOf() {
  const { t } = useTranslation('booking')
  const format = useFormat()
  const cutOff = useCutOff()
  if (!cutOff) return null
  return <span className="dim"> · {t('asOf', { time: format.time(cutOff.asOf) })}</span>
}
