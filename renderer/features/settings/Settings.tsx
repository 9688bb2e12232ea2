/** Settings: halls and their times, how the desk looks here, and what runs. The section stands in the route. */
import { useTranslation } from 'react-i18next'
import { useView } from '../../desk/store.ts'
import { Database } from '../database/Database.tsx'
import { About } from './About.tsx'
import { Backup } from './Backup.tsx'
import { Halls } from './Halls.tsx'
import { Holidays } from './Holidays.tsx'
import classes from './Settings.module.css'
import { ViewSettings } from './ViewSettings.tsx'

const sections = ['halls', 'holidays', 'view', 'database', 'backup', 'about'] as const

export function Settings({ section }: { section: string }) {
  const { t } = useTranslation('settings')
  const go = useView((view) => view.go)
  const current = sections.find((each) => each === section) ?? 'halls'
  return (
    <div className={classes.settings}>
      <nav className={classes.sections} aria-label={t('title')}>
        <h2>{t('title')}</h2>
        {sections.map((each) => (
          <button
            key={each}
            type="button"
            aria-current={each === current ? 'page' : undefined}
            onClick={() => go(`settings/${each}`)}
          >
            {t(`sections.${each}`)}
          </button>
        ))}
      </nav>
      <div className={classes.body}>
        {current === 'halls' && <Halls />}
        {current === 'holidays' && <Holidays />}
        {current === 'view' && <ViewSettings />}
        {current === 'database' && <Database />}
        {current === 'backup' && <Backup />}
        {current === 'about' && <About />}
      </div>
    </div>
  )
}
