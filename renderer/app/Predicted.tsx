/** Predicted: what would become of a wish by what this desk knows, as small print under it. */
import { useTranslation } from 'react-i18next'
import type { WaitingCommand } from '../../core/contract.ts'
import { refusalText } from '../format/refusal.ts'
import { useFormat } from '../format/useFormat.ts'

type Props = Readonly<{ predicted: WaitingCommand['predicted']; asOf: number }>

export function Predicted({ predicted, asOf }: Props) {
  const { t } = useTranslation('sync')
  const { t: refusal } = useTranslation('refusal')
  const format = useFormat()
  if (!predicted) return <small>{t('predicted.unknown')}</small>
  if (predicted.status === 'accepted') {
    return <small>{t('predicted.accepted', { time: format.time(asOf) })}</small>
  }
  const why = refusalText(refusal, predicted.refusal, format)
  return <small data-bad>{t('predicted.refused', { why })}</small>
}
