/** BookingFacts: when, where, who, how many; the internal note on amber, since it must never be read out. */
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { phoneShown } from '../../../core/domain/phone.ts'
import { dayOf } from '../../../core/domain/time.ts'
import type { BookingRow } from '../../../core/queries/rows.ts'
import { desk } from '../../desk/client.ts'
import { useView } from '../../desk/store.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './Facts.module.css'

export function BookingFacts({ row }: { row: BookingRow }) {
  const { t } = useTranslation('booking')
  const format = useFormat()
  const first = row.dates[0]
  const { person } = row
  const halls = [...new Set(row.dates.map((date) => date.resourceName))]
  const created = format.day(dayOf(row.createdAt, format.zone))

  const facts: [string, ReactNode][] = []
  if (first) {
    facts.push([
      t('inspector.when'),
      <>
        {format.span(first.start, first.end)}
        {row.dates.length > 1 && <span className="muted"> +{row.dates.length - 1}</span>}
      </>,
    ])
    facts.push([t('inspector.where'), format.list(halls)])
  }
  if (person) {
    facts.push([
      t('inspector.who'),
      <>
        <button
          type="button"
          className={classes.outside}
          title={t('inspector.showPerson')}
          onClick={() => useView.getState().go(`people/${person.id}`)}
        >
          {person.organisation || person.name}
        </button>
        {person.organisation && <span className={classes.sub}>{person.name}</span>}
      </>,
    ])
    if (person.phone || person.email) {
      facts.push([
        t('inspector.contact'),
        <>
          {person.phone && (
            <Outside url={`tel:${person.phone.replace(/[^\d+]/g, '')}`} title={t('inspector.call')}>
              {phoneShown(person.phone)}
            </Outside>
          )}
          {person.email && (
            <Outside url={`mailto:${person.email}`} title={t('inspector.mail')}>
              {person.email}
            </Outside>
          )}
        </>,
      ])
    }
  }
  if (row.persons !== null) facts.push([t('inspector.persons'), format.number(row.persons)])
  if (row.places > 1) facts.push([t('inspector.places'), format.number(row.places)])
  facts.push([
    t('inspector.public'),
    row.publicTitle || <span className="muted">{t('inspector.publicNot')}</span>,
  ])
  facts.push([
    t('inspector.created'),
    row.createdBy
      ? t('inspector.createdBy', { day: created, who: row.createdBy })
      : t('inspector.createdOn', { day: created }),
  ])

  return (
    <div className={classes.body}>
      <dl className={classes.facts}>
        {facts.map(([label, value]) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
      {row.note && (
        <p className={classes.note}>
          <b>{t('inspector.noteLabel')}:</b> {row.note}
        </p>
      )}
    </div>
  )
}

function Outside({ url, title, children }: { url: string; title: string; children: string }) {
  return (
    <button
      type="button"
      className={classes.outside}
      title={title}
      onClick={() => void desk.invoke('openExternal', { url })}
    >
      {children}
    </button>
  )
}
