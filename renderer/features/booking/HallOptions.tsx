/**
 * HallOptions: what is free for the call, the best first, while it is being typed; where nothing is, why, and what
 * comes nearest. One tab stop: arrows walk, Enter takes.
 *
 * Each was checked by the core at this moment and follows every change; booking decides.
 */
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Relaxed } from '../../../core/domain/find-instead.ts'
import type { Option } from '../../../core/domain/hall-options.ts'
import { dayOf } from '../../../core/domain/time.ts'
import type { QueryArgs, ResourceRow, Rows } from '../../../core/queries/rows.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { holderOf } from '../../format/holder.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Keys } from '../../ui/Keys.tsx'
import { AsOf } from './AsOf.tsx'
import classes from './Finder.module.css'
import type { Question } from './finding.ts'

type Ask = QueryArgs<'hall.find'>
type Props = Readonly<{
  question: Question
  halls: readonly ResourceRow[]
  onPick: (option: Option, ask: Ask) => void
}>

export function HallOptions({ question, halls, onPick }: Props) {
  const { t } = useTranslation('finding')
  const { ask } = question
  const { rows, stale } = useQuery('hall.find', ask)
  if (!ask) {
    const why = question.because === 'days' ? 'needDays' : question.because
    return <p className={classes.said}>{t(why)}</p>
  }
  if (!rows) return null
  return (
    <div className={classes.options} data-stale={stale || undefined}>
      <p className={classes.said} role="status">
        <Said ask={ask} rows={rows} halls={halls} />
        <AsOf />
      </p>
      {rows.options.length > 0 && (
        <List options={rows.options} onPick={(option) => onPick(option, ask)} />
      )}
      {rows.instead.length > 0 && (
        <>
          <p className={classes.said}>{t('instead')}</p>
          <List options={rows.instead} onPick={(option) => onPick(option, ask)} />
        </>
      )}
    </div>
  )
}

/** How many there are, or why there is none. */
function Said({
  ask,
  rows,
  halls,
}: {
  ask: Ask
  rows: Rows['hall.find']
  halls: readonly ResourceRow[]
}) {
  const { t } = useTranslation('finding')
  const format = useFormat()
  if (rows.none === null) {
    const [first] = rows.options
    return (
      <>
        <b>{t('found', { count: rows.of })}</b>
        {rows.of > rows.options.length && `, ${t('more', { count: rows.options.length })}`}
        <span className={classes.hint}>
          <Keys keys="⏎" /> {t('first')}
        </span>
        <span className="visually-hidden">
          {first && `: ${first.hall.name}, ${format.span(first.start, first.end)}`}
        </span>
      </>
    )
  }
  if (rows.none === 'capacity') {
    const own = halls.filter((hall) => ask.resource === null || hall.id === ask.resource)
    const most = format.number(Math.max(0, ...own.map((hall) => hall.capacity ?? 0)))
    return ask.resource
      ? t('none.capacityHere', { most })
      : t('none.capacity', { persons: format.number(ask.persons ?? 0), most })
  }
  if (rows.none === 'features') return t('none.features')
  return t(ask.opens || ask.closes ? 'none.time' : 'none.day')
}

function List<O extends Option | Relaxed>({
  options,
  onPick,
}: {
  options: readonly O[]
  onPick: (option: O) => void
}) {
  const { t } = useTranslation('finding')
  const [at, setAt] = useState(0)
  const current = Math.min(at, options.length - 1)
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const to = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: options.length - 1 }[
      event.key
    ]
    if (to === undefined || event.altKey || event.ctrlKey) return
    event.preventDefault()
    const next = Math.max(0, Math.min(to, options.length - 1))
    setAt(next)
    event.currentTarget.querySelectorAll<HTMLElement>('[data-option]')[next]?.focus()
  }
  return (
    <ul aria-label={t('options')} onKeyDown={onKeyDown}>
      {options.map((option, index) => (
        <li key={`${option.hall.id}-${option.also?.id}-${option.start}`}>
          <OptionButton
            option={option}
            isCurrent={index === current}
            onFocus={() => setAt(index)}
            onPick={() => onPick(option)}
          />
        </li>
      ))}
    </ul>
  )
}

function OptionButton({
  option,
  isCurrent,
  onFocus,
  onPick,
}: {
  option: Option | Relaxed
  isCurrent: boolean
  onFocus: () => void
  onPick: () => void
}) {
  const { t } = useTranslation('finding')
  const format = useFormat()
  const { hall, also, start, end, free } = option
  const name = also ? t('and', { one: hall.name, other: also.name }) : hall.name
  const when = `${format.dayShort(dayOf(start, format.zone))} ${format.times(start, end)}`
  const isLonger = free.start < start || end < free.end
  const facts = [
    ...('by' in option ? [t(`by.${option.by}`)] : []),
    ...(isLonger && !also ? [t('free', { times: format.times(free.start, free.end) })] : []),
    ...(option.whole ? [t('whole')] : []),
    ...(option.byStaff ? [t('byStaff')] : []),
    ...(option.held
      ? [
          t(holderOf(option.held.by), {
            who: option.held.by,
            time: format.time(option.held.until),
          }),
        ]
      : []),
    ...(option.asked > 0 ? [t('asked', { count: option.asked })] : []),
  ]
  const capacity = (hall.capacity ?? 0) + (also?.capacity ?? 0)
  return (
    <button
      type="button"
      data-option
      tabIndex={isCurrent ? 0 : -1}
      className={classes.option}
      title={t('take', { where: name, when })}
      onFocus={onFocus}
      onClick={onPick}
    >
      <span className={classes.when}>{when}</span>
      <span className={classes.name}>{name}</span>
      <span className={classes.capacity}>
        {capacity > 0 && t('capacity', { formatted: format.number(capacity) })}
      </span>
      {facts.length > 0 && (
        <span
          className={classes.facts}
          data-asked={option.asked > 0 || option.held !== null || undefined}
        >
          {facts.join(' · ')}
        </span>
      )}
    </button>
  )
}
