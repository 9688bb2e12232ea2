/** LanguagePicker: four languages in their own names; the change is seen at once. */
import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Language, languages } from '../../../core/domain/language.ts'
import { usePreferences } from '../../desk/usePreferences.ts'
import { languageOf } from '../../locales/words.ts'

export function LanguagePicker() {
  const { t, i18n } = useTranslation()
  const { set } = usePreferences()
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('actions.languages', {
        language: t(`languageNames.${languageOf(i18n.language)}`),
      })}
      value={languageOf(i18n.language)}
      data={languages.map((language) => ({
        value: language,
        label: t(`languageNames.${language}`),
      }))}
      onChange={(language) => set({ language: language as Language })}
    />
  )
}
