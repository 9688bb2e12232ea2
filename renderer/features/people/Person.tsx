/**
 * Person: one card: how to reach somebody, what is known, and the bookings, those to come first.
 *
 * `E` edits, `M` merges. What is changed here is changed for all bookings of that person.
 */
import { Button } from '@mantine/core'
import { Fragment, type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { phoneShown } from '../../../core/domain/phone.ts'
import { dayOf } from '../../../core/domain/time.ts'
import type { PersonOne } from '../../../core/queries/rows.ts'
import { isTyping } from '../../app/shortcuts.ts'
import { desk } from '../../desk/client.ts'
import { useView } from '../../desk/store.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { rowText } from '../../format/history.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Keys } from '../../ui/Keys.tsx'
import { useWindowKeys } from '../../ui/useWindowKeys.ts'
import { park } from '../booking/draft.ts'
import { fillPerson } from '../booking/fillFrom.ts'
import { MergeDialog } from './MergeDialog.tsx'
import classes from './People.module.css'
import { PersonBookings } from './PersonBookings.tsx'
import { PersonForm } from './PersonForm.tsx'

/** How much of the history a card shows; the History screen has all of it. */
const HISTORY_SHOWN = 8

export function Person({ id }: { id: string }) {
  const { t } = useTranslation('people')
  const { rows: person } = useQuery('person.one', { person: id })
  const go = useView((view) => view.go)
  const [editing, setEditing] = useState(false)
  const [merging, setMerging] = useState(false)

  // Whoever was merged meanwhile leads to the one who stands for both.
  useEffect(() => {
    if (person && person.id !== id) go(`people/${person.id}`)
  }, [person, id, go])

  // Wherever the focus is: whoever clicked a name in the list reads these letters on the buttons beside it.
  useWindowKeys(
    (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return
      if (event.defaultPrevented || document.querySelector('[aria-modal="true"]')) return
      if (event.target instanceof Element && event.target.closest('[data-pane="inspector"]')) return
      const act = { e: () => setEditing(true), m: () => setMerging(true) }[event.key.toLowerCase()]
      if (!act) return
      event.preventDefault()
      act()
    },
    { active: Boolean(person) && !editing },
  )
  if (person === undefined) return null
  if (person === null) return <Empty>{t('gone')}</Empty>
  if (editing) {
    return (
      <PersonForm
        person={person.id}
        card={person.card}
        onDone={() => {
          setEditing(false)
          requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-card]')?.focus())
        }}
      />
    )
  }
  const book = () => {
    // Another call that was being typed waits; its people are not overwritten.
    park()
    useView.getState().openBooking()
    fillPerson({ ...person.card, id: person.id, phone: person.card.phones[0] ?? '' })
  }

  return (
    <div className={classes.card} data-card tabIndex={-1}>
      <header className={classes.cardHead}>
        <div>
          <h2>{person.card.organisation || person.card.name}</h2>
          {person.card.organisation && <p className="muted">{person.card.name}</p>}
        </div>
        <span className={classes.acts}>
          <Button variant="filled" onClick={book}>
            {t('book')}
          </Button>
          <Button aria-keyshortcuts="E" onClick={() => setEditing(true)}>
            {t('edit')} <Keys keys="E" />
          </Button>
          <Button aria-keyshortcuts="M" onClick={() => setMerging(true)}>
            {t('merge')} <Keys keys="M" />
          </Button>
        </span>
      </header>
      {person.alike.length > 0 && (
        <p className={classes.alike} role="note">
          {t('alike', {
            count: person.alike.length,
            names: person.alike.map((each) => each.organisation || each.name).join(', '),
          })}
        </p>
      )}
      <Facts person={person} />
      <PersonBookings rows={person.bookings} />
      <History person={person} />
      {merging && <MergeDialog person={person} onClose={() => setMerging(false)} />}
    </div>
  )
}

function Facts({ person }: { person: PersonOne }) {
  const { t } = useTranslation('people')
  const { t: app } = useTranslation()
  const { card } = person
  const place = [card.postcode, card.town].filter(Boolean).join(' ')
  const facts: [string, ReactNode][] = []
  if (card.phones.length > 0) {
    facts.push([
      t('phone'),
      card.phones.map((phone) => (
        <Outside key={phone} url={`tel:${phone.replace(/[^\d+]/g, '')}`}>
          {phoneShown(phone)}
        </Outside>
      )),
    ])
  }
  if (card.email)
    facts.push([
      t('email'),
      <Outside key="mail" url={`mailto:${card.email}`}>
        {card.email}
      </Outside>,
    ])
  if (card.street || place) {
    facts.push([
      t('address'),
      [card.street, place].filter(Boolean).map((line) => <span key={line}>{line}</span>),
    ])
  }
  if (card.language) facts.push([t('language'), app(`languageNames.${card.language}`)])
  return (
    <>
      {facts.length > 0 && (
        <dl className={classes.facts}>
          {facts.map(([label, value]) => (
            <Fragment key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </Fragment>
          ))}
        </dl>
      )}
      {card.note && (
        <p className={classes.note}>
          <b>{t('noteInternal')}:</b> {card.note}
        </p>
      )}
    </>
  )
}

function Outside({ url, children }: { url: string; children: string }) {
  return (
    <button
      type="button"
      className={classes.outside}
      onClick={() => void desk.invoke('openExternal', { url })}
    >
      {children}
    </button>
  )
}

function History({ person }: { person: PersonOne }) {
  const { t } = useTranslation('history')
  const { t: people } = useTranslation('people')
  const format = useFormat()
  const { rows: halls } = useQuery('resource.all', {})
  if (person.history.length === 0) return null
  return (
    <section className={classes.section} aria-label={people('history')}>
      <h3>{people('history')}</h3>
      <ol className={classes.entries}>
        {person.history.slice(0, HISTORY_SHOWN).map((entry) => (
          <li key={entry.command}>
            <time dateTime={new Date(entry.at).toISOString()}>
              {format.date(dayOf(entry.at, format.zone))}
            </time>
            <span>{rowText(t, entry, person.history, halls, format)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
