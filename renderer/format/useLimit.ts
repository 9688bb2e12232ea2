/** useLimit: the sentence at a field that holds more characters than it can; undefined where it does not. */
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { isTooLong, LIMITS, type Limited } from './limits.ts'
import { useFormat } from './useFormat.ts'

export function useLimit(): (field: Limited, text: string) => string | undefined {
  const { t } = useTranslation()
  const format = useFormat()
  return useCallback(
    (field, text) =>
      isTooLong(field, text)
        ? t('tooLong', {
            most: format.number(LIMITS[field]),
            typed: format.number(text.trim().length),
          })
        : undefined,
    [t, format],
  )
}
