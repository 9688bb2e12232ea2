/** HandOut: to whom a key goes, and until which day. */
import { Button, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays, instantAt } from '../../../core/domain/time.ts'
import { useToday } from '../../desk/useNow.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { parseDay } from '../../format/dayInput.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './Material.module.css'

/** A fast typist asks once a word. */
const PAUSE_MS = 60
/** Keys come back in the evening. */
const BACK_AT = '18:00'

export function HandOut({ onGive }: { onGive: (person: string, until: number) => void }) {
  const { t } = useTranslation('material')
  const format = useFormat()
  const today = useToday(format.zone)
  const [person, setPerson] = useState<string | null>(null)
  const [text, setText] = useState('')
  const [until, setUntil] = useState('')
  const [asked] = useDebouncedValue(text.trim(), PAUSE_MS)
  const { rows: found = [] } = useQuery('person.find', asked.length > 1 ? { text: asked } : null)
  const day = until === '' ? addDays(today, 7) : parseDay(until, today)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (person && day) onGive(person, instantAt(day, BACK_AT, format.zone))
  }
  return (
    <form className={classes.inline} onSubmit={submit}>
      <Select
        autoFocus
        searchable
        w={220}
        aria-label={t('keys.who')}
        placeholder={t('keys.who')}
        nothingFoundMessage={text.length > 1 ? t('keys.nobody') : undefined}
        data={found.map((one) => ({
          value: one.id,
          label: one.organisation ? `${one.organisation}, ${one.name}` : one.name,
        }))}
        filter={({ options }) => options}
        value={person}
        onChange={setPerson}
        onSearchChange={setText}
      />
      <TextInput
        w={130}
        aria-label={t('keys.until')}
        placeholder={format.dayShort(addDays(today, 7))}
        value={until}
        error={day === null}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <Button type="submit" variant="filled" disabled={!person || !day}>
        {t('keys.handOut')}
      </Button>
    </form>
  )
}
