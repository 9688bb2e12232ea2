/** SetCard: what belongs to a set of a type, packing one where its parts are, and taking one apart again. */
import { Button, Checkbox, NumberInput, Select } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PieceRow, ThingRows, ThingType } from '../../../core/queries/material-rows.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './Things.module.css'
import type { useGive } from './useGive.ts'

type Part = Readonly<{ type: string; quantity: number }>
type Props = Readonly<{
  type: ThingType
  things: ThingRows
  pieces: readonly PieceRow[]
  give: ReturnType<typeof useGive>['give']
}>

export function SetCard({ type, things, pieces, give }: Props) {
  const { t } = useTranslation('material')
  const format = useFormat()
  const [isEditing, setEditing] = useState(false)
  if (isEditing) {
    return (
      <SetEditor
        type={type}
        things={things}
        onClose={() => setEditing(false)}
        onGive={async (contents, extra) => {
          if (await give('item-type.compose', { type: type.id, contents, extra })) setEditing(false)
        }}
      />
    )
  }
  if (type.contents.length === 0) {
    return <Button onClick={() => setEditing(true)}>{t('set.make')}</Button>
  }
  const packed = pieces.filter((piece) => piece.inside.length > 0)
  const listed = (parts: readonly Readonly<{ name: string; quantity: number }>[]) =>
    format.list(parts.map((part) => t('set.part', part)))
  return (
    <section className={classes.set} aria-label={t('set.title')}>
      <div className={classes.title}>
        <p>
          <b>{t('set.title')}:</b> {listed(type.contents)}
          {type.extra && ` ${t('set.andMore')}`}
        </p>
        <Button onClick={() => setEditing(true)}>{t('set.edit')}</Button>
      </div>
      <PackForm type={type} things={things} give={give} />
      {packed.length > 0 && (
        <ul aria-label={t('set.packed')}>
          {packed.map((piece, at) => (
            <li key={piece.item}>
              <span>
                {type.name} {piece.code ?? at + 1}, {piece.placeName}: {listed(piece.inside)}
              </span>
              <Button
                size="compact-xs"
                onClick={() => void give('set.unpack', { items: [piece.item], at: Date.now() })}
              >
                {t('set.unpack')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

type PackProps = Readonly<Pick<Props, 'type' | 'things' | 'give'>>

function PackForm({ type, things, give }: PackProps) {
  const { t } = useTranslation('material')
  const [count, setCount] = useState<number | string>(1)
  const [place, setPlace] = useState<string | null>(null)
  const [more, setMore] = useState<string | null>(null)
  const where = place ?? things.stores[0]?.id
  if (!where) return null
  return (
    <form
      className={classes.inline}
      onSubmit={(event) => {
        event.preventDefault()
        if (typeof count !== 'number' || count < 1) return
        const extra = more === null ? [] : [{ type: more, quantity: 1 }]
        void give('set.pack', { type: type.id, place: where, count, extra, at: Date.now() })
      }}
    >
      <NumberInput
        w={80}
        aria-label={t('set.count')}
        min={1}
        max={100}
        value={count}
        onChange={setCount}
      />
      <Select
        w={170}
        allowDeselect={false}
        aria-label={t('things.place')}
        data={things.stores.map((one) => ({ value: one.id, label: one.name }))}
        value={where}
        onChange={setPlace}
      />
      {type.extra && (
        <Select
          w={170}
          clearable
          aria-label={t('set.also')}
          placeholder={t('set.also')}
          data={things.types
            .filter((one) => one.id !== type.id)
            .map((one) => ({ value: one.id, label: one.name }))}
          value={more}
          onChange={setMore}
        />
      )}
      <Button type="submit">{t('set.pack')}</Button>
    </form>
  )
}

type EditorProps = Readonly<{
  type: ThingType
  things: ThingRows
  onClose: () => void
  onGive: (contents: Part[], extra: boolean) => void
}>

function SetEditor({ type, things, onClose, onGive }: EditorProps) {
  const { t } = useTranslation('material')
  const { t: app } = useTranslation()
  const [parts, setParts] = useState<readonly Part[]>(
    type.contents.map((part) => ({ type: part.type, quantity: part.quantity })),
  )
  const [extra, setExtra] = useState(type.extra)
  const others = things.types.filter((one) => one.id !== type.id)
  const names = new Map(others.map((one) => [one.id, one.name]))
  const left = others.filter((one) => !parts.some((part) => part.type === one.id))
  const resize = (id: string, quantity: number | string) =>
    setParts(
      parts.map((part) =>
        part.type === id && typeof quantity === 'number' ? { ...part, quantity } : part,
      ),
    )
  return (
    <form
      className={classes.set}
      aria-label={t('set.title')}
      onSubmit={(event) => {
        event.preventDefault()
        onGive([...parts], extra)
      }}
    >
      <p>{t('set.lead', { name: type.name })}</p>
      <ul>
        {parts.map((part) => (
          <li key={part.type}>
            <NumberInput
              w={72}
              min={1}
              max={500}
              aria-label={t('set.quantity', { name: names.get(part.type) })}
              value={part.quantity}
              onChange={(value) => resize(part.type, value)}
            />
            {names.get(part.type)}
            <Button
              size="compact-xs"
              variant="subtle"
              aria-label={t('set.without', { name: names.get(part.type) })}
              onClick={() => setParts(parts.filter((one) => one !== part))}
            >
              <IconTrash size={14} stroke={1.5} aria-hidden="true" />
            </Button>
          </li>
        ))}
      </ul>
      <div className={classes.inline}>
        <Select
          w={220}
          searchable
          aria-label={t('set.add')}
          placeholder={t('set.add')}
          data={left.map((one) => ({ value: one.id, label: one.name }))}
          value={null}
          onChange={(value) => value && setParts([...parts, { type: value, quantity: 1 }])}
        />
        <Checkbox
          label={t('set.extra')}
          checked={extra}
          onChange={(event) => setExtra(event.currentTarget.checked)}
        />
      </div>
      <div className={classes.inline}>
        <Button type="submit" variant="filled">
          {t('things.save')}
        </Button>
        <Button onClick={onClose}>{app('close')}</Button>
      </div>
    </form>
  )
}
