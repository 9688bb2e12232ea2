/** Finder: what else is asked of a hall that is still looked for: weekdays, length, how many, with what. */
import { CloseButton, MultiSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import type { Days } from '../../format/daysInput.ts'
import { parseLength } from '../../format/lengthInput.ts'
import { useFormat } from '../../format/useFormat.ts'
import rows from './BookingForm.module.css'
import { useDraft } from './draft.ts'
import classes from './Finder.module.css'
import { featuresOf, isStretch } from './finding.ts'

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const

/** Which weekdays of a longer stretch; none is all. */
export function WeekdayChoice({ days }: { days: Days | null }) {
  const { t } = useTranslation('finding')
  const format = useFormat()
  if (!days || !isStretch(days)) return null
  const set = (weekdays: readonly number[]) =>
    useDraft.setState({ weekdays: [...weekdays].sort().join(',') })
  return (
    <fieldset className={classes.days} aria-label={t('weekdays')}>
      {WEEK.map((each) => (
        <label key={each}>
          <input
            type="checkbox"
            className="visually-hidden"
            checked={days.weekdays.includes(each)}
            aria-label={format.weekdayLong(each)}
            onChange={() =>
              set(
                days.weekdays.includes(each)
                  ? days.weekdays.filter((other) => other !== each)
                  : [...days.weekdays, each],
              )
            }
          />
          <span aria-hidden="true">{format.weekday(each)}</span>
        </label>
      ))}
    </fieldset>
  )
}

export function LengthField({ id }: { id: string }) {
  const { t } = useTranslation('finding')
  const length = useDraft((draft) => draft.length)
  const isWrong = length.trim() !== '' && parseLength(length) === null
  return (
    <div className={rows.times}>
      <TextInput
        id={id}
        value={length}
        placeholder={t('lengthPlaceholder')}
        error={isWrong && t('lengthWrong')}
        autoComplete="off"
        onChange={(event) => useDraft.setState({ length: event.currentTarget.value })}
      />
      <span className={rows.long}>{t('lengthHint')}</span>
    </div>
  )
}

/** Whatever a hall of the municipality has. */
export function FeatureField({ id, halls }: { id: string; halls: readonly ResourceRow[] }) {
  const { t } = useTranslation('finding')
  const chosen = useDraft(featuresText)
  const all = [...new Set(halls.flatMap((hall) => hall.features))].sort((one, other) =>
    one.localeCompare(other),
  )
  const value = featuresOf({ features: chosen }).filter((each) => all.includes(each))
  return (
    <MultiSelect
      id={id}
      size="xs"
      searchable
      openOnFocus={false}
      selectFirstOptionOnChange
      data={all}
      value={value}
      placeholder={value.length === 0 ? t('featuresPlaceholder') : ''}
      maxDropdownHeight={240}
      onChange={(features) => useDraft.setState({ features: features.join('\n') })}
    />
  )
}

function featuresText({ features }: { features: string }): string {
  return features
}

/** The second hall that is booked with the first, and the way to leave it out. */
export function AlsoHall({ halls }: { halls: readonly ResourceRow[] }) {
  const { t } = useTranslation('finding')
  const id = useDraft((draft) => draft.also)
  const hall = halls.find((each) => each.id === id)
  if (!hall) return null
  return (
    <div className={classes.also}>
      <span className="muted">{t('also')}</span> {hall.name}
      <CloseButton
        size="sm"
        aria-label={t('dropAlso', { name: hall.name })}
        onClick={() => useDraft.setState({ also: '' })}
      />
    </div>
  )
}
