/**
 * MergeDialog: two cards that are one person: who stays, what the card will say, how many bookings move.
 *
 * The preview is made by the very rule the core applies. Nothing is lost: it can be undone later, too.
 */
import { Button, Modal, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconArrowsExchange, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { merged, PERSON_FIELDS, type PersonCard, sameValue } from '../../../core/domain/person.ts'
import type { Refusal } from '../../../core/domain/refusal.ts'
import type { PersonOne, PersonRow } from '../../../core/queries/rows.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { complain, toast } from '../../app/toast.tsx'
import { useView } from '../../desk/store.ts'
import { useCommand } from '../../desk/useCommand.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { Refused } from '../booking/Refused.tsx'
import classes from './People.module.css'

/** A fast typist asks once a word. */
const PAUSE_MS = 60

const shown = ({ card }: PersonOne) => card.organisation || card.name

export function MergeDialog({ person, onClose }: { person: PersonOne; onClose: () => void }) {
  const { t } = useTranslation('people')
  const { t: app } = useTranslation()
  const [otherId, setOtherId] = useState('')
  const { rows: other } = useQuery('person.one', otherId ? { person: otherId } : null)
  return (
    <Modal
      opened
      onClose={onClose}
      size={640}
      title={t('mergeTitle', { name: shown(person) })}
      closeButtonProps={{ 'aria-label': app('close') }}
    >
      {other ? (
        <Preview person={person} other={other} onBack={() => setOtherId('')} onClose={onClose} />
      ) : (
        <Search person={person} onPick={setOtherId} />
      )}
    </Modal>
  )
}

function Search({ person, onPick }: { person: PersonOne; onPick: (id: string) => void }) {
  const { t } = useTranslation('people')
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), PAUSE_MS)
  const { rows: found } = useQuery('person.find', asked.length > 1 ? { text: asked } : null)
  const rows: readonly PersonRow[] = (found ?? person.alike).filter((row) => row.id !== person.id)
  return (
    <div className={classes.merge}>
      <TextInput
        data-autofocus
        label={t('mergeWith')}
        placeholder={t('searchPlaceholder')}
        leftSection={<IconSearch size={15} stroke={1.5} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {rows.length > 0 && !found && <p className="muted">{t('maybeSame')}</p>}
      {found && rows.length === 0 && <p className="muted">{t('nothingFound', { text: asked })}</p>}
      <ul className={classes.picks}>
        {rows.map((row) => (
          <li key={row.id}>
            <button type="button" onClick={() => onPick(row.id)}>
              <b>{row.organisation || row.name}</b>
              <span className="muted">{row.organisation ? row.name : ''}</span>
              <span>{row.phone}</span>
              <span className={classes.number}>{t('bookingCount', { count: row.bookings })}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

type PreviewProps = Readonly<{
  person: PersonOne
  other: PersonOne
  onBack: () => void
  onClose: () => void
}>

function Preview({ person, other, onBack, onClose }: PreviewProps) {
  const { t } = useTranslation('people')
  const { t: app } = useTranslation()
  const { t: history } = useTranslation('history')
  const { run, busy } = useCommand('person.merge')
  const [swapped, setSwapped] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [into, from] = swapped ? [other, person] : [person, other]
  const result = merged(into.card, from.card)
  const told = (value: PersonCard[keyof PersonCard]) =>
    typeof value === 'string' ? value : value.join(', ')
  const fields = PERSON_FIELDS.filter((field) => told(result[field]) !== '')

  const go = async () => {
    if (busy) return
    try {
      const { id, outcome } = await run({ into: into.id, from: from.id })
      if (outcome.status === 'refused') {
        setRefusal(outcome.refusal)
        return
      }
      if (outcome.status === 'accepted') {
        toast(t('mergedToast', { name: shown(into), other: shown(from) }), id)
      }
      onClose()
      useView.getState().go(`people/${into.id}`)
    } catch (error) {
      report(error, 'person.merge')
      complain(app('failed.title'))
    }
  }

  return (
    <div className={classes.merge}>
      {refusal && <Refused refusal={refusal} />}
      <table className={classes.preview}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('stays', { name: shown(into) })}</th>
            <th scope="col">{t('joins', { name: shown(from) })}</th>
            <th scope="col">{t('becomes')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field}>
              <th scope="row">{history(`personFields.${field}`)}</th>
              <td>{told(into.card[field])}</td>
              <td>{told(from.card[field])}</td>
              <td data-new={!sameValue(result[field], into.card[field]) || undefined}>
                {told(result[field])}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{t('movesBookings', { count: from.bookings.length, name: shown(into) })}</p>
      <div className={classes.acts}>
        <Button autoFocus variant="filled" aria-disabled={busy} onClick={() => void go()}>
          {t('mergeGo')}
        </Button>
        <Button
          leftSection={<IconArrowsExchange size={15} stroke={1.75} />}
          onClick={() => setSwapped(!swapped)}
        >
          {t('swap')}
        </Button>
        <Button onClick={onBack}>{t('otherPerson')}</Button>
      </div>
    </div>
  )
}
