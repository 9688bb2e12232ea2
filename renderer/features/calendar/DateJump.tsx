/**
 * DateJump: the title of the range, which opens a field for a date as a clerk types it (`14.6`, `kw 24`, `+2w`)
 * with a small month below.
 */
import { Popover, TextInput } from '@mantine/core'
import { DatePicker } from '@mantine/dates'
import '@mantine/dates/styles.css'
import 'dayjs/locale/de'
import 'dayjs/locale/fr'
import 'dayjs/locale/it'
import { useState } from 'react'
import type { Day } from '../../../core/domain/time.ts'
import { parseDay, whyNoDay } from '../../format/dayInput.ts'
import styles from './Toolbar.module.css'
import type { Words } from './words.ts'

interface DateJumpProps {
  title: string
  week: string
  day: Day
  today: Day
  open: boolean
  words: Words
  onOpen(open: boolean): void
  onDay(day: Day): void
}

export function DateJump(props: DateJumpProps) {
  const { words, onOpen, onDay } = props
  const [text, setText] = useState('')
  const parsed = parseDay(text, props.today)
  const wrong = text.trim() !== '' && parsed === null
  const go = (day: Day) => {
    setText('')
    onOpen(false)
    onDay(day)
  }
  return (
    <Popover
      opened={props.open}
      onChange={onOpen}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
      withinPortal
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <button
          type="button"
          className={styles.title}
          onClick={() => onOpen(!props.open)}
          title={`${words.t('goTo.label')} (G)`}
        >
          <strong>{props.title}</strong>
          <span>{props.week}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.t('goTo.label')}>
        <form
          className={styles.jump}
          onSubmit={(event) => {
            event.preventDefault()
            if (parsed) go(parsed)
          }}
        >
          <TextInput
            data-autofocus
            aria-label={words.t('goTo.label')}
            placeholder={words.t('goTo.hint')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            error={wrong ? words.t(`goTo.${whyNoDay(text)}`, { text }) : undefined}
            rightSectionWidth={84}
            rightSection={
              parsed && <span className={styles.hint}>{words.format.dayShort(parsed)}</span>
            }
          />
          <DatePicker
            size="xs"
            locale={words.format.language.slice(0, 2)}
            firstDayOfWeek={1}
            value={parsed ?? props.day}
            defaultDate={props.day}
            key={parsed ?? props.day}
            {...(parsed ? { date: parsed, onDateChange: () => undefined } : {})}
            withWeekNumbers
            weekendDays={[]}
            onChange={(day) => {
              if (day) go(day)
            }}
          />
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
