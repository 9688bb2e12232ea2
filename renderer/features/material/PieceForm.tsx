/** PieceForm: so many pieces come or go, from where or to where, and why. */
import { Button, NumberInput, Select, TextInput } from '@mantine/core'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Things.module.css'

type Props<W extends string> = Readonly<{
  label: string
  ways: readonly Readonly<{ value: W; label: string }>[]
  places: readonly Readonly<{ value: string; label: string }>[]
  /** Numbers that are written on the pieces can be given. */
  codes?: boolean
  onGive: (why: W, place: string, count: number, codes: string[]) => Promise<boolean>
}>

export function PieceForm<W extends string>(props: Props<W>) {
  const { label, ways, places, codes = false, onGive } = props
  const { t } = useTranslation('material')
  const id = useId()
  const [why, setWhy] = useState<W | undefined>(ways[0]?.value)
  const [place, setPlace] = useState<string | null>(null)
  const [count, setCount] = useState<number | string>(1)
  const [text, setText] = useState('')
  const where = places.some((one) => one.value === place) ? place : places[0]?.value
  const named = text.split(/[\s,;]+/).filter(Boolean)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const wanted = named.length || count
    if (!where || !why || typeof wanted !== 'number' || wanted < 1) return
    if (await onGive(why, where, wanted, named)) setText('')
  }
  return (
    <form className={classes.inline} onSubmit={(event) => void submit(event)}>
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        w={130}
        allowDeselect={false}
        data={[...ways]}
        value={why ?? null}
        onChange={(value) => setWhy(ways.find((one) => one.value === value)?.value ?? why)}
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
        data={[...places]}
        value={where ?? null}
        onChange={setPlace}
      />
      {codes && (
        <TextInput
          flex={1}
          miw={120}
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
