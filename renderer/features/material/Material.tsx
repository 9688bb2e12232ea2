/** Material: equipment and keys. The caretaker's day, the stock, the keys, and what there is at all. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { sectionOf } from '../../desk/route.ts'
import { useView } from '../../desk/store.ts'
import { DaySheet } from './DaySheet.tsx'
import { ItemLife } from './ItemLife.tsx'
import { Keyboard } from './Keyboard.tsx'
import classes from './Material.module.css'
import { Stock } from './Stock.tsx'
import { Things } from './Things.tsx'

const SECTIONS = ['day', 'stock', 'keys', 'things'] as const
type Section = (typeof SECTIONS)[number]

const routeOf = (section: Section) => (section === 'day' ? 'material' : `material/${section}`)

export function Material() {
  const route = useView((view) => view.route)
  const section = sectionOf(route)
  const item = route.split('/')[2]
  if (section === 'item' && item) return <ItemLife item={item} />
  if (section === 'stock') return <Stock />
  if (section === 'keys') return <Keyboard />
  if (section === 'things') return <Things />
  return <DaySheet />
}

type Props = Readonly<{
  current: Section | 'item'
  title: string
  lead: string
  actions?: ReactNode
  children: ReactNode
}>

/** The head that the lists of this screen share. */
export function MaterialPage({ current, title, lead, actions, children }: Props) {
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
    </section>
  )
}
