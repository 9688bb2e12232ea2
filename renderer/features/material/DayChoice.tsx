/** DayChoice: the day before, the day after, today, or one typed as a clerk types it (`14.6`, `+2w`). */
import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays, type Day } from '../../../core/domain/time.ts'
import { parseDay } from '../../format/dayInput.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './Material.module.css'

type Props = Readonly<{ day: Day; today: Day; onDay: (day: Day) => void }>

export function DayChoice({ day, today, onDay }: Props) {
  const { t } = useTranslation('material')
  const format = useFormat()
  const [text, setText] = useState('')
  const typed = parseDay(text, today)
  const go = () => {
    if (!typed) return
    setText('')
    onDay(typed)
  }
  return (
    <div className={classes.day}>
      <ActionIcon
        variant="default"
        aria-label={t('dayBefore')}
        onClick={() => onDay(addDays(day, -1))}
      >
        <IconChevronLeft size={16} stroke={1.75} aria-hidden="true" />
      </ActionIcon>
      <Button onClick={() => onDay(today)}>{t('today')}</Button>
      <ActionIcon
        variant="default"
        aria-label={t('dayAfter')}
        onClick={() => onDay(addDays(day, 1))}
      >
        <IconChevronRight size={16} stroke={1.75} aria-hidden="true" />
      </ActionIcon>
      <strong>{format.dayLong(day)}</strong>
      <TextInput
        w={96}
        aria-label={t('goToDay')}
        placeholder={t('dayPlaceholder')}
        value={text}
        error={text !== '' && !typed}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={go}
        onKeyDown={(event) => event.key === 'Enter' && go()}
      />
    </div>
  )
}
