/** Keyboard: every key, who has it and until when; overdue ones first. Handed out and taken back across the counter. */
import { Button, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays, instantAt } from '../../../core/domain/time.ts'
import type { PieceRow } from '../../../core/queries/material-rows.ts'
import { useView } from '../../desk/store.ts'
import { useNow, useToday } from '../../desk/useNow.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { parseDay } from '../../format/dayInput.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Refused } from '../booking/Refused.tsx'
import classes from './Material.module.css'
import { MaterialPage } from './MaterialPage.tsx'
import { useGive } from './useGive.ts'

const isOverdue = (row: PieceRow, now: number) =>
  row.tag === null && row.next !== null && row.next.at < now

export function Keyboard() {
  const { t } = useTranslation('material')
  const format = useFormat()
  const now = useNow()
  const { rows } = useQuery('material.pieces', { type: null })
  const [giving, setGiving] = useState('')
  const [stop, setStop] = useState('')
  const { give, refusal, forget } = useGive()
  const list = useRef<HTMLTableSectionElement>(null)
  if (!rows) return null
  const rank = (row: PieceRow) => (isOverdue(row, now) ? 0 : row.tag === null ? 1 : 2)
  const sorted = [...rows].sort((one, other) => rank(one) - rank(other))
  const overdue = sorted.filter((row) => isOverdue(row, now)).length
  const current = sorted.some((row) => row.item === stop) ? stop : sorted[0]?.item

  const act = (row: PieceRow) => {
    forget()
    if (row.tag === null) void give('key.take-back', { item: row.item, at: Date.now() })
    else setGiving(giving === row.item ? '' : row.item)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>, at: number) => {
    if (event.target !== event.currentTarget) return
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: sorted.length - 1 }[event.key]
    const row = sorted[at]
    if (to !== undefined) {
      const next = sorted[Math.max(0, Math.min(to, sorted.length - 1))]
      list.current?.querySelector<HTMLElement>(`[data-key="${next?.item}"]`)?.focus()
    } else if (event.key === 'Enter' && row) act(row)
    else if (event.key === 'l' && row) useView.getState().go(`material/item/${row.item}`)
    else return
    event.preventDefault()
  }

  return (
    <MaterialPage current="keys" title={t('keys.title')} lead={t('keys.lead', { count: overdue })}>
      {refusal && <Refused refusal={refusal} />}
      {sorted.length === 0 ? (
        <Empty
          action={
            <Button onClick={() => useView.getState().go('material/things')}>
              {t('day.toThings')}
            </Button>
          }
        >
          {t('keys.empty')}
        </Empty>
      ) : (
        <table className={classes.table} aria-label={t('keys.title')}>
          <thead>
            <tr>
              <th scope="col">{t('keys.key')}</th>
              <th scope="col">{t('keys.where')}</th>
              <th scope="col">{t('keys.since')}</th>
              <th scope="col">{t('keys.due')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('keys.act')}</span>
              </th>
            </tr>
          </thead>
          <tbody ref={list}>
            {sorted.map((row, at) => (
              <tr
                key={row.item}
                data-key={row.item}
                data-late={isOverdue(row, now) || undefined}
                tabIndex={row.item === current ? 0 : -1}
                onFocus={() => setStop(row.item)}
                onKeyDown={(event) => onKeyDown(event, at)}
              >
                <th scope="row">
                  {row.name} {row.code}
                </th>
                <td>
                  {row.tag === null ? <b>{row.placeName}</b> : row.placeName}
                  {row.title && <small> {row.title}</small>}
                </td>
                <td>{row.tag === null ? format.moment(row.since) : ''}</td>
                <td className={classes.due}>
                  {row.tag === null && row.next
                    ? isOverdue(row, now)
                      ? t('keys.overdue', { when: format.moment(row.next.at) })
                      : format.moment(row.next.at)
                    : ''}
                </td>
                <td>
                  <div className={classes.rowActs}>
                    <Button
                      size="compact-xs"
                      aria-expanded={row.tag === null ? undefined : giving === row.item}
                      onClick={() => act(row)}
                    >
                      {t(row.tag === null ? 'keys.takeBack' : 'keys.handOut')}
                    </Button>
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      onClick={() => useView.getState().go(`material/item/${row.item}`)}
                    >
                      {t('keys.life')}
                    </Button>
                    {giving === row.item && (
                      <HandOut
                        onGive={async (person, until) => {
                          const at = Date.now()
                          const args = { item: row.item, person, at, until }
                          if (await give('key.hand-out', args)) setGiving('')
                        }}
                      />
                    )}
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </MaterialPage>
  )
}

/** A fast typist asks once a word. */
const PAUSE_MS = 60
/** Keys come back in the evening. */
const BACK_AT = '18:00'

function HandOut({ onGive }: { onGive: (person: string, until: number) => void }) {
  const { t } = useTranslation('material')
  const format = useFormat()
  const today = useToday(format.zone)
  const [person, setPerson] = useState<string | null>(null)
  const [text, setText] = useState('')
  const [until, setUntil] = useState('')
  const [asked] = useDebouncedValue(text.trim(), PAUSE_MS)
  const { rows: found = [] } = useQuery('person.find', asked.length > 1 ? { text: asked } : null)
  const day = until === '' ? addDays(today, 7) : parseDay(until, today)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (person && day) onGive(person, instantAt(day, BACK_AT, format.zone))
  }
  return (
    <form className={classes.inline} onSubmit={submit}>
      <Select
        autoFocus
        searchable
        w={220}
        aria-label={t('keys.who')}
        placeholder={t('keys.who')}
        nothingFoundMessage={text.length > 1 ? t('keys.nobody') : undefined}
        data={found.map((one) => ({
          value: one.id,
          label: one.organisation ? `${one.organisation}, ${one.name}` : one.name,
        }))}
        filter={({ options }) => options}
        value={person}
        onChange={setPerson}
        onSearchChange={setText}
      />
      <TextInput
        w={130}
        aria-label={t('keys.until')}
        placeholder={format.dayShort(addDays(today, 7))}
        value={until}
        error={day === null}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <Button type="submit" variant="filled" disabled={!person || !day}>
        {t('keys.handOut')}
      </Button>
    </form>
  )
}
