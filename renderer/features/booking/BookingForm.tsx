/** BookingForm: the fields of the panel, labels on the left as on paper, with the hall's day to scale. */

import { Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '../../../core/contract.ts'
import { spanOfDay } from '../../../core/domain/time.ts'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import { useNow } from '../../desk/useNow.ts'
import { useZone } from '../../desk/useStatus.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './BookingForm.module.css'
import { countOf, type Errors, type Field, momentOf } from './check.ts'
import { DayStrip } from './DayStrip.tsx'
import { fitOf, isByStaff } from './day.ts'
import { useDraft } from './draft.ts'
import { FitLine, Warning } from './FitLine.tsx'
import { hallOptions } from './hallOptions.ts'
import { PersonField } from './PersonField.tsx'
import { useHallDay } from './useHallDay.ts'

/** The part of the draft that is text. */
type Text = { [K in keyof Draft]: Draft[K] extends string ? K : never }[keyof Draft]

export function BookingForm({ errors, halls }: { errors: Errors; halls: readonly ResourceRow[] }) {
  const { t } = useTranslation('booking')
  const format = useFormat()
  const zone = useZone()
  const draft = useDraft()
  const now = useNow()

  const hall = halls.find((each) => each.id === draft.resource)
  const moment = momentOf(draft, zone, now)
  const day = useHallDay(hall, halls, moment.day, zone)
  const places = countOf(draft.places) ?? 1
  const fit = day && moment.during ? fitOf(day, moment.during, places) : null
  const persons = countOf(draft.persons) ?? 0
  const options = useMemo(() => hallOptions(halls), [halls])

  const wrong = (field: Field) => (errors[field] ? t(`missing.${errors[field]}`) : undefined)
  const text = (name: Text) => ({
    id: `booking-${name}`,
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      useDraft.setState({ [name]: event.currentTarget.value }),
  })

  return (
    <>
      <div className={classes.rows}>
        <Row label={t('where')} htmlFor="booking-resource">
          <Select
            id="booking-resource"
            searchable
            selectFirstOptionOnChange
            data={options}
            value={draft.resource || null}
            placeholder={t('wherePlaceholder')}
            error={wrong('resource')}
            maxDropdownHeight={320}
            onChange={(value) => useDraft.setState({ resource: value ?? '' })}
          />
        </Row>
        <Row label={t('date')} htmlFor="booking-date">
          <div className={classes.date}>
            <TextInput
              {...text('date')}
              placeholder={t('datePlaceholder')}
              error={wrong('date')}
              autoComplete="off"
            />
            <span className={classes.long} role="status">
              {moment.day ? format.dayMedium(moment.day) : ''}
            </span>
          </div>
        </Row>
        <Row label={t('from')} htmlFor="booking-from">
          <div className={classes.times}>
            <TextInput
              {...text('from')}
              placeholder="18:30"
              error={wrong('from')}
              autoComplete="off"
            />
            <label htmlFor="booking-to">{t('to')}</label>
            <TextInput {...text('to')} placeholder="21" error={wrong('to')} autoComplete="off" />
            {moment.endDay && moment.endDay !== moment.day && (
              <span className={classes.long}>
                {t('toNextDay', { day: format.dayShort(moment.endDay) })}
              </span>
            )}
          </div>
        </Row>
        {day && day.places > 1 && (
          <Row label={t('places')} htmlFor="booking-places">
            <div className={classes.times}>
              <TextInput {...text('places')} inputMode="numeric" error={wrong('places')} />
              <span className={classes.long}>{t('placesOf', { count: day.places })}</span>
            </div>
          </Row>
        )}
      </div>
      {hall && day && moment.day && (
        <DayStrip
          day={day}
          midnight={spanOfDay(moment.day, zone).start}
          wish={moment.during}
          color={hall.color}
          clash={fit !== null && fit.kind !== 'free'}
        />
      )}
      {hall && moment.day && <FitLine fit={fit} day={day} />}
      {day && moment.during && isByStaff(day, moment.during) && (
        <p className={classes.staff}>{t('byStaff')}</p>
      )}
      {moment.during && moment.during.start < now && <Warning>{t('inPast')}</Warning>}

      <div className={classes.rows} data-next>
        <Row label={t('who')} htmlFor="booking-name">
          <PersonField id="booking-name" error={wrong('name')} />
        </Row>
        <Row label={t('phone')} htmlFor="booking-phone">
          <TextInput
            {...text('phone')}
            type="tel"
            maxLength={40}
            error={wrong('phone')}
            autoComplete="off"
          />
        </Row>
        <Row label={t('organisation')} htmlFor="booking-organisation">
          <TextInput {...text('organisation')} maxLength={200} autoComplete="off" />
        </Row>
        <Row label={t('email')} htmlFor="booking-email">
          <TextInput
            {...text('email')}
            placeholder={t('emailPlaceholder')}
            maxLength={254}
            error={wrong('email')}
            autoComplete="off"
          />
        </Row>
      </div>

      <div className={classes.rows} data-next>
        <Row label={t('what')} htmlFor="booking-title">
          <TextInput
            {...text('title')}
            placeholder={t('whatPlaceholder')}
            maxLength={200}
            error={wrong('title')}
            autoComplete="off"
          />
        </Row>
        <Row label={t('persons')} htmlFor="booking-persons">
          <div className={classes.times}>
            <TextInput {...text('persons')} inputMode="numeric" error={wrong('persons')} />
            {hall?.capacity && (
              <span className={classes.long}>
                {t('capacity', { formatted: format.number(hall.capacity) })}
              </span>
            )}
          </div>
        </Row>
        <Row label={t('note')} htmlFor="booking-note">
          <Textarea {...text('note')} minRows={1} maxRows={5} maxLength={4000} />
        </Row>
        <Checkbox
          className={classes.check}
          label={t('public')}
          description={t('publicHint')}
          checked={draft.isPublic}
          onChange={(event) => useDraft.setState({ isPublic: event.currentTarget.checked })}
        />
      </div>
      {hall?.capacity && persons > hall.capacity && (
        <Warning>
          {t('overCapacity', {
            persons: format.number(persons),
            capacity: format.number(hall.capacity),
          })}
        </Warning>
      )}
    </>
  )
}

function Row({
  label,
  htmlFor,
  children,
}: {
  label: string
  htmlFor: string
  children: ReactNode
}) {
  return (
    <div className={classes.row} data-field>
      <label htmlFor={htmlFor}>{label}</label>
      <div>{children}</div>
    </div>
  )
}
