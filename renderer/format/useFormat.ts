/** useFormat: the `Format` of the language shown and the municipality's zone. */
import { useTranslation } from 'react-i18next'
import { useZone } from '../desk/useStatus.ts'
import { languageOf } from '../locales/words.ts'
import { type Format, formatIn } from './format.ts'

export function useFormat(): Format {
  const { i18n } = useTranslation()
  return formatIn(languageOf(i18n.language), useZone())
}
