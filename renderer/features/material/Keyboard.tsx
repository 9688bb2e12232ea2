/** Keyboard: every key, who has it and until when; overdue ones first. Handed out and taken back across the counter. */
import { Button, TextInput } from '@mantine/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PieceRow } from '../../../core/queries/material-rows.ts'
import { useView } from '../../desk/store.ts'
import { useNow } from '../../desk/useNow.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Refused } from '../booking/Refused.tsx'
import { KeyRow } from './KeyRow.tsx'
import classes from './Material.module.css'
import { MaterialPage } from './MaterialPage.tsx'
import { useGive } from './useGive.ts'

const isOverdue = (row: PieceRow, now: number) =>
  row.tag === null && row.next !== null && row.next.at < now

/** Every word is found in what the key is called, in its number, or in who has it. */
function fits({ name, code, placeName }: PieceRow, words: readonly string[], language: string) {
  const text = `${name} ${code ?? ''} ${placeName}`.toLocaleLowerCase(language)
  return words.every((word) => text.includes(word))
}

export function Keyboard() {
  const { t } = useTranslation('material')
  const format = useFormat()
  const now = useNow()
  const { rows } = useQuery('material.pieces', { type: null })
  const [sought, setSought] = useState('')
  const [giving, setGiving] = useState('')
  const [stop, setStop] = useState('')
  const { give, refusal, forget } = useGive()
  const list = useRef<HTMLTableElement>(null)
  if (!rows) return null
  const rank = (row: PieceRow) => (isOverdue(row, now) ? 0 : row.tag === null ? 1 : 2)
  const words = sought.toLocaleLowerCase(format.language).split(/\s+/).filter(Boolean)
  const sorted = rows
    .filter((row) => fits(row, words, format.language))
    .sort((one, other) => rank(one) - rank(other))
  const overdue = rows.filter((row) => isOverdue(row, now)).length
  const groups = (['out', 'in'] as const).map((group) => ({
    group,
    rows: sorted.filter((row) => (row.tag === null) === (group === 'out')),
  }))
  const current = sorted.some((row) => row.item === stop) ? stop : sorted[0]?.item

  const act = (row: PieceRow) => {
    forget()
    if (row.tag === null)
      void give('key.take-back', { item: row.item, at: Date.now() }, { about: row.item })
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
    <MaterialPage
      current="keys"
      title={t('keys.title')}
      lead={t('keys.lead', { count: overdue })}
      actions={
        rows.length > 0 && (
          <TextInput
            w={240}
            type="search"
            aria-label={t('keys.find')}
            placeholder={t('keys.find')}
            value={sought}
            onChange={(event) => setSought(event.currentTarget.value)}
          />
        )
      }
    >
      {refusal && <Refused refusal={refusal} />}
      {rows.length > 0 && sorted.length === 0 ? (
        <Empty>{t('keys.noneFound', { text: sought })}</Empty>
      ) : sorted.length === 0 ? (
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
        <table className={classes.table} aria-label={t('keys.title')} ref={list}>
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
          {groups.map(({ group, rows: own }) =>
            own.length === 0 ? null : (
              <tbody key={group}>
                <tr className={classes.heading}>
                  <th colSpan={5} scope="rowgroup">
                    {t(`keys.${group}`, { count: own.length })}
                  </th>
                </tr>
                {own.map((row) => (
                  <KeyRow
                    key={row.item}
                    row={row}
                    isOverdue={isOverdue(row, now)}
                    isStop={row.item === current}
                    isGiving={giving === row.item}
                    onStop={() => setStop(row.item)}
                    onKeyDown={(event) => onKeyDown(event, sorted.indexOf(row))}
                    onAct={() => act(row)}
                    onGive={async (person, until) => {
                      const args = { item: row.item, person, at: Date.now(), until }
                      if (await give('key.hand-out', args, { about: row.item })) setGiving('')
                    }}
                  />
                ))}
              </tbody>
            ),
          )}
        </table>
      )}
    </MaterialPage>
  )
}
