/** About: which version runs in what, where the data lies, and whose work is in it. */
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { About as AboutFacts } from '../../../core/contract.ts'
import { desk } from '../../desk/client.ts'
import { Page } from '../../ui/Page.tsx'
import classes from './ViewSettings.module.css'

export function About() {
  const { t } = useTranslation('settings')
  const [about, setAbout] = useState<AboutFacts | null>(null)
  useEffect(() => {
    let here = true
    void desk.invoke('about').then((reply) => {
      if (here && reply.ok) setAbout(reply.value)
    })
    return () => {
      here = false
    }
  }, [])
  if (!about) return null
  const engine = [
    t(`about.runtimes.${about.runtime}`),
    about.electron,
    about.chrome && `Chromium ${about.chrome}`,
    `Node ${about.node}`,
  ]
  return (
    <Page title={t('about.title')} lead={t('about.free')}>
      <dl className={classes.facts}>
        <dt>{t('about.version')}</dt>
        <dd>{about.version}</dd>
        <dt>{t('about.runtime')}</dt>
        <dd>{engine.filter(Boolean).join(' · ')}</dd>
        <dt>{t('about.database')}</dt>
        <dd>{about.database}</dd>
        <dt>{t('about.folder')}</dt>
        <dd>{about.dataFolder}</dd>
      </dl>
      <h2 className={classes.subtitle}>{t('about.licences')}</h2>
      <p className={classes.note}>{t('about.holidayData')}</p>
      <ul className={classes.licences}>
        {about.licences.map((each) => (
          <li key={`${each.name} ${each.version}`}>
            <span>
              {each.name} <span className="dim">{each.version}</span>
            </span>
            <span className="muted">{each.licence}</span>
          </li>
        ))}
      </ul>
    </Page>
  )
}
