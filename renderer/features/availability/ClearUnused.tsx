/** ClearUnused: takes availability away by hall, days and weekdays; what somebody uses stays, and is named. */
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { availabilityClear } from '../../../core/commands/calls.ts'
import type { Refusal } from '../../../core/domain/refusal.ts'
import { addDays } from '../../../core/domain/time.ts'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import { toast } from '../../app/toast.tsx'
import { useView } from '../../desk/store.ts'
import { useCommand } from '../../desk/useCommand.ts'
import { useToday } from '../../desk/useNow.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { parseDay } from '../../format/dayInput.ts'
import { useFormat } from '../../format/useFormat.ts'
import { AffectedList } from './AffectedList.tsx'
import classes from './Editor.module.css'
import { EditorFrame, EditorKeys } from './EditorFrame.tsx'
import { WEEK } from './form.ts'
import { HallPicker } from './HallPicker.tsx'
import { WeekdayPicker } from './WeekdayPicker.tsx'

type Props = Readonly<{ halls: readonly ResourceRow[]; chosen: readonly string[] }>

export function ClearUnused({ halls, chosen }: Props) {
  const { t } = useTranslation('availability')
  const { t: app } = useTranslation()
  const format = useFormat()
  const today = useToday(format.zone)
  const [resources, setResources] = useState(chosen)
  const [from, setFrom] = useState(format.date(today))
  const [until, setUntil] = useState(format.date(addDays(today, 6)))
  const [weekdays, setWeekdays] = useState<readonly number[]>(WEEK)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const { run, busy } = useCommand('availability.clear')

  const firstDay = parseDay(from, today)
  const lastDay = parseDay(until, firstDay ?? today)
  const order = firstDay !== null && lastDay !== null && lastDay < firstDay
  const args = availabilityClear.safeParse({
    resources,
    from: firstDay,
    until: lastDay,
    weekdays,
  })
  const ready = args.success && !order
  const { rows: unused } = useQuery('availability.unused', ready ? args.data : null)
  const back = () => useView.getState().go('availability')

  const clear = async () => {
    if (!ready || busy || !unused || unused.remove === 0) return undefined
    const { id, outcome } = await run(args.data)
    if (outcome.status === 'refused') {
      setRefusal(outcome.refusal)
      return undefined
    }
    if (outcome.status === 'accepted') {
      toast(t('clear.done', { count: outcome.result.removed }), id)
    }
    back()
    return undefined
  }
  const fields = (
    <>
      <HallPicker
        label={t('fields.halls')}
        halls={halls}
        value={resources}
        autoFocus
        onChange={setResources}
      />
      <div className={classes.pair}>
        <TextInput
          label={t('fields.from')}
          value={from}
          error={firstDay ? undefined : t('wrong.day')}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          label={t('fields.until')}
          value={until}
          error={lastDay ? (order ? t('wrong.order') : undefined) : t('wrong.day')}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
      </div>
      <WeekdayPicker
        value={weekdays}
        error={weekdays.length === 0 ? t('wrong.weekdays') : undefined}
        onChange={setWeekdays}
      />
    </>
  )
  return (
    <EditorFrame
      title={t('clear.title')}
      lead={<p className={classes.more}>{t('clear.lead')}</p>}
      refusal={refusal}
      fields={fields}
      preview={t('preview.title')}
      command="availability.clear"
      onSubmit={clear}
      onBack={back}
      foot={
        <>
          <Button
            type="submit"
            variant={unused?.remove ? 'filled' : 'default'}
            disabled={!unused?.remove}
          >
            {t('clear.do', { count: unused?.remove ?? 0 })}
          </Button>
          <Button onClick={back}>{app('cancel')}</Button>
          <EditorKeys />
        </>
      }
    >
      {unused && ready ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs a stop of its own
        <div className={classes.preview} tabIndex={0} aria-live="polite">
          <dl className={classes.counts}>
            <div data-kind="create" data-none={unused.remove === 0 || undefined}>
              <dd>{format.number(unused.remove)}</dd>
              <dt>{t('clear.remove')}</dt>
            </div>
            <div data-kind="keep" data-none={unused.used === 0 || undefined}>
              <dd>{format.number(unused.used)}</dd>
              <dt>{t('clear.used')}</dt>
            </div>
          </dl>
          {unused.affected.length > 0 && (
            <>
              <h2>{t('clear.because')}</h2>
              <AffectedList rows={unused.affected} />
            </>
          )}
        </div>
      ) : (
        <p className={classes.none}>{t('preview.none')}</p>
      )}
    </EditorFrame>
  )
}
