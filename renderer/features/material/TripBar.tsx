/** TripBar: what can be done with the chosen row. Only verbs that its state allows, and the reason where one waits. */
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TripRow } from '../../../core/queries/material-rows.ts'
import { useView } from '../../desk/store.ts'
import { Keys } from '../../ui/Keys.tsx'
import classes from './DaySheet.module.css'
import { canNow, KEY_OF, obstacleOf, type Verb, verbsOf } from './verbs.ts'

type Props = Readonly<{
  row: TripRow
  onVerb: (verb: Verb, row: TripRow) => void
  onPart: () => void
}>

export function TripBar({ row, onVerb, onPart }: Props) {
  const { t } = useTranslation('material')
  const verbs = verbsOf(row).filter((verb) => canNow(row, verb))
  const obstacle = obstacleOf(row)
  const { token } = row
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of buttons and no form
    <div
      className={classes.bar}
      role="group"
      aria-label={t('day.bar', { count: row.count, name: row.name, to: row.to })}
    >
      <b>
        {row.count} {row.name} → {row.to}
      </b>
      {obstacle && <span className={classes.obstacle}>{t(`day.obstacle.${obstacle}`)}</span>}
      {verbs.map((verb) => (
        <Button
          key={verb}
          variant={verb === 'done' ? 'filled' : 'default'}
          aria-keyshortcuts={KEY_OF[verb]}
          onClick={() => onVerb(verb, row)}
        >
          {t(`verbs.${verb}`)}{' '}
          <Keys keys={verb === 'done' ? t('spaceKey') : KEY_OF[verb]} plain={verb === 'done'} />
        </Button>
      ))}
      {canNow(row, 'done') && (
        <Button aria-keyshortcuts="E" onClick={onPart}>
          {t('verbs.part')} <Keys keys="E" />
        </Button>
      )}
      {token && (
        <Button variant="subtle" onClick={() => useView.getState().select(token)}>
          {t('day.booking', { number: row.number })} <Keys keys="Enter" />
        </Button>
      )}
    </div>
  )
}
