/**
 * MaterialLines: what a booking wants to have, how far it has come, and one more line with what is free at that time;
 * who has the rest is said where it is not enough.
 */
import { Button, NumberInput, Select, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ArgsOf } from '../../../core/commands/calls.ts'
import { dayOf, instantAt } from '../../../core/domain/time.ts'
import type { ClaimRow } from '../../../core/queries/material-rows.ts'
import type { BookingRow } from '../../../core/queries/rows.ts'
import { freshId } from '../../desk/dispatch.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { parseClock } from '../../format/clockInput.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Refused } from '../booking/Refused.tsx'
import classes from './MaterialLines.module.css'
import { useGive } from './useGive.ts'

type Line = ArgsOf<'material.want'>['wants'][number]['lines'][number]

const lineOf = ({ claim, type, quantity, outAt, backAt, resource }: ClaimRow): Line => ({
  claim,
  type,
  quantity,
  outAt,
  backAt,
  resource,
})

export function MaterialLines({ row }: { row: BookingRow }) {
  const { t } = useTranslation('material')
  const format = useFormat()
  const { rows: claims } = useQuery('material.booking', { token: row.token })
  const { give, refusal } = useGive()
  if (!claims) return null
  const standing = claims.filter((claim) => !claim.withdrawn)
  const want = (lines: Line[]) => give('material.want', { wants: [{ token: row.token, lines }] })
  const resize = (claim: ClaimRow, quantity: number) =>
    want(standing.map((one) => (one === claim ? { ...lineOf(one), quantity } : lineOf(one))))

  return (
    <div className={classes.lines}>
      {refusal && <Refused refusal={refusal} />}
      {claims.length === 0 && <Empty>{t('lines.empty')}</Empty>}
      <ul aria-label={t('lines.title')}>
        {claims.map((claim) => (
          <li key={claim.claim} data-missing={claim.missing > 0 || undefined}>
            {claim.withdrawn || row.state !== 'booked' ? (
              <b className={classes.number}>{claim.quantity}</b>
            ) : (
              <Quantity
                key={claim.quantity}
                claim={claim}
                onChange={(quantity) => void resize(claim, quantity)}
              />
            )}
            <span>
              <b>{claim.name}</b> → {claim.place}
              <small>
                {format.span(claim.outAt, claim.backAt)} · {stateOf(claim, t)}
              </small>
            </span>
            {!claim.withdrawn && row.state === 'booked' && (
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={t('lines.remove', { name: claim.name })}
                onClick={() => void want(standing.filter((one) => one !== claim).map(lineOf))}
              >
                <IconTrash size={14} stroke={1.5} aria-hidden="true" />
              </Button>
            )}
          </li>
        ))}
      </ul>
      {row.state === 'booked' && (
        <AddLine row={row} onAdd={(line) => want([...standing.map(lineOf), line])} />
      )}
    </div>
  )
}

function stateOf(claim: ClaimRow, t: ReturnType<typeof useTranslation<'material'>>['t']): string {
  if (claim.withdrawn) return t('lines.withdrawn')
  if (claim.missing > 0) return t('lines.missing', { count: claim.missing })
  if (claim.there > 0) return t('lines.there', { count: claim.there })
  return claim.planned > 0 ? t('lines.planned') : t('lines.back')
}

type QuantityProps = Readonly<{ claim: ClaimRow; onChange: (quantity: number) => void }>

function Quantity({ claim, onChange }: QuantityProps) {
  const { t } = useTranslation('material')
  const [value, setValue] = useState<number | string>(claim.quantity)
  const settle = () => {
    if (typeof value === 'number' && value >= 1 && value !== claim.quantity) onChange(value)
    else setValue(claim.quantity)
  }
  return (
    <NumberInput
      w={64}
      hideControls
      min={1}
      max={5000}
      aria-label={t('lines.quantity', { name: claim.name })}
      value={value}
      onChange={setValue}
      onBlur={settle}
      onKeyDown={(event) => event.key === 'Enter' && settle()}
    />
  )
}

type AddProps = Readonly<{ row: BookingRow; onAdd: (line: Line) => Promise<boolean> }>

function AddLine({ row, onAdd }: AddProps) {
  const { t } = useTranslation('material')
  const format = useFormat()
  const { rows: things } = useQuery('material.things', {})
  const [type, setType] = useState<string | null>(null)
  const [count, setCount] = useState<number | string>('')
  const [nth, setNth] = useState('0')
  const date = row.dates[Number(nth)] ?? row.dates[0]
  const [from, setFrom] = useState('')
  const [until, setUntil] = useState('')
  const [now] = useState(() => Date.now())
  const at = (text: string, otherwise: number) => {
    if (text === '') return otherwise
    const clock = parseClock(text)
    return clock && instantAt(dayOf(otherwise - 1, format.zone), clock, format.zone)
  }
  const outAt = date && at(from, date.start)
  const backAt = date && at(until, date.end)
  const span = outAt && backAt && outAt < backAt ? { start: outAt, end: backAt } : null
  const { rows: free } = useQuery(
    'material.free',
    type && span ? { type, ...span, token: row.token, now } : null,
  )
  if (!things || !date || things.types.length === 0) return null
  const kind = things.types.find((one) => one.id === type)?.kind
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!type || !span || typeof count !== 'number' || count < 1) return
    const resource = kind === 'key' ? null : date.resource
    const line = { claim: freshId(), type, quantity: count, resource }
    if (await onAdd({ ...line, outAt: span.start, backAt: span.end })) setCount('')
  }
  return (
    <form className={classes.add} onSubmit={(event) => void submit(event)}>
      {row.dates.length > 1 && (
        <Select
          allowDeselect={false}
          aria-label={t('lines.date')}
          data={row.dates.map((one, index) => ({
            value: String(index),
            label: `${one.resourceName}, ${format.span(one.start, one.end)}`,
          }))}
          value={nth}
          onChange={(value) => setNth(value ?? '0')}
        />
      )}
      <div className={classes.inline}>
        <Select
          flex={1}
          searchable
          aria-label={t('lines.type')}
          placeholder={t('lines.type')}
          data={things.types.map((one) => ({ value: one.id, label: one.name }))}
          value={type}
          onChange={setType}
        />
        <NumberInput
          w={70}
          min={1}
          max={5000}
          aria-label={t('lines.count')}
          placeholder={t('lines.count')}
          value={count}
          onChange={setCount}
        />
      </div>
      <div className={classes.inline}>
        <TextInput
          w={74}
          aria-label={t('lines.from')}
          placeholder={format.time(date.start)}
          value={from}
          error={from !== '' && !outAt}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        –
        <TextInput
          w={74}
          aria-label={t('lines.until')}
          placeholder={format.timeOrMidnight(date.end)}
          value={until}
          error={until !== '' && (!backAt || !span)}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <Button type="submit">{t('lines.add')}</Button>
      </div>
      {type && free && (
        <p role="status" className={classes.free} data-none={free.free === 0 || undefined}>
          {t('lines.free', { count: free.free })}
          {free.by.length > 0 &&
            ` ${t('lines.others', {
              who: format.list(
                free.by
                  .slice(0, 3)
                  .map((one) => t('lines.has', { count: one.quantity, title: one.title })),
              ),
            })}`}
        </p>
      )}
    </form>
  )
}
