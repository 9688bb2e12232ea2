/**
 * BookingEdit: what is said of a booking: title, persons, public title, internal note. Dates and slots stay.
 *
 * Ctrl+Enter keeps, Esc leaves it as it was. Only what changed is sent, so that two clerks do not overwrite each other.
 */
import { Button, Checkbox, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ArgsOf } from '../../../core/commands/calls.ts'
import type { Refusal } from '../../../core/domain/refusal.ts'
import type { BookingRow } from '../../../core/queries/rows.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { complain, toast } from '../../app/toast.tsx'
import { useCommand } from '../../desk/useCommand.ts'
import { useLimit } from '../../format/useLimit.ts'
import { Keys } from '../../ui/Keys.tsx'
import classes from './BookingEdit.module.css'
import { countOf } from './check.ts'
import { Refused } from './Refused.tsx'

type Facts = ArgsOf<'reservation.change'>['facts']
/** Most persons a booking can name. */
const MOST_PERSONS = 100_000

export function BookingEdit({ row, onDone }: { row: BookingRow; onDone: () => void }) {
  const { t } = useTranslation('booking')
  const { t: app } = useTranslation()
  const { t: people } = useTranslation('people')
  const { run, busy } = useCommand('reservation.change')
  const [title, setTitle] = useState(row.title)
  const [persons, setPersons] = useState(row.persons === null ? '' : String(row.persons))
  const [note, setNote] = useState(row.note)
  const [publicTitle, setPublicTitle] = useState(row.publicTitle)
  const [isPublic, setIsPublic] = useState(row.publicTitle !== '')
  const [wrong, setWrong] = useState<{ title?: string; persons?: string }>({})
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const limit = useLimit()

  const keep = async () => {
    if (busy) return
    const count = countOf(persons)
    const badCount = count === undefined || count === 0 || (count ?? 0) > MOST_PERSONS
    const found = {
      ...(title.trim() === '' ? { title: t('missing.title') } : {}),
      ...(badCount ? { persons: t('missing.persons') } : {}),
    }
    setWrong(found)
    const shown = isPublic ? publicTitle.trim() || title.trim() : ''
    // What is not shown blocks nothing.
    const tooLong = [limit('title', title), limit('title', shown), limit('note', note)]
    if (Object.keys(found).length > 0 || count === undefined || tooLong.some(Boolean)) return
    const facts: Facts = {
      ...(title.trim() === row.title ? {} : { title: title.trim() }),
      ...(count === row.persons ? {} : { persons: count }),
      ...(note.trim() === row.note ? {} : { note: note.trim() }),
      ...(shown === row.publicTitle ? {} : { publicTitle: shown }),
    }
    if (Object.keys(facts).length === 0) {
      onDone()
      return
    }
    try {
      const { id, outcome } = await run({ token: row.token, facts })
      if (outcome.status === 'refused') {
        setRefusal(outcome.refusal)
        return
      }
      if (outcome.status === 'accepted') toast(people('kept', { name: title.trim() }), id)
      onDone()
    } catch (error) {
      report(error, 'reservation.change')
      complain(app('failed.title'))
    }
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void keep()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void keep()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      onDone()
    }
  }

  return (
    <form className={classes.form} onSubmit={onSubmit} onKeyDown={onKeyDown} noValidate>
      {refusal && <Refused refusal={refusal} />}
      <TextInput
        autoFocus
        label={t('what')}
        value={title}
        error={limit('title', title) ?? wrong.title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <TextInput
        label={t('persons')}
        inputMode="numeric"
        value={persons}
        error={wrong.persons}
        onChange={(event) => setPersons(event.currentTarget.value)}
      />
      <Textarea
        label={t('note')}
        description={people('noteHint')}
        autosize
        minRows={2}
        maxRows={10}
        value={note}
        error={limit('note', note)}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Checkbox
        label={t('public')}
        description={t('publicHint')}
        checked={isPublic}
        onChange={(event) => setIsPublic(event.currentTarget.checked)}
      />
      {isPublic && (
        <TextInput
          label={t('publicTitle')}
          placeholder={title}
          value={publicTitle}
          error={limit('title', publicTitle)}
          onChange={(event) => setPublicTitle(event.currentTarget.value)}
        />
      )}
      <div className={classes.acts}>
        <Button
          type="submit"
          variant="filled"
          aria-disabled={busy}
          aria-keyshortcuts="Control+Enter"
        >
          {people('keep')} <Keys keys="Ctrl ⏎" plain />
        </Button>
        <Button onClick={onDone}>{people('leave')}</Button>
      </div>
    </form>
  )
}
