/** OwnHoliday: one line to add a day, or some days in a row, that the municipality keeps. */

import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NamedDays } from '../../../core/domain/holidays.ts'
import { daysBetween } from '../../../core/domain/time.ts'
import { useToday } from '../../desk/useNow.ts'
import { parseDay } from '../../format/dayInput.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './Holidays.module.css'

const LONGEST_NAME = 120
const LONGEST_DAYS = 366

export function OwnHoliday({ onAdd }: { onAdd: (one: NamedDays) => Promise<boolean> }) {
  const { t } = useTranslation('holidays')
  const format = useFormat()
  const [first, setFirst] = useState('')
  const [last, setLast] = useState('')
  const [name, setName] = useState('')
  const [tried, setTried] = useState(false)
  const today = useToday(format.zone)
  const from = parseDay(first, today)
  const until = last.trim() === '' ? from : parseDay(last, from ?? today)
  const wrong = {
    first: !from && t('dayWrong'),
    last:
      (!until && last.trim() !== '' && t('dayWrong')) ||
      (from && until && until < from && t('order')) ||
      (from && until && daysBetween(from, until) >= LONGEST_DAYS && t('tooLong')),
    name: name.trim() === '' && t('nameMissing'),
  }
  const say = (text: string | false | null | undefined) => (tried && text ? text : undefined)

  const add = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (wrong.first || wrong.last || wrong.name || !from || !until) return
    if (!(await onAdd({ from, until, name: name.trim() }))) return
    setTried(false)
    setFirst('')
    setLast('')
    setName('')
  }

  return (
    <form className={classes.add} onSubmit={(event) => void add(event)} noValidate>
      <TextInput
        label={t('from')}
        value={first}
        error={say(wrong.first)}
        onChange={(event) => setFirst(event.currentTarget.value)}
        onBlur={() => from && setFirst(format.date(from))}
      />
      <TextInput
        label={t('until')}
        placeholder={t('untilHint')}
        value={last}
        error={say(wrong.last)}
        onChange={(event) => setLast(event.currentTarget.value)}
        onBlur={() => last.trim() && until && setLast(format.date(until))}
      />
      <TextInput
        label={t('name')}
        maxLength={LONGEST_NAME}
        value={name}
        error={say(wrong.name)}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit">{t('add')}</Button>
    </form>
  )
}
