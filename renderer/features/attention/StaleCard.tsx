/** StaleCard: noted so long ago that it may not be meant any more: it is sent when somebody says so. */
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { WaitingCommand } from '../../../core/contract.ts'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import { Predicted } from '../../app/Predicted.tsx'
import { desk } from '../../desk/client.ts'
import { useWishText } from '../../format/useWishText.ts'
import { Keys } from '../../ui/Keys.tsx'
import classes from './Attention.module.css'
import { CardFrame } from './CardFrame.tsx'
import type { CardProps } from './useCards.ts'

type Props = Readonly<{
  waiting: WaitingCommand
  halls: readonly ResourceRow[]
  asOf: number
  card: CardProps
}>

export function StaleCard({ waiting, halls, asOf, card }: Props) {
  const { t } = useTranslation('attention')
  const { t: sync } = useTranslation('sync')
  const say = useWishText(halls)
  const { id, predicted } = waiting
  const confirm = () => void desk.invoke('confirm', { id })
  const withdraw = () => void desk.invoke('withdraw', { id })
  return (
    <CardFrame
      tone="wait"
      state={t('state.stale')}
      what={say(waiting)}
      noted={waiting}
      card={card}
      keys={{ 1: confirm, Delete: withdraw }}
    >
      <p className={classes.why}>
        <Predicted predicted={predicted} asOf={asOf} />
      </p>
      <footer className={classes.acts}>
        <Button variant="filled" aria-keyshortcuts="1" onClick={confirm}>
          {sync('panel.sendAnyway')} <Keys keys="1" plain />
        </Button>
        <Button aria-keyshortcuts="Delete" onClick={withdraw}>
          {sync('panel.takeBack')} <Keys keys="Del" />
        </Button>
      </footer>
    </CardFrame>
  )
}
