/** Legend: what the signs of the calendar mean, each drawn as it stands there. */
import type { Waits } from '../../../core/queries/rows.ts'
import day from './DayRow.module.css'
import styles from './ViewMenu.module.css'
import { WaitsSign } from './WaitsMark.tsx'
import type { Words } from './words.ts'

const KINDS = ['booked', 'request', 'held', 'blocked', 'shared'] as const
const WAITS: readonly Waits[] = ['noted', 'doubtful', 'leaving']

export function Legend({ words }: Readonly<{ words: Words }>) {
  const { t } = words
  return (
    <section className={styles.legend} aria-label={t('display.legend')} data-hue="0">
      <h3>{t('display.legend')}</h3>
      <dl>
        {KINDS.map((kind) => (
          <div key={kind}>
            <dt aria-hidden="true">
              <span className={`${day.chip} ${styles.sample}`} data-kind={kind}>
                <b> </b>
              </span>
            </dt>
            <dd>{t(`state.${kind}`)}</dd>
          </div>
        ))}
        {WAITS.map((waits) => (
          <div key={waits}>
            <dt aria-hidden="true">
              <span
                className={`${day.chip} ${styles.sample}`}
                data-kind="booked"
                data-waits={waits}
                data-shape="block"
              >
                <WaitsSign waits={waits} />
              </span>
            </dt>
            <dd>{t(`waits.${waits}`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
