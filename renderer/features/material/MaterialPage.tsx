/** MaterialPage: the head that the lists of this screen share: title, one sentence, and what else there is. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useView } from '../../desk/store.ts'
import classes from './Material.module.css'

const SECTIONS = ['day', 'stock', 'keys', 'things'] as const
type Section = (typeof SECTIONS)[number]

const routeOf = (section: Section) => (section === 'day' ? 'material' : `material/${section}`)

type Props = Readonly<{
  current: Section | 'item'
  title: string
  lead: string
  actions?: ReactNode
  /** Stays in sight below what scrolls. */
  foot?: ReactNode
  children: ReactNode
}>

export function MaterialPage({ current, title, lead, actions, foot, children }: Props) {
  const { t } = useTranslation('material')
  return (
    <section className={classes.page} aria-label={title}>
      <header className={classes.head}>
        <div>
          <h1>{title}</h1>
          <p>{lead}</p>
        </div>
        <div className={classes.actions}>
          <nav className={classes.sections} aria-label={t('title')}>
            {SECTIONS.map((section) => (
              <button
                key={section}
                type="button"
                aria-current={section === current ? 'page' : undefined}
                onClick={() => useView.getState().go(routeOf(section))}
              >
                {t(`sections.${section}`)}
              </button>
            ))}
          </nav>
          {actions}
        </div>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs a stop of its own */}
      <div className={classes.scroll} tabIndex={0}>
        {children}
      </div>
      {foot}
    </section>
  )
}
