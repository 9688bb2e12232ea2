/**
 * AboutPicker: of which hall, person or booking the history is to tell: halls by name at once, the others as soon as two
 * letters or digits are typed.
 */
import { Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import { useNow } from '../../desk/useNow.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { matches } from '../../format/matches.ts'

export type About = Readonly<{ id: string; label: string }>

/** One letter would find half the village. */
const SEARCHES_FROM = 2
const MOST = 6

type Props = Readonly<{
  halls: readonly ResourceRow[]
  about: About | null
  onChange: (about: About | null) => void
}>

export function AboutPicker({ halls, about, onChange }: Props) {
  const { t } = useTranslation('history')
  const now = useNow()
  const [typed, setTyped] = useState('')
  const text = typed === about?.label ? '' : typed.trim()
  const { rows } = useQuery(
    'search.all',
    text.length >= SEARCHES_FROM ? { text, now, most: MOST } : null,
  )
  const found = {
    halls: halls
      .filter((hall) => text === '' || matches(text, hall.name))
      .map(({ id, name }) => ({ value: id, label: name })),
    people: (rows?.people ?? []).map(({ id, name, organisation }) => ({
      value: id,
      label: organisation ? `${organisation}, ${name}` : name,
    })),
    bookings: (rows?.bookings ?? []).map(({ token, number, title }) => ({
      value: token,
      label: `${title} (${number})`,
    })),
  }
  const groups = (['halls', 'people', 'bookings'] as const)
    .map((group) => ({ group: t(`about.${group}`), items: found[group] }))
    .filter(({ items }) => items.length > 0)
  const all = groups.flatMap(({ items }) => items)
  // The chosen one keeps its name while something else is typed.
  const kept = about && !all.some((each) => each.value === about.id)
  return (
    <Select
      aria-label={t('about.label')}
      placeholder={t('about.placeholder')}
      w={230}
      searchable
      clearable
      selectFirstOptionOnChange
      nothingFoundMessage={t('about.none')}
      data={kept ? [{ value: about.id, label: about.label }, ...groups] : groups}
      filter={({ options }) => options}
      value={about?.id ?? null}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(_, option) => onChange(option ? { id: option.value, label: option.label } : null)}
    />
  )
}
