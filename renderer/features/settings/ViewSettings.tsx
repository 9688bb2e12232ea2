/** ViewSettings: language, brightness, density and the clerk's name, all at once effective, on this computer only. */
import { SegmentedControl, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Preferences } from '../../../core/contract.ts'
import { usePreferences } from '../../desk/usePreferences.ts'
import { Page } from '../../ui/Page.tsx'
import { LanguagePicker } from '../start/LanguagePicker.tsx'
import classes from './ViewSettings.module.css'

const themes = ['auto', 'light', 'dark'] as const
const densities = ['S', 'M', 'L'] as const

export function ViewSettings() {
  const { t } = useTranslation('settings')
  const { preferences, set } = usePreferences()
  const [actor, setActor] = useState(preferences?.actor ?? '')
  if (!preferences) return null
  return (
    <Page title={t('view.title')} lead={t('view.lead')}>
      <div className={classes.rows}>
        <Row label={t('view.language')}>
          <LanguagePicker />
        </Row>
        <Row label={t('view.theme')}>
          <SegmentedControl
            size="xs"
            aria-label={t('view.theme')}
            value={preferences.theme}
            data={themes.map((theme) => ({ value: theme, label: t(`view.themes.${theme}`) }))}
            onChange={(theme) => set({ theme: theme as Preferences['theme'] })}
          />
        </Row>
        <Row label={t('view.density')}>
          <SegmentedControl
            size="xs"
            aria-label={t('view.density')}
            value={preferences.density}
            data={densities.map((each) => ({ value: each, label: t(`view.densities.${each}`) }))}
            onChange={(density) => set({ density: density as Preferences['density'] })}
          />
        </Row>
        <Row label={t('view.actor')} htmlFor="settings-actor">
          <TextInput
            id="settings-actor"
            w={280}
            maxLength={120}
            description={t('view.actorHint')}
            inputWrapperOrder={['input', 'description']}
            value={actor}
            onChange={(event) => setActor(event.currentTarget.value)}
            onBlur={() => set({ actor: actor.trim() })}
          />
        </Row>
      </div>
    </Page>
  )
}

function Row({
  label,
  htmlFor,
  children,
}: {
  label: string
  htmlFor?: string
  children: ReactNode
}) {
  return (
    <div className={classes.row}>
      {htmlFor ? <label htmlFor={htmlFor}>{label}</label> : <span>{label}</span>}
      <div>{children}</div>
    </div>
  )
}
