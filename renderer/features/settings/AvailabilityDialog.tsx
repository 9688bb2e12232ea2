/**
 * AvailabilityDialog: on these weekdays between two days, from-to, these halls can be reserved.
 *
 * The preview counts with the rule of the core itself, so what it says is what will be made. One command, one undo.
 */
import { Button, Checkbox, Group, Modal, MultiSelect, Select, TextInput } from '@mantine/core'
import { type FormEvent, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { availabilityAdd } from '../../../core/commands/calls.ts'
import { spansOf } from '../../../core/domain/availability.ts'
import type { Refusal } from '../../../core/domain/refusal.ts'
import type { ResourceRow } from '../../../core/domain/resource.ts'
import { addDays, dayOf } from '../../../core/domain/time.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { complain, toast } from '../../app/toast.tsx'
import { freshId } from '../../desk/dispatch.ts'
import { useCommand } from '../../desk/useCommand.ts'
import { parseClock } from '../../format/clockInput.ts'
import { parseDay } from '../../format/dayInput.ts'
import { useFormat } from '../../format/useFormat.ts'
import { countOf } from '../booking/check.ts'
import { hallOptions } from '../booking/hallOptions.ts'
import { Refused } from '../booking/Refused.tsx'
import classes from './HallDialog.module.css'

type Props = Readonly<{
  chosen: readonly string[]
  halls: readonly ResourceRow[]
  onClose: () => void
}>

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const
const STEPS = [5, 10, 15, 30, 60] as const
type Step = (typeof STEPS)[number]
/** A year ahead is what most halls are opened for. */
const DEFAULT_DAYS = 365

export function AvailabilityDialog({ chosen, halls, onClose }: Props) {
  const { t } = useTranslation('settings')
  const { t: app } = useTranslation()
  const format = useFormat()
  const today = dayOf(Date.now(), format.zone)
  const [resources, setResources] = useState<string[]>([...chosen])
  const [from, setFrom] = useState(format.date(today))
  const [until, setUntil] = useState(format.date(addDays(today, DEFAULT_DAYS)))
  const [weekdays, setWeekdays] = useState<readonly number[]>([1, 2, 3, 4, 5])
  const [opens, setOpens] = useState('08:00')
  const [closes, setCloses] = useState('22:00')
  const [step, setStep] = useState<Step | null>(30)
  const [places, setPlaces] = useState('1')
  const [most, setMost] = useState('')
  const [byStaff, setByStaff] = useState(false)
  const [skip, setSkip] = useState(true)
  const [tried, setTried] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const { run, busy } = useCommand('availability.add')

  const firstDay = parseDay(from, today)
  const lastDay = parseDay(until, today)
  const opensAt = parseClock(opens)
  const closesAt = parseClock(closes)
  const count = countOf(places)
  const limit = countOf(most)
  const wrong = {
    resources: resources.length === 0 && t('availability.hallsMissing'),
    from: !firstDay && t('availability.dayWrong'),
    until:
      (!lastDay && t('availability.dayWrong')) ||
      (firstDay && lastDay && lastDay < firstDay && t('availability.order')),
    weekdays: weekdays.length === 0 && t('availability.weekdaysMissing'),
    opens: (!opensAt || opensAt === '24:00') && t('availability.timeWrong'),
    closes: !closesAt && t('availability.timeWrong'),
    places: (!count || count > 1000) && t('availability.placesWrong'),
    most: limit === undefined && t('availability.placesWrong'),
  }
  const hasErrors = Object.values(wrong).some(Boolean)
  const say = (text: string | false | null | undefined) => (tried && text ? text : undefined)

  const days = useMemo(() => {
    if (!firstDay || !lastDay || !opensAt || !closesAt || lastDay < firstDay) return 0
    const rule = { from: firstDay, until: lastDay, weekdays, opens: opensAt, closes: closesAt }
    return spansOf({ ...rule, except: [] }, format.zone).length
  }, [firstDay, lastDay, opensAt, closesAt, weekdays, format.zone])

  const save = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (hasErrors || busy) return
    const args = availabilityAdd.parse({
      rule: freshId(),
      resources,
      from: firstDay,
      until: lastDay,
      weekdays: [...weekdays].sort(),
      opens: opensAt,
      closes: closesAt,
      step,
      places: count,
      mostPerBooking: limit ?? 0,
      byStaff,
      except: [],
      skipOverlapping: skip,
    })
    try {
      const { id, outcome } = await run(args)
      if (outcome.status === 'refused') return setRefusal(outcome.refusal)
      if (outcome.status === 'accepted') {
        const { created, skipped } = outcome.result
        const said = [t('availability.added', { count: created })]
        if (skipped > 0) said.push(t('availability.skipped', { count: skipped }))
        toast(said.join(', '), id)
      }
      onClose()
    } catch (error) {
      report(error, 'availability.add')
      complain(app('failed.title'))
    }
  }

  return (
    <Modal
      opened
      size={600}
      onClose={onClose}
      title={t('availability.title')}
      closeButtonProps={{ 'aria-label': app('close') }}
    >
      <form className={classes.form} onSubmit={(event) => void save(event)}>
        {refusal && <Refused refusal={refusal} />}
        <MultiSelect
          size="xs"
          data-autofocus={chosen.length === 0 || undefined}
          label={t('availability.halls')}
          searchable
          openOnFocus={false}
          data={hallOptions(halls)}
          value={resources}
          error={say(wrong.resources)}
          onChange={setResources}
        />
        <div className={classes.four}>
          <TextInput
            data-autofocus={chosen.length > 0 || undefined}
            label={t('availability.from')}
            value={from}
            error={say(wrong.from)}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextInput
            label={t('availability.until')}
            value={until}
            error={say(wrong.until)}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
          <TextInput
            label={t('availability.opens')}
            value={opens}
            error={say(wrong.opens)}
            onChange={(event) => setOpens(event.currentTarget.value)}
          />
          <TextInput
            label={t('availability.closes')}
            value={closes}
            error={say(wrong.closes)}
            onChange={(event) => setCloses(event.currentTarget.value)}
          />
        </div>
        <fieldset className={classes.group}>
          <legend>{t('availability.weekdays')}</legend>
          <div className={classes.days}>
            {WEEK.map((each) => (
              <label key={each}>
                <input
                  type="checkbox"
                  className="visually-hidden"
                  checked={weekdays.includes(each)}
                  aria-label={format.weekdayLong(each)}
                  onChange={() =>
                    setWeekdays(
                      weekdays.includes(each)
                        ? weekdays.filter((other) => other !== each)
                        : [...weekdays, each],
                    )
                  }
                />
                <span aria-hidden="true">{format.weekday(each)}</span>
              </label>
            ))}
          </div>
          <div className={classes.quick}>
            <Button size="compact-xs" onClick={() => setWeekdays([1, 2, 3, 4, 5])}>
              {t('availability.workdays')}
            </Button>
            <Button size="compact-xs" onClick={() => setWeekdays([6, 7])}>
              {t('availability.weekend')}
            </Button>
            <Button size="compact-xs" onClick={() => setWeekdays([...WEEK])}>
              {t('availability.everyDay')}
            </Button>
          </div>
          {say(wrong.weekdays) && <p className={classes.error}>{say(wrong.weekdays)}</p>}
        </fieldset>
        <div className={classes.four}>
          <Select
            label={t('availability.how')}
            className={classes.wide}
            data={[
              ...STEPS.map((each) => ({
                value: String(each),
                label: t('availability.minutes', { count: each }),
              })),
              { value: '', label: t('availability.whole') },
            ]}
            value={step === null ? '' : String(step)}
            onChange={(value) => setStep(value ? (Number(value) as Step) : null)}
          />
          <TextInput
            label={t('availability.places')}
            inputMode="numeric"
            value={places}
            error={say(wrong.places)}
            onChange={(event) => setPlaces(event.currentTarget.value)}
          />
          <TextInput
            label={t('availability.mostPerBooking')}
            placeholder={t('availability.mostHint')}
            inputMode="numeric"
            value={most}
            error={say(wrong.most)}
            onChange={(event) => setMost(event.currentTarget.value)}
          />
        </div>
        <Checkbox
          label={t('availability.byStaff')}
          checked={byStaff}
          onChange={(event) => setByStaff(event.currentTarget.checked)}
        />
        <Checkbox
          label={t('availability.skip')}
          checked={skip}
          onChange={(event) => setSkip(event.currentTarget.checked)}
        />
        <p className={classes.preview} role="status">
          {days > 0 && opensAt && closesAt && resources.length > 0
            ? t('availability.previewFor', {
                days: t('availability.preview', { count: days }),
                halls: format.list(
                  resources.map((id) => halls.find((hall) => hall.id === id)?.name ?? ''),
                ),
                times: `${opensAt}–${closesAt}`,
              })
            : t('availability.previewNone')}
        </p>
        <Group gap={8}>
          <Button type="submit" variant="filled">
            {t('availability.add')}
          </Button>
          <Button onClick={onClose}>{app('cancel')}</Button>
        </Group>
      </form>
    </Modal>
  )
}
