/** Sections: the head that the lists of this screen share: title, what else there is, and what can be done. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useView } from '../../desk/store.ts'
import classes from './Periods.module.css'

type Props = Readonly<{
  current: 'periods' | 'blockers'
  actions: ReactNode
  children: ReactNode
}>

const sections = [
  { id: 'periods', route: 'availability' },
  { id: 'blockers', route: 'availability/blockers' },
] as const

export function Sections({ current, actions, children }: Props) {
  const { t } = useTranslation('availability')
  return (
    <section className={classes.page} aria-label={t(`sections.${current}`)}>
      <header className={classes.head}>
        <div>
          <h1>{t(`sections.${current}`)}</h1>
          <p>{t(`leads.${current}`)}</p>
        </div>
        <div className={classes.actions}>
          <nav className={classes.sections} aria-label={t('title')}>
            {sections.map(({ id, route }) => (
              <button
                key={id}
                type="button"
                aria-current={id === current ? 'page' : undefined}
                onClick={() => useView.getState().go(route)}
              >
                {t(`sections.${id}`)}
              </button>
            ))}
          </nav>
          {actions}
        </div>
      </header>
      {/* Scrolls, so it can be reached with the keyboard even where nothing in it can. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs a stop of its own */}
      <div className={classes.scroll} tabIndex={0}>
        {children}
      </div>
    </section>
  )
}
