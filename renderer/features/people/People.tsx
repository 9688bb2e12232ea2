/**
 * People: persons and organisations, found by a few letters or the last digits, each with a card.
 *
 * The field has the focus as soon as the screen is shown, since a caller says a name or a number. Which card is shown
 * stands in the route, so that a booking leads here and back.
 */

import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch, IconUserPlus } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { startOfDay } from '../../../core/domain/time.ts'
import type { QueryArgs } from '../../../core/queries/rows.ts'
import { freshId } from '../../desk/dispatch.ts'
import { sectionOf } from '../../desk/route.ts'
import { useView } from '../../desk/store.ts'
import { useToday } from '../../desk/useNow.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Empty } from '../../ui/Empty.tsx'
import classes from './People.module.css'
import { PeopleList } from './PeopleList.tsx'
import { Person } from './Person.tsx'
import { blankCard, PersonForm } from './PersonForm.tsx'

type Kind = QueryArgs<'person.list'>['kind']
const KINDS: readonly Kind[] = ['all', 'person', 'organisation']
/** A fast typist asks once a word. */
const PAUSE_MS = 60
/** As many as anybody scrolls through; more are found by another letter. */
const LISTED = 200

export function People() {
  const { t } = useTranslation('people')
  const format = useFormat()
  const route = useView((view) => view.route)
  const go = useView((view) => view.go)
  const chosen = sectionOf(route)
  const [text, setText] = useState('')
  const [kind, setKind] = useState<Kind>('all')
  const [asked] = useDebouncedValue(text, PAUSE_MS)
  const [added, setAdded] = useState(freshId)
  const screen = useRef<HTMLElement>(null)
  const search = useRef<HTMLInputElement>(null)
  // The start of the day and not the moment: the question stays the same all day.
  const now = startOfDay(useToday(format.zone), format.zone)
  const { rows: found } = useQuery('person.list', { text: asked, kind, now, limit: LISTED })

  useEffect(() => {
    if (!chosen) search.current?.focus()
  }, [chosen])

  const toList = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return
    event.preventDefault()
    screen.current?.querySelector<HTMLElement>('[data-person][tabindex="0"]')?.focus()
  }
  const add = () => {
    setAdded(freshId())
    go('people/new')
  }

  return (
    <section className={classes.people} aria-label={t('title')} ref={screen}>
      <div className={classes.side}>
        <header className={classes.head}>
          <h1>{t('title')}</h1>
          <Button leftSection={<IconUserPlus size={15} stroke={1.75} />} onClick={add}>
            {t('add')}
          </Button>
        </header>
        <TextInput
          ref={search}
          data-people-search
          aria-label={t('search')}
          placeholder={t('searchPlaceholder')}
          leftSection={<IconSearch size={15} stroke={1.5} />}
          value={text}
          onKeyDown={toList}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={t('kindLabel')}
          value={kind}
          onChange={(value) => setKind(value as Kind)}
          data={KINDS.map((each) => ({ value: each, label: t(`kind.${each}`) }))}
        />
        <p className={classes.count} role="status">
          {found && t('count', { count: found.of })}
          {found &&
            found.of > found.rows.length &&
            ` · ${t('shown', { count: found.rows.length })}`}
        </p>
        {found?.rows.length === 0 ? (
          <Empty>{text ? t('nothingFound', { text }) : t('empty')}</Empty>
        ) : (
          <PeopleList rows={found?.rows ?? []} chosen={chosen} />
        )}
      </div>
      <div className={classes.main}>
        {chosen === 'new' ? (
          <PersonForm
            key={added}
            person={added}
            card={blankCard}
            isNew
            onDone={(id) => go(id ? `people/${id}` : 'people')}
          />
        ) : chosen ? (
          <Person key={chosen} id={chosen} />
        ) : (
          <Empty>{t('choose')}</Empty>
        )}
      </div>
    </section>
  )
}
