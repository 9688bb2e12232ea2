/** Empty places of the calendar: one sentence, one hint, one or two buttons. */
import { Button } from '@mantine/core'
import type { Uuid } from '../../../core/domain/time.ts'
import styles from './Empty.module.css'
import type { Words } from './words.ts'

interface NoHallsProps {
  words: Words
  onAddHall: (() => void) | undefined
  onSample: (() => void) | undefined
}

export function NoHalls({ words, onAddHall, onSample }: NoHallsProps) {
  return (
    <div className={styles.whole}>
      <h2>{words.t('empty.noHalls')}</h2>
      <p>{words.t('empty.noHallsHint')}</p>
      <div className={styles.buttons}>
        {onAddHall && (
          <Button variant="filled" onClick={onAddHall}>
            {words.t('empty.addHall')}
          </Button>
        )}
        {onSample && <Button onClick={onSample}>{words.t('empty.sample')}</Button>}
      </div>
    </div>
  )
}

interface NoTimeProps {
  words: Words
  hall: Readonly<{ id: Uuid; name: string }> | null
  onAvailability: ((hall: Uuid | null) => void) | undefined
}

/** Floats over the grey grid, which stays in sight and in use. */
export function NoTime({ words, hall, onAvailability }: NoTimeProps) {
  return (
    <div className={styles.note}>
      <strong>
        {hall ? words.t('empty.noTimeOf', { hall: hall.name }) : words.t('empty.noTime')}
      </strong>
      <span>{words.t('empty.noTimeHint')}</span>
      {onAvailability && (
        <Button onClick={() => onAvailability(hall?.id ?? null)}>
          {words.t('empty.addAvailability')}
        </Button>
      )}
    </div>
  )
}

interface FailedProps {
  words: Words
  detail: string
  onRetry(): void
}

/** Nothing could be read and nothing older is there to be shown. */
export function Failed({ words, detail, onRetry }: FailedProps) {
  return (
    <div className={styles.whole} role="alert">
      <h2>{words.t('failed.title')}</h2>
      <p>{words.t('failed.hint', { detail })}</p>
      <div className={styles.buttons}>
        <Button variant="filled" onClick={onRetry}>
          {words.t('failed.retry')}
        </Button>
      </div>
    </div>
  )
}
