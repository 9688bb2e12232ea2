/**
 * BlockEditor: when and why on the left; on the right everybody in the way, with a word to choose for each.
 *
 * Nothing is blocked before every booking has its word. A takes every proposal at once.
 */
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { phoneShown } from '../../../core/domain/phone.ts'
import type { Refusal } from '../../../core/domain/refusal.ts'
import { dayOf, type Span } from '../../../core/domain/time.ts'
import type { ImpactRow } from '../../../core/queries/blocker-rows.ts'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import { isTyping } from '../../app/shortcuts.ts'
import { toast } from '../../app/toast.tsx'
import { freshId } from '../../desk/dispatch.ts'
import { useView } from '../../desk/store.ts'
import { useCommand } from '../../desk/useCommand.ts'
import { useToday } from '../../desk/useNow.ts'
import { useQuery } from '../../desk/useQuery.ts'
import type { Format } from '../../format/format.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Unbroken } from '../../ui/Unbroken.tsx'
import { type BlockForm, type Choice, decisionsOf, readBlockForm, rowKey } from './blockForm.ts'
import classes from './Editor.module.css'
import { EditorFrame, EditorKeys, WRONG_FIELD } from './EditorFrame.tsx'
import { HallPicker } from './HallPicker.tsx'

type Props = Readonly<{
  halls: readonly ResourceRow[]
  chosen: readonly string[]
  /** A day to begin with, as the calendar showed it. */
  day: string | null
}>

/** The unsaved form, kept while the clerk is elsewhere. */
let draft: BlockForm | null = null

export function BlockEditor({ halls, chosen, day }: Props) {
  const { t } = useTranslation('blockers')
  const { t: words } = useTranslation('availability')
  const format = useFormat()
  const today = useToday(format.zone)
  const [form, setForm] = useState<BlockForm>(
    () =>
      draft ?? {
        resources: chosen,
        from: format.date(day ?? today),
        opens: '',
        until: '',
        closes: '',
        reason: '',
      },
  )
  const [choices, setChoices] = useState<Readonly<Record<string, Choice>>>({})
  const [tried, setTried] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [now] = useState(() => Date.now())
  const { run, busy } = useCommand('blocker.add')

  const { during, mistakes } = readBlockForm(form, today, format.zone)
  const { rows: impact } = useQuery(
    'blocker.impact',
    during ? { resources: [...form.resources], during, now } : null,
  )
  const rows = impact?.rows ?? []
  const open = rows.filter((row) => row.state === 'booked' && choices[rowKey(row)] === undefined)
  const change = (facts: Partial<BlockForm>) => {
    draft = { ...form, ...facts }
    setForm(draft)
    setRefusal(null)
  }
  const say = (field: keyof BlockForm, always = false) => {
    const wrong = mistakes[field]
    return wrong && (tried || always) ? t(`wrong.${wrong}`) : undefined
  }
  const back = () => useView.getState().go('availability/blockers')
  const leave = () => {
    draft = null
    back()
  }
  const acceptAll = () =>
    setChoices(
      Object.fromEntries(
        rows
          .filter((row) => row.state === 'booked')
          .map((row) => [rowKey(row), row.alternatives.length > 0 ? 0 : 'keep']),
      ),
    )

  const block = async () => {
    setTried(true)
    if (!during || !impact) return WRONG_FIELD
    if (open.length > 0) return 'select[data-open]'
    if (busy) return undefined
    const { id, outcome } = await run({
      token: freshId(),
      resources: [...form.resources],
      during,
      reason: form.reason.trim(),
      decisions: decisionsOf(rows, choices),
    })
    if (outcome.status === 'refused') {
      setRefusal(outcome.refusal)
      return undefined
    }
    if (outcome.status === 'accepted') toast(t('done', { count: outcome.result.blocked }), id)
    leave()
    return undefined
  }
  const takesAll = (event: KeyboardEvent) => {
    const isKey = event.key.toLowerCase() === 'a' && !event.ctrlKey
    if (!isKey || (!event.altKey && isTyping(event.target))) return false
    acceptAll()
    return true
  }
  const text = (field: 'from' | 'opens' | 'until' | 'closes') => ({
    label: t(`fields.${field}`),
    value: form[field],
    error: say(field, field === 'until' || field === 'closes'),
    onChange: (event: { currentTarget: { value: string } }) =>
      change({ [field]: event.currentTarget.value }),
  })
  const sharing = (impact?.sharing ?? [])
    .map((id) => halls.find((hall) => hall.id === id)?.name ?? '')
    .filter(Boolean)

  const fields = (
    <>
      <HallPicker
        label={words('fields.halls')}
        halls={halls}
        value={form.resources}
        autoFocus
        error={say('resources')}
        onChange={(resources) => change({ resources })}
      />
      <div className={classes.pair}>
        <TextInput {...text('from')} />
        <TextInput {...text('opens')} placeholder={t('wholeDay')} />
      </div>
      <div className={classes.pair}>
        <TextInput {...text('until')} placeholder={t('sameDay')} />
        <TextInput {...text('closes')} placeholder={t('wholeDay')} />
      </div>
      <Textarea
        label={t('fields.reason')}
        placeholder={t('reasonHint')}
        value={form.reason}
        maxRows={4}
        error={say('reason', true)}
        onChange={(event) => change({ reason: event.currentTarget.value })}
      />
      {during && <p className={classes.more}>{spanWords(during, format)}</p>}
      {sharing.length > 0 && (
        <p className={classes.note}>{t('sharing', { halls: format.list(sharing) })}</p>
      )}
    </>
  )

  return (
    <EditorFrame
      title={t('new')}
      refusal={refusal}
      fields={fields}
      preview={t('impact')}
      command="blocker.add"
      onSubmit={block}
      onBack={back}
      onKey={takesAll}
      foot={
        <>
          <Button type="submit" variant="filled">
            {t('block')}
          </Button>
          <Button onClick={leave}>{words('discard')}</Button>
          <EditorKeys />
        </>
      }
    >
      {impact && during ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs a stop of its own
        <div className={classes.preview} tabIndex={0}>
          <dl className={classes.counts} aria-live="polite">
            <div data-none={impact.dates === 0 || undefined}>
              <dd>{format.number(impact.dates)}</dd>
              <dt>{t('dates')}</dt>
            </div>
            <div data-none={rows.length === 0 || undefined}>
              <dd>{format.number(rows.length)}</dd>
              <dt>{t('inTheWay')}</dt>
            </div>
            <div data-kind="keep" data-none={open.length === 0 || undefined}>
              <dd>{format.number(open.length)}</dd>
              <dt>{t('undecided')}</dt>
            </div>
          </dl>
          {rows.length === 0 ? (
            <p className={classes.more}>{t('nobody')}</p>
          ) : (
            <>
              <div className={classes.bulk}>
                <Button size="compact-xs" onClick={acceptAll}>
                  {t('acceptAll')} <kbd>A</kbd>
                </Button>
              </div>
              <ul className={classes.impact}>
                {rows.map((row) => (
                  <Impact
                    key={rowKey(row)}
                    row={row}
                    choice={choices[rowKey(row)]}
                    onChoose={(choice) => setChoices({ ...choices, [rowKey(row)]: choice })}
                  />
                ))}
              </ul>
            </>
          )}
        </div>
      ) : (
        <p className={classes.none}>{t('none')}</p>
      )}
    </EditorFrame>
  )
}

/** Whole days are told as days. */
function spanWords({ start, end }: Span, format: Format): string {
  const isMidnight = (at: number) => format.time(at) === '00:00'
  if (!isMidnight(start) || !isMidnight(end)) return format.span(start, end)
  const first = dayOf(start, format.zone)
  const last = dayOf(end - 1, format.zone)
  return first === last ? format.dayLong(first) : `${format.day(first)} – ${format.day(last)}`
}

type ImpactProps = Readonly<{
  row: ImpactRow
  choice: Choice | undefined
  onChoose: (choice: Choice) => void
}>

/** One booking in the way: who, when, the phone, and what becomes of it. */
function Impact({ row, choice, onChoose }: ImpactProps) {
  const { t } = useTranslation('blockers')
  const format = useFormat()
  const isRequest = row.state === 'request'
  const value = choice ?? (isRequest ? 'keep' : '')
  const name = row.title || row.who || t('foreign')
  return (
    <li className={classes.way} data-open={value === '' || undefined}>
      <span className={classes.who}>
        <button type="button" tabIndex={-1} onClick={() => useView.getState().select(row.token)}>
          {name}
        </button>
        {row.number > 0 && <small>{row.number}</small>}
        {isRequest && <small>{t('request')}</small>}
      </span>
      <span>
        <Unbroken text={`${row.resourceName}, ${format.span(row.start, row.end)}`} />
      </span>
      <span>
        {row.title ? row.who : ''} <b className={classes.phone}>{phoneShown(row.phone)}</b>
      </span>
      <NativeSelect
        size="xs"
        aria-label={t('becomes', { name })}
        data-open={value === '' || undefined}
        value={String(value)}
        onChange={(event) => {
          const chosen = event.currentTarget.value
          if (chosen === 'keep' || chosen === 'cancel') onChoose(chosen)
          else if (chosen !== '') onChoose(Number(chosen))
        }}
      >
        {value === '' && <option value="">{t('choose')}</option>}
        {row.alternatives.map((each, index) => (
          <option key={`${each.resource} ${each.start}`} value={index}>
            {t('move', {
              where: each.resourceName,
              when:
                dayOf(each.start, format.zone) === dayOf(row.start, format.zone)
                  ? format.times(each.start, each.end)
                  : format.span(each.start, each.end),
            })}
          </option>
        ))}
        <option value="keep">{t(isRequest ? 'keepRequest' : 'keep')}</option>
        <option value="cancel">
          {row.dates > 1 ? t('cancelAll', { count: row.dates }) : t('cancel')}
        </option>
      </NativeSelect>
    </li>
  )
}
