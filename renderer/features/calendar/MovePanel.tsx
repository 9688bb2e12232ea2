/**
 * MovePanel: says what is being moved, from where to where, whether it fits and what the core said; with the keys.
 *
 * Floats over the lower edge of the calendar while a booking is on its way, and only then.
 */
import { Button } from '@mantine/core'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alternative } from '../../../core/domain/refusal.ts'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import { Keys } from '../../ui/Keys.tsx'
import { Refused } from '../booking/Refused.tsx'
import styles from './MovePanel.module.css'
import { useMoving } from './moveStore.ts'
import type { Moving } from './moving.ts'
import type { Words } from './words.ts'

interface MovePanelProps {
  moving: Moving
  /** Why it would not fit; empty where it would. */
  reason: string
  /** Which arrows lead where, in the view on screen. */
  keys: string
  resources: readonly ResourceRow[]
  words: Words
}

export function MovePanel({ moving, reason, keys, resources, words }: MovePanelProps) {
  const { t } = useTranslation('calendar')
  const refusal = useMoving((state) => state.refusal)
  const { put, commit, cancel } = useMoving.getState()
  const { format } = words
  const nameOf = (id: string) => resources.find((each) => each.id === id)?.name ?? ''
  const place = ({ resource, start, end }: Moving['to']) =>
    `${nameOf(resource)}, ${format.span(start, end)}`
  const take = ({ resource, start, end }: Alternative) => {
    put({ ...moving, to: { resource, start, end } })
    void commit()
  }
  return (
    <section className={styles.panel} aria-label={t('move.title', { title: moving.title })}>
      <h2>{t('move.title', { title: moving.title })}</h2>
      <p className={styles.places}>
        <s>{place(moving.from)}</s>
        <span aria-hidden="true">→</span>
        <b>{place(moving.to)}</b>
      </p>
      {refusal ? (
        <Refused refusal={refusal} onTake={take} />
      ) : (
        <p className={styles.fit} data-refused={reason !== ''}>
          {reason || t('move.fits')}
        </p>
      )}
      <div className={styles.foot}>
        <span className={styles.keys}>
          {keys.split(' · ').map((each, index) => (
            <Fragment key={each}>
              {index > 0 && ' '}
              <span className="unbroken">{index > 0 ? `· ${each}` : each}</span>
            </Fragment>
          ))}
        </span>
        <Button variant="subtle" onClick={cancel}>
          {t('move.cancel')} <Keys keys="Esc" plain />
        </Button>
        <Button variant="filled" onClick={() => void commit()}>
          {t('move.commit')} <Keys keys="Enter" plain />
        </Button>
      </div>
    </section>
  )
}
