/** WeekdayPicker: seven small switches and three short ways to set them. */
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../format/useFormat.ts'
import classes from '../settings/HallDialog.module.css'
import { WEEK } from './form.ts'

type Props = Readonly<{
  value: readonly number[]
  error?: string | undefined
  onChange: (value: readonly number[]) => void
}>

export function WeekdayPicker({ value, error, onChange }: Props) {
  const { t } = useTranslation('availability')
  const format = useFormat()
  return (
    <fieldset className={classes.group}>
      <legend>{t('weekdays.label')}</legend>
      <div className={classes.days}>
        {WEEK.map((each) => (
          <label key={each}>
            <input
              type="checkbox"
              className="visually-hidden"
              checked={value.includes(each)}
              aria-label={format.weekdayLong(each)}
              onChange={() =>
                onChange(
                  value.includes(each)
                    ? value.filter((other) => other !== each)
                    : [...value, each].sort((one, other) => one - other),
                )
              }
            />
            <span aria-hidden="true">{format.weekday(each)}</span>
          </label>
        ))}
      </div>
      <div className={classes.quick}>
        <Button size="compact-xs" tabIndex={-1} onClick={() => onChange([1, 2, 3, 4, 5])}>
          {t('weekdays.workdays')}
        </Button>
        <Button size="compact-xs" tabIndex={-1} onClick={() => onChange([6, 7])}>
          {t('weekdays.weekend')}
        </Button>
        <Button size="compact-xs" tabIndex={-1} onClick={() => onChange([...WEEK])}>
          {t('weekdays.every')}
        </Button>
      </div>
      {error && <p className={classes.error}>{error}</p>}
    </fieldset>
  )
}
