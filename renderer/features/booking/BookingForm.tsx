/** BookingForm: the fields of the panel, labels on the left as on paper, with the hall's day to scale. */

import { Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '../../../core/contract.ts'
import type { Option } from '../../../core/domain/hall-options.ts'
import { dayOf, spanOfDay } from '../../../core/domain/time.ts'
import type { QueryArgs, ResourceRow } from '../../../core/queries/rows.ts'
import { useNow } from '../../desk/useNow.ts'
import { useZone } from '../../desk/useStatus.ts'
import type { Limited } from '../../format/limits.ts'
import { useFormat } from '../../format/useFormat.ts'
import { useLimit } from '../../format/useLimit.ts'
import { Keys } from '../../ui/Keys.tsx'
import classes from './BookingForm.module.css'
import { countOf, titleOf } from './check.ts'
import { DayStrip } from './DayStrip.tsx'
import { fitOf, isByStaff } from './day.ts'
import { useDraft } from './draft.ts'
import finder from './Finder.module.css'
import { AlsoHall, FeatureField, LengthField, WeekdayChoice } from './Finder.tsx'
import { FitLine, Warning } from './FitLine.tsx'
import { daysOf, isSearching, isStretch, questionOf } from './finding.ts'
import { HallOptions } from './HallOptions.tsx'
import { HoldLine } from './HoldLine.tsx'
import { hallOptions } from './hallOptions.ts'
import { type Errors, type Field, momentOf } from './moment.ts'
import { PersonField } from './PersonField.tsx'
import { useHallDay } from './useHallDay.ts'
import type { Hold } from './useHold.ts'

/** The part of the draft that is text. */
type Text = { [K in keyof Draft]: Draft[K] extends string ? K : never }[keyof Draft]

type Props = Readonly<{
  errors: Errors
  halls: readonly ResourceRow[]
  hold: Hold
  onPick: (option: Option, ask: QueryArgs<'hall.find'>) => void
  onSearch: () => void
}>

export function BookingForm({ errors, halls, hold, onPick, onSearch }: Props) {
  const { t } = useTranslation('booking')
  const { t: finding } = useTranslation('finding')
  const format = useFormat()
  const zone = useZone()
  const draft = useDraft()
  const now = useNow()

  const hall = halls.find((each) => each.id === draft.resource)
  const moment = momentOf(draft, zone, now)
  const day = useHallDay(hall, halls, moment.day, zone, draft.token)
  const places = countOf(draft.places) ?? 1
  const fit = day && moment.during ? fitOf(day, moment.during, places) : null
  const persons = countOf(draft.persons) ?? 0
  const options = useMemo(() => hallOptions(halls), [halls])
  const today = dayOf(now, zone)
  const days = daysOf(draft, today)
  const searching = isSearching(draft, today)

  const limit = useLimit()
  const wrong = (field: Field) => {
    const error = errors[field]
    return error && error !== 'long' ? t(`missing.${error}`) : undefined
  }
  const sized = (field: Limited & Field) => limit(field, draft[field]) ?? wrong(field)
  const text = (name: Text) => ({
    id: `booking-${name}`,
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      useDraft.setState({ [name]: event.currentTarget.value }),
  })
  const personsRow = (
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
  )

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
            placeholder={finding('anyHall')}
            error={wrong('resource')}
            maxDropdownHeight={320}
            onChange={(value) => useDraft.setState({ resource: value ?? '', also: '' })}
          />
          <AlsoHall halls={halls} />
        </Row>
        <Row label={t('date')} htmlFor="booking-date">
          <div className={classes.date}>
            <TextInput
              {...text('date')}
              placeholder={finding('datePlaceholder')}
              error={wrong('date')}
              autoComplete="off"
              onChange={(event) =>
                useDraft.setState({ date: event.currentTarget.value, weekdays: '' })
              }
            />
            <span className={classes.long} role="status">
              {days && isStretch(days)
                ? `${format.date(days.from)}–${format.date(days.until)}`
                : moment.day && format.dayMedium(moment.day)}
            </span>
          </div>
          <WeekdayChoice days={days} />
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
      {searching ? (
        <>
          <div className={classes.rows}>
            {!(moment.from && moment.to) && (
              <Row label={finding('length')} htmlFor="booking-length">
                <LengthField id="booking-length" />
              </Row>
            )}
            {personsRow}
            <Row label={finding('features')} htmlFor="booking-features">
              <FeatureField id="booking-features" halls={halls} />
            </Row>
          </div>
          <HallOptions question={questionOf(draft, zone, now)} halls={halls} onPick={onPick} />
        </>
      ) : (
        <button type="button" className={finder.link} aria-keyshortcuts="Alt+F" onClick={onSearch}>
          {finding('search')} <Keys keys="Alt F" />
        </button>
      )}
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
      <HoldLine hold={hold} halls={halls} canHold={fit?.kind === 'free'} />
      {day && moment.during && isByStaff(day, moment.during) && (
        <p className={classes.staff}>{t('byStaff')}</p>
      )}
      {moment.during && moment.during.start < now && <Warning>{t('inPast')}</Warning>}

      <div className={classes.rows} data-next>
        <Row label={t('who')} htmlFor="booking-name">
          <PersonField id="booking-name" error={sized('name')} />
        </Row>
        <Row label={t('phone')} htmlFor="booking-phone">
          <TextInput {...text('phone')} type="tel" error={sized('phone')} autoComplete="off" />
        </Row>
        <Row label={t('organisation')} htmlFor="booking-organisation">
          <TextInput {...text('organisation')} error={sized('organisation')} autoComplete="off" />
        </Row>
        <Row label={t('email')} htmlFor="booking-email">
          <TextInput
            {...text('email')}
            placeholder={t('emailPlaceholder')}
            error={sized('email')}
            autoComplete="off"
          />
        </Row>
      </div>

      <div className={classes.rows} data-next>
        <Row label={t('what')} htmlFor="booking-title">
          <TextInput
            {...text('title')}
            placeholder={titleOf(draft) || t('whatPlaceholder')}
            error={sized('title')}
            autoComplete="off"
          />
        </Row>
        {!searching && personsRow}
        <Row label={t('note')} htmlFor="booking-note">
          <Textarea {...text('note')} minRows={1} maxRows={5} error={sized('note')} />
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
