/**
 * PeriodEditor: a period on the left, what it would do on the right, at every key.
 *
 * What was typed stays until it is saved or thrown away, also when the clerk leaves the screen for a call.
 */
import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Refusal } from '../../../core/domain/refusal.ts'
import { addDays } from '../../../core/domain/time.ts'
import type { PeriodPart } from '../../../core/queries/availability-rows.ts'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import { toast } from '../../app/toast.tsx'
import { useView } from '../../desk/store.ts'
import { useToday } from '../../desk/useNow.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './Editor.module.css'
import { EditorFrame, EditorKeys, WRONG_FIELD } from './EditorFrame.tsx'
import { formOf, type PeriodForm, rangeOf, readForm, STEPS, type Step, type Wrong } from './form.ts'
import { HallPicker } from './HallPicker.tsx'
import { PeriodPreview } from './PeriodPreview.tsx'
import { useSavePeriod } from './useSavePeriod.ts'
import { WeekdayPicker } from './WeekdayPicker.tsx'

type Props = Readonly<{
  halls: readonly ResourceRow[]
  /** The period that is changed; null for a new one. */
  rule: string | null
  /** Halls chosen beforehand for a new one. */
  chosen: readonly string[]
}>

/** A year ahead is what most halls are opened for. */
const DEFAULT_DAYS = 364

/** Unsaved forms by what they are about. */
const drafts = new Map<string, PeriodForm>()

/** What was said of the halls, where they agree; half hours otherwise. */
function usualStep(halls: readonly ResourceRow[], chosen: readonly string[]): Step {
  const [step, ...others] = new Set(
    halls.filter((hall) => chosen.includes(hall.id)).map((hall) => hall.step),
  )
  return others.length === 0 ? (step ?? 30) : 30
}

export function PeriodEditor({ halls, rule, chosen }: Props) {
  const format = useFormat()
  const today = useToday(format.zone)
  const { rows: periods } = useQuery('availability.one', rule === null ? null : { rule })
  const [first] = periods ?? []
  const { rows: holidays } = useQuery(
    'holiday.range',
    first ? { from: first.from, until: first.until, language: format.language } : null,
  )
  const { t } = useTranslation('availability')
  if (rule !== null && !first) return periods ? <p className={classes.gone}>{t('gone')}</p> : null
  if (first && !holidays) return null
  const start: PeriodForm =
    first && holidays
      ? { ...formOf(first, holidays, format.date), resources: hallsOf(periods ?? []) }
      : {
          // Not checked against the halls: one that was just added may not be among them yet.
          resources: chosen,
          from: format.date(today),
          until: format.date(addDays(today, DEFAULT_DAYS)),
          weekdays: [1, 2, 3, 4, 5],
          opens: '08:00',
          closes: '22:00',
          step: usualStep(halls, chosen),
          places: '1',
          most: '',
          byStaff: false,
          together: false,
          holidays: false,
          school: false,
          skip: '',
        }
  const key = rule ?? `new ${chosen.join(' ')}`
  return (
    <Editor
      key={key}
      id={key}
      halls={halls}
      rule={rule}
      start={start}
      mixed={(periods?.length ?? 0) > 1}
    />
  )
}

function hallsOf(periods: readonly PeriodPart[]): string[] {
  return [...new Set(periods.flatMap((period) => period.resources))]
}

type EditorProps = Readonly<{
  id: string
  halls: readonly ResourceRow[]
  rule: string | null
  start: PeriodForm
  /** Some of its dates differ from what the form shows. */
  mixed: boolean
}>

function Editor({ id, halls, rule, start, mixed }: EditorProps) {
  const { t } = useTranslation('availability')
  const format = useFormat()
  const today = useToday(format.zone)
  const [form, setForm] = useState(() => drafts.get(id) ?? start)
  const [tried, setTried] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const saving = useSavePeriod()
  const change = (facts: Partial<PeriodForm>) => {
    const next = { ...form, ...facts }
    drafts.set(id, next)
    setForm(next)
    setRefusal(null)
  }

  const range = rangeOf(form, today)
  const { rows: holidays } = useQuery(
    'holiday.range',
    range && { ...range, language: format.language },
  )
  const read = useMemo(() => readForm(form, today, holidays ?? []), [form, today, holidays])
  // What has been stays: a change is about the days to come.
  const since = rule === null ? {} : { since: today }
  const asked = read.period && !saving.progress ? { rule, periods: [read.period], ...since } : null
  const { rows: preview } = useQuery('availability.preview', asked)
  const seen = useRef(preview)
  if (preview) seen.current = preview

  const say = (wrong: Wrong | undefined, always = false) =>
    wrong && (tried || always)
      ? t(`wrong.${wrong}`, { step: form.step ?? 5, places: form.places })
      : undefined
  const { mistakes } = read
  const back = () => useView.getState().go('availability')
  const leave = () => {
    drafts.delete(id)
    back()
  }

  const save = async () => {
    setTried(true)
    if (!read.period) return WRONG_FIELD
    if (saving.progress) return undefined
    const perHall = Math.ceil(
      ((preview?.create ?? 0) + (preview?.exists ?? 0)) / read.period.resources.length,
    )
    const saved =
      rule === null
        ? await saving.add(read.period, perHall)
        : await saving.change(rule, read.period, today)
    if (saved.status === 'refused') setRefusal(saved.refusal)
    else if (saved.status === 'stopped') toast(t('stopped'))
    else if (saved.status === 'queued') leave()
    else {
      const said = [t(rule === null ? 'made' : 'changed', { count: saved.created })]
      if (saved.skipped > 0) {
        said.push(t(rule === null ? 'skipped' : 'stayed', { count: saved.skipped }))
      }
      toast(said.join(', '), saved.command)
      leave()
    }
    return undefined
  }
  const text = (field: 'from' | 'until' | 'opens' | 'closes' | 'places' | 'most') => ({
    label: t(`fields.${field}`),
    value: form[field],
    error: say(mistakes[field], field === 'until' || field === 'closes'),
    onChange: (event: { currentTarget: { value: string } }) =>
      change({ [field]: event.currentTarget.value }),
  })
  const ready = preview && (preview.create > 0 || rule !== null)

  const fields = (
    <>
      <HallPicker
        label={t('fields.halls')}
        halls={halls}
        value={form.resources}
        autoFocus
        error={say(mistakes.resources)}
        onChange={(resources) => change({ resources })}
      />
      <div className={classes.pair}>
        <TextInput {...text('from')} />
        <TextInput {...text('until')} />
      </div>
      <WeekdayPicker
        value={form.weekdays}
        error={say(mistakes.weekdays)}
        onChange={(weekdays) => change({ weekdays })}
      />
      <div className={classes.pair}>
        <TextInput {...text('opens')} />
        <TextInput {...text('closes')} description={read.overnight ? t('overnight') : undefined} />
      </div>
      <div className={classes.three}>
        <Select
          label={t('fields.how')}
          data={[
            ...STEPS.map((step) => ({
              value: String(step),
              label: t('minutes', { count: step }),
            })),
            { value: '', label: t('whole') },
          ]}
          value={form.step === null ? '' : String(form.step)}
          onChange={(value) => change({ step: value ? (Number(value) as Step) : null })}
        />
        <TextInput {...text('places')} inputMode="numeric" />
        <TextInput {...text('most')} inputMode="numeric" placeholder={t('noLimit')} />
      </div>
      <fieldset className={classes.checks}>
        <legend>{t('rules')}</legend>
        <Checkbox
          label={t('byStaff')}
          checked={form.byStaff}
          onChange={(event) => change({ byStaff: event.currentTarget.checked })}
        />
        <Checkbox
          label={t('together')}
          description={form.step === null ? undefined : t('togetherWhole')}
          disabled={form.step !== null}
          checked={form.together && form.step === null}
          onChange={(event) => change({ together: event.currentTarget.checked })}
        />
      </fieldset>
      <fieldset className={classes.checks}>
        <legend>{t('leaveOut')}</legend>
        <Checkbox
          label={t('holidays')}
          checked={form.holidays}
          onChange={(event) => change({ holidays: event.currentTarget.checked })}
        />
        <Checkbox
          label={t('school')}
          checked={form.school}
          onChange={(event) => change({ school: event.currentTarget.checked })}
        />
        <Textarea
          label={t('fields.skip')}
          placeholder={t('skipHint')}
          value={form.skip}
          maxRows={4}
          error={say(mistakes.skip, true)}
          onChange={(event) => change({ skip: event.currentTarget.value })}
        />
      </fieldset>
    </>
  )

  return (
    <EditorFrame
      title={t(rule === null ? 'new' : 'edit')}
      lead={
        <>
          {rule !== null && <p className={classes.more}>{t('fromToday')}</p>}
          {mixed && <p className={classes.note}>{t('mixed')}</p>}
        </>
      }
      refusal={refusal}
      fields={fields}
      preview={t('preview.title')}
      command="availability"
      onSubmit={save}
      onBack={back}
      foot={
        saving.progress ? (
          <>
            <progress
              value={saving.progress.done}
              max={saving.progress.of}
              aria-label={t('progress')}
            />
            <span role="status">{t('progressOf', saving.progress)}</span>
            {saving.progress.of > 1 && <Button onClick={saving.stop}>{t('stop')}</Button>}
          </>
        ) : (
          <>
            <Button
              type="submit"
              variant={ready ? 'filled' : 'default'}
              disabled={Boolean(read.period) && !ready}
            >
              {rule === null ? t('create', { count: preview?.create ?? 0 }) : t('save')}
            </Button>
            <Button onClick={leave}>{t('discard')}</Button>
            <EditorKeys />
          </>
        )
      }
    >
      <PeriodPreview
        preview={read.period ? (preview ?? seen.current ?? null) : null}
        halls={halls}
        changing={rule !== null}
      />
    </EditorFrame>
  )
}
