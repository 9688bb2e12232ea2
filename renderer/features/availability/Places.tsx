/**
 * Places: one date place by place, its use against the number, and raising or lowering that number.
 *
 * The button lights up when the use fits; until then everybody in the way is listed with what can be done.
 */
import { Button, NativeSelect } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { phoneShown } from '../../../core/domain/phone.ts'
import type { Refusal } from '../../../core/domain/refusal.ts'
import { dayOf } from '../../../core/domain/time.ts'
import type { PlacesRow } from '../../../core/queries/places-rows.ts'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { complain, toast } from '../../app/toast.tsx'
import { useView } from '../../desk/store.ts'
import { useCommand } from '../../desk/useCommand.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Refused } from '../booking/Refused.tsx'
import { PlaceLanes, UseCurve } from './PlaceLanes.tsx'
import classes from './Places.module.css'
import { PlacesReduction } from './PlacesReduction.tsx'
import { PlacesTechnical } from './PlacesTechnical.tsx'
import { decisionsOf, reductionOf, type Words } from './placesPlan.ts'

const MOST_PLACES = 1000
const go = (hall: string, at: number) => useView.getState().go(`availability/places/${hall}/${at}`)

type Props = Readonly<{
  halls: readonly ResourceRow[]
  hall: string
  /** The instant the date is looked for at. */
  at: number
}>

export function Places({ halls, hall, at }: Props) {
  const { t } = useTranslation('places')
  const format = useFormat()
  const [now] = useState(() => Date.now())
  const { rows: row, stale } = useQuery('places.one', { resource: hall, at, now })
  const section = useRef<HTMLElement>(null)
  const date = row ? `${row.resource} ${row.start}` : ''
  const shown = useRef('')
  const number = row?.places
  // Whoever comes here wants the number; once it is changed, Ctrl+Z is meant for the change and not for the field.
  useEffect(() => {
    if (date === '' || number === undefined) return
    const isNew = shown.current !== date
    shown.current = date
    if (isNew) section.current?.querySelector('input')?.focus()
    else section.current?.focus()
  }, [date, number])
  return (
    <section ref={section} tabIndex={-1} className={classes.page} aria-label={t('title')}>
      <header className={classes.head}>
        <h1>{t('title')}</h1>
        <NativeSelect
          size="xs"
          aria-label={t('hall')}
          value={hall}
          data={halls.map((each) => ({ value: each.id, label: each.name }))}
          onChange={(event) => go(event.currentTarget.value, at)}
        />
        {row && (
          <div className={classes.date}>
            <Button
              size="compact-sm"
              aria-label={t('previous')}
              disabled={row.previous === null}
              onClick={() => row.previous !== null && go(hall, row.previous)}
            >
              <IconChevronLeft size={15} stroke={1.5} />
            </Button>
            <strong>{format.spanLong(row.start, row.end)}</strong>
            <Button
              size="compact-sm"
              aria-label={t('next')}
              disabled={row.next === null}
              onClick={() => row.next !== null && go(hall, row.next)}
            >
              <IconChevronRight size={15} stroke={1.5} />
            </Button>
          </div>
        )}
        {row && (
          <Button
            className={classes.toDay}
            onClick={() =>
              useView.getState().go(`calendar/timeline/day/${dayOf(row.start, format.zone)}`)
            }
          >
            {t('toCalendar')}
          </Button>
        )}
      </header>
      {row === null && (
        <Empty
          action={
            <Button onClick={() => useView.getState().go(`availability/new?halls=${hall}`)}>
              {t('add')}
            </Button>
          }
        >
          {t('empty')}
        </Empty>
      )}
      {row && <Board key={`${row.resource} ${row.start} ${row.places}`} row={row} stale={stale} />}
    </section>
  )
}

function Board({ row, stale }: { row: PlacesRow; stale: boolean }) {
  const { t } = useTranslation('places')
  const { t: app } = useTranslation()
  const format = useFormat()
  const [typed, setTyped] = useState(String(row.places))
  const [words, setWords] = useState<Words>({})
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const { run, busy } = useCommand('places.change')
  const wanted = /^\d{1,4}$/.test(typed.trim()) ? Number(typed.trim()) : 0
  const wrong = wanted < 1 || wanted > MOST_PLACES
  const target = wrong ? row.places : wanted
  const reduction = reductionOf(row, target, words)
  const changes = !wrong && target !== row.places
  const possible = changes && reduction.moves !== null

  const set = (places: number) => {
    setTyped(String(Math.max(1, Math.min(MOST_PLACES, places))))
    setRefusal(null)
  }
  const save = async () => {
    if (!possible || busy || stale) return
    try {
      const { id, outcome } = await run({
        resource: row.resource,
        start: row.start,
        places: target,
        decisions: decisionsOf(row, reduction.inTheWay, words),
      })
      if (outcome.status === 'refused') setRefusal(outcome.refusal)
      if (outcome.status === 'accepted') {
        toast(t('done', { before: outcome.result.before, after: target }), id)
      }
    } catch (error) {
      report(error, 'places.change')
      complain(app('failed.title'))
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save()
    else if (event.key === 'Escape') useView.getState().go('availability')
    else return
    event.preventDefault()
  }
  const onStep = (event: KeyboardEvent) => {
    if (event.key === 'ArrowUp') set(target + 1)
    else if (event.key === 'ArrowDown') set(target - 1)
    else if (event.key === 'Enter' && !event.ctrlKey) void save()
    else return
    event.preventDefault()
  }
  const sum = (kind: 'held' | 'request' | 'waiting') =>
    row.pending.filter((each) => each.kind === kind).length

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys that hold for everything inside
    <div className={classes.board} onKeyDown={onKeyDown}>
      <div className={classes.top}>
        <div className={classes.stepper}>
          <label htmlFor="places-number">{t('number')}</label>
          <span>
            <button
              type="button"
              tabIndex={-1}
              aria-label={t('fewer')}
              onClick={() => set(target - 1)}
            >
              −
            </button>
            <input
              id="places-number"
              inputMode="numeric"
              role="spinbutton"
              aria-valuenow={target}
              aria-valuemin={1}
              aria-valuemax={MOST_PLACES}
              aria-invalid={wrong || undefined}
              aria-describedby={wrong ? 'places-wrong' : undefined}
              value={typed}
              onChange={(event) => {
                setTyped(event.currentTarget.value)
                setRefusal(null)
              }}
              onKeyDown={onStep}
              onFocus={(event) => event.currentTarget.select()}
            />
            <button
              type="button"
              tabIndex={-1}
              aria-label={t('more')}
              onClick={() => set(target + 1)}
            >
              +
            </button>
          </span>
        </div>
        <dl className={classes.sums}>
          <div>
            <dt>{t('peak')}</dt>
            <dd>{row.peak}</dd>
          </div>
          <div>
            <dt>{t('held')}</dt>
            <dd>{sum('held')}</dd>
          </div>
          <div>
            <dt>{t('taken')}</dt>
            <dd>{Math.min(row.places, row.peak + sum('held'))}</dd>
          </div>
          <div>
            <dt>{t('free')}</dt>
            <dd>{Math.max(0, row.places - row.peak - sum('held'))}</dd>
          </div>
          <div className={classes.below}>
            <dt>{t('requests')}</dt>
            <dd>{sum('request')}</dd>
          </div>
          <div className={classes.below}>
            <dt>{t('waiting')}</dt>
            <dd>{sum('waiting')}</dd>
          </div>
        </dl>
        <Button
          variant={possible ? 'filled' : 'default'}
          disabled={!possible}
          onClick={() => void save()}
        >
          {changes
            ? t(target < row.places ? 'reduce' : 'raise', { before: row.places, after: target })
            : t('unchanged')}
        </Button>
      </div>
      {wrong && (
        <p id="places-wrong" className={classes.wrong}>
          {t('wrong')}
        </p>
      )}
      {refusal && <Refused refusal={refusal} />}
      {changes && (
        <PlacesReduction
          row={row}
          target={target}
          reduction={reduction}
          words={words}
          onWord={(token, word) => setWords({ ...words, [token]: word })}
        />
      )}
      <UseCurve row={row} target={target} />
      <PlaceLanes row={row} target={target} />
      {row.pending.length > 0 && (
        <>
          <h2 className={classes.line}>{t('belowTitle')}</h2>
          <ul className={classes.pending}>
            {row.pending.map((each) => (
              <li key={each.token}>
                <button type="button" onClick={() => useView.getState().select(each.token)}>
                  {each.title || each.who}
                </button>
                <span>{format.times(each.start, each.end)}</span>
                <span>
                  {each.who} {phoneShown(each.phone)}
                </span>
                <em>{t(`kinds.${each.kind}`)}</em>
              </li>
            ))}
          </ul>
        </>
      )}
      <PlacesTechnical row={row} />
    </div>
  )
}
