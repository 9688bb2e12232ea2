/** Things: which types and stores there are, and how pieces come (bought, found) and go (written off, lost, used up). */
import { Button, NumberInput, Select, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  ARRIVALS,
  DEPARTURES,
  ITEM_KINDS,
  STORE_TAGS,
} from '../../../core/commands/material-calls.ts'
import type { ThingRows } from '../../../core/queries/material-rows.ts'
import { freshId } from '../../desk/dispatch.ts'
import { useView } from '../../desk/store.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Refused } from '../booking/Refused.tsx'
import classes from './Material.module.css'
import { MaterialPage } from './MaterialPage.tsx'
import { useGive } from './useGive.ts'

type Give = ReturnType<typeof useGive>['give']

export function Things() {
  const { t } = useTranslation('material')
  const format = useFormat()
  const { rows } = useQuery('material.things', {})
  const { give, refusal } = useGive()
  const [chosen, setChosen] = useState('')
  if (!rows) return null
  const type = rows.types.find((one) => one.id === chosen) ?? rows.types[0]
  return (
    <MaterialPage current="things" title={t('things.title')} lead={t('things.lead')}>
      {refusal && <Refused refusal={refusal} />}
      <div className={classes.columns}>
        <section aria-label={t('things.types')}>
          <h2>{t('things.types')}</h2>
          {rows.types.length === 0 && <Empty>{t('things.noTypes')}</Empty>}
          <ul className={classes.list}>
            {rows.types.map((one) => (
              <li key={one.id}>
                <button type="button" aria-pressed={one === type} onClick={() => setChosen(one.id)}>
                  <b>{one.name}</b>
                  <span>{t(`kinds.${one.kind}`)}</span>
                  <span className={classes.number}>{format.number(one.count)}</span>
                </button>
              </li>
            ))}
          </ul>
          <AddNamed
            label={t('things.newType')}
            kinds={ITEM_KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
            onAdd={(name, kind) =>
              give('item-type.add', {
                type: freshId(),
                name,
                kind: kind as (typeof ITEM_KINDS)[number],
              })
            }
          />
          <h2>{t('things.stores')}</h2>
          <ul className={classes.list}>
            {rows.stores.map((one) => (
              <li key={one.id}>
                <span>
                  <b>{one.name}</b>
                  <span>{t(`tags.${one.tag}`)}</span>
                  <span className={classes.number}>{format.number(one.count)}</span>
                </span>
              </li>
            ))}
          </ul>
          <AddNamed
            label={t('things.newStore')}
            kinds={STORE_TAGS.map((tag) => ({ value: tag, label: t(`tags.${tag}`) }))}
            onAdd={(name, tag) =>
              give('store.add', {
                store: freshId(),
                name,
                tag: tag as (typeof STORE_TAGS)[number],
              })
            }
          />
        </section>
        {type && <TypeCard key={type.id} type={type} stores={rows.stores} give={give} />}
      </div>
    </MaterialPage>
  )
}

type AddProps = Readonly<{
  label: string
  kinds: { value: string; label: string }[]
  onAdd: (name: string, kind: string) => Promise<boolean>
}>

function AddNamed({ label, kinds, onAdd }: AddProps) {
  const { t } = useTranslation('material')
  const [name, setName] = useState('')
  const [kind, setKind] = useState(kinds[0]?.value ?? '')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() && (await onAdd(name.trim(), kind))) setName('')
  }
  return (
    <form className={classes.inline} onSubmit={(event) => void submit(event)}>
      <TextInput
        flex={1}
        aria-label={label}
        placeholder={label}
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        w={120}
        allowDeselect={false}
        aria-label={t('things.kind')}
        data={kinds}
        value={kind}
        onChange={(value) => setKind(value ?? kind)}
      />
      <Button type="submit">{t('things.add')}</Button>
    </form>
  )
}

type CardProps = Readonly<{
  type: ThingRows['types'][number]
  stores: ThingRows['stores']
  give: Give
}>

/** More pieces than this are counted and not listed. */
const LISTED = 80

function TypeCard({ type, stores, give }: CardProps) {
  const { t } = useTranslation('material')
  const format = useFormat()
  const { rows: pieces = [] } = useQuery('material.pieces', { type: type.id })
  const places = new Map(pieces.map((piece) => [piece.place, piece.placeName]))
  const kept = stores.map((one) => ({ value: one.id, label: one.name }))
  const found = [...places].map(([value, label]) => ({ value, label }))
  return (
    <section aria-label={type.name}>
      <h2>{type.name}</h2>
      <PieceForm
        label={t('things.come')}
        ways={ARRIVALS.map((why) => ({ value: why, label: t(`why.${why}`) }))}
        places={kept}
        codes
        onGive={(why, place, count, codes) =>
          give('piece.arrive', {
            type: type.id,
            store: place,
            count,
            codes,
            items: [],
            at: Date.now(),
            why: why as (typeof ARRIVALS)[number],
          })
        }
      />
      {found.length > 0 && (
        <PieceForm
          label={t('things.go')}
          ways={DEPARTURES.map((why) => ({ value: why, label: t(`why.${why}`) }))}
          places={found}
          onGive={(why, place, count) =>
            give('piece.depart', {
              type: type.id,
              place,
              count,
              items: [],
              at: Date.now(),
              why: why as (typeof DEPARTURES)[number],
            })
          }
        />
      )}
      <ul className={classes.pieces} aria-label={t('things.pieces')}>
        {pieces.slice(0, LISTED).map((piece, at) => (
          <li key={piece.item}>
            <button
              type="button"
              onClick={() => useView.getState().go(`material/item/${piece.item}`)}
            >
              {piece.code ?? t('things.nth', { number: at + 1 })} · {piece.placeName}
            </button>
          </li>
        ))}
        {pieces.length > LISTED && (
          <li>{t('things.more', { number: format.number(pieces.length - LISTED) })}</li>
        )}
      </ul>
    </section>
  )
}

type PieceFormProps = Readonly<{
  label: string
  ways: { value: string; label: string }[]
  places: { value: string; label: string }[]
  codes?: boolean
  onGive: (why: string, place: string, count: number, codes: string[]) => Promise<boolean>
}>

function PieceForm({ label, ways, places, codes = false, onGive }: PieceFormProps) {
  const { t } = useTranslation('material')
  const [why, setWhy] = useState(ways[0]?.value ?? '')
  const [place, setPlace] = useState<string | null>(null)
  const [count, setCount] = useState<number | string>(1)
  const [text, setText] = useState('')
  const where = place ?? places[0]?.value
  const named = text.split(/[\s,;]+/).filter(Boolean)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const wanted = named.length || count
    if (!where || typeof wanted !== 'number' || wanted < 1) return
    if (await onGive(why, where, wanted, named)) setText('')
  }
  return (
    <form className={classes.inline} aria-label={label} onSubmit={(event) => void submit(event)}>
      <Select
        w={130}
        allowDeselect={false}
        aria-label={label}
        data={ways}
        value={why}
        onChange={(value) => setWhy(value ?? why)}
      />
      <NumberInput
        w={80}
        aria-label={t('things.count')}
        min={1}
        max={5000}
        disabled={named.length > 0}
        value={named.length || count}
        onChange={setCount}
      />
      <Select
        w={170}
        allowDeselect={false}
        aria-label={t('things.place')}
        data={places}
        value={where ?? null}
        onChange={setPlace}
      />
      {codes && (
        <TextInput
          flex={1}
          aria-label={t('things.codes')}
          placeholder={t('things.codes')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <Button type="submit">{t('things.enter')}</Button>
    </form>
  )
}
