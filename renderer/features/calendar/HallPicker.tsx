// biome-ignore-all lint/a11y/useSemanticElements: rows of small controls that arrows walk through
// biome-ignore-all lint/a11y/useFocusableInteractive: the controls inside the cells are what is focused
/**
 * HallPicker: which halls the calendar shows: all, a group, one, any number of them, or a set saved under a name.
 *
 * Promises everything by keyboard: `H` opens, typing finds, arrows walk, Enter shows only this, Space adds or takes away;
 * to the right of a saved set stand its renaming and its removal. What is chosen is shown at once behind the list.
 */
import { Button, Popover, TextInput } from '@mantine/core'
import { IconChevronDown, IconPencil, IconTrash } from '@tabler/icons-react'
import { type KeyboardEvent, memo, useRef, useState } from 'react'
import type { HallSet } from '../../../core/contract.ts'
import { MOST_HALL_SETS } from '../../../core/domain/desk-view.ts'
import type { Uuid } from '../../../core/domain/time.ts'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import { toastWith } from '../../app/toast.tsx'
import { changePreferences, usePreferences } from '../../desk/usePreferences.ts'
import styles from './HallPicker.module.css'
import { type Choice, choicesFor } from './hallChoices.ts'
import { removed, renamed, saved, setOf } from './hallSets.ts'
import type { Words } from './words.ts'

interface HallPickerProps {
  resources: readonly ResourceRow[]
  /** Their ids with commas between; empty: all. */
  halls: string
  words: Words
  open: boolean
  onOpen(open: boolean): void
  onHalls(halls: readonly Uuid[]): void
}

const NO_SETS: readonly HallSet[] = []

// A turn of the page must not draw it again.
export const HallPicker = memo(function HallPicker(props: HallPickerProps) {
  const { resources, words, open, onOpen } = props
  const halls = props.halls === '' ? [] : props.halls.split(',')
  const sets = usePreferences().preferences?.hallSets ?? NO_SETS
  return (
    <Popover
      opened={open}
      onChange={onOpen}
      position="bottom-end"
      shadow="md"
      trapFocus
      returnFocus
      withinPortal
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <button
          type="button"
          className={styles.target}
          data-some={halls.length > 0 || undefined}
          aria-label={`${words.t('halls.label')}: ${titleOf(halls, sets, resources, words)}`}
          aria-keyshortcuts="h"
          aria-haspopup="dialog"
          title={`${words.t('halls.label')} (H)`}
          onClick={() => onOpen(!open)}
        >
          <span>{titleOf(halls, sets, resources, words)}</span>
          <IconChevronDown size={14} stroke={1.5} aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown} aria-label={words.t('halls.label')}>
        <Choices {...props} chosen={halls} sets={sets} onClose={() => onOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  )
})

function titleOf(
  halls: readonly Uuid[],
  sets: readonly HallSet[],
  resources: readonly ResourceRow[],
  words: Words,
): string {
  if (halls.length === 0) return words.t('allHalls')
  const set = setOf(halls, sets, resources)
  if (set) return set.name
  // Not read yet: no count is better than a wrong one.
  if (resources.length === 0) return ''
  const known = resources.filter((each) => halls.includes(each.id))
  const [only] = known
  if (only && known.length === 1) return only.name
  const group = known.every((each) => each.group === only?.group) ? (only?.group ?? '') : ''
  const whole = group && resources.every((each) => each.group !== group || known.includes(each))
  return whole ? group : words.t('halls.some', { count: known.length })
}

type ChoicesProps = HallPickerProps &
  Readonly<{ chosen: readonly Uuid[]; sets: readonly HallSet[]; onClose(): void }>

function Choices(props: ChoicesProps) {
  const { resources, words, chosen, sets, onHalls, onClose } = props
  const { t } = words
  const [text, setText] = useState('')
  const [renaming, setRenaming] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const choices = choicesFor(text, resources, sets, words)
  const isChosen = ({ halls }: Choice) =>
    halls.length === 0
      ? chosen.length === 0
      : chosen.length > 0 && halls.every((id) => chosen.includes(id))

  const only = (choice: Choice | undefined) => {
    if (!choice) return
    onHalls(choice.halls)
    onClose()
  }
  const toggle = (choice: Choice) => {
    if (choice.halls.length === 0) return onHalls([])
    const rest = chosen.filter((id) => !choice.halls.includes(id))
    const next = isChosen(choice) ? rest : [...chosen, ...choice.halls]
    // In the order of the list, so that the same halls are the same address.
    onHalls(resources.map((each) => each.id).filter((id) => next.includes(id)))
  }
  const remove = (name: string) => {
    changePreferences({ hallSets: [...removed(sets, name)] })
    toastWith(t('halls.removed', { name }), {
      label: t('halls.back'),
      run: () => changePreferences({ hallSets: [...sets] }),
    })
    list.current?.querySelector('button')?.focus()
  }

  /** The controls of a row, in the order of the arrows. */
  const controlsOf = (row: Element | undefined) => [
    ...(row?.querySelectorAll<HTMLElement>('button') ?? []),
  ]
  const onKeyDown = (event: KeyboardEvent) => {
    const rows = [...(list.current?.querySelectorAll('[role="row"]') ?? [])]
    const at = document.activeElement as HTMLElement
    const row = rows.findIndex((each) => each.contains(at))
    if (row < 0 || at instanceof HTMLInputElement) return
    const controls = controlsOf(rows[row])
    const column = controls.indexOf(at)
    const inRow = (index: number) => {
      const next = controlsOf(rows[index])
      return next[Math.min(column, next.length - 1)]
    }
    const choice = choices[row]
    const to = {
      ArrowDown: () => inRow(row + 1),
      ArrowUp: () => (row === 0 ? searchField() : inRow(row - 1)),
      ArrowRight: () => controls[column + 1],
      ArrowLeft: () => controls[column - 1],
      Home: () => inRow(0),
      End: () => inRow(rows.length - 1),
    }[event.key]
    if (to) to()?.focus()
    // On the name Space adds it, as on the box before it; on the small buttons it presses them.
    else if (event.key === ' ' && column < 2 && choice) toggle(choice)
    else if (event.key === 'F2' && choice?.set) setRenaming(choice.set)
    else if (event.key === 'Delete' && choice?.set) remove(choice.set)
    else return
    event.preventDefault()
  }

  return (
    <>
      <TextInput
        data-autofocus
        data-hall-search
        aria-label={t('halls.search')}
        placeholder={t('halls.search')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') only(choices[0])
          else if (event.key === 'ArrowDown') controlsOf(rowOf(list.current, 0))[1]?.focus()
          else return
          event.preventDefault()
        }}
      />
      <div
        ref={list}
        role="grid"
        tabIndex={-1}
        aria-label={t('halls.label')}
        className={styles.list}
        onKeyDown={onKeyDown}
      >
        {choices.map((choice, index) => (
          <div key={choice.key} role="row" className={styles.row} data-depth={choice.depth}>
            {choice.set !== undefined && renaming === choice.set ? (
              <Rename
                name={choice.set}
                sets={sets}
                words={words}
                onDone={() => {
                  setRenaming(null)
                  requestAnimationFrame(() => controlsOf(rowOf(list.current, index))[1]?.focus())
                }}
              />
            ) : (
              <Row
                choice={choice}
                isFirst={index === 0}
                isChosen={isChosen(choice)}
                words={words}
                onOnly={() => only(choice)}
                onToggle={() => toggle(choice)}
                onRename={() => setRenaming(choice.set ?? null)}
                onRemove={() => remove(choice.set ?? '')}
              />
            )}
          </div>
        ))}
      </div>
      {choices.length === 0 && (
        <p className={styles.none} role="status">
          {t('halls.none')}
        </p>
      )}
      {chosen.length > 1 && !setOf(chosen, sets, resources) ? (
        <Save chosen={chosen} sets={sets} words={words} />
      ) : (
        <p className={styles.hint}>{t('halls.hint')}</p>
      )}
    </>
  )
}

function searchField(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-hall-search]')
}

function rowOf(list: Element | null, index: number): Element | undefined {
  return list?.querySelectorAll('[role="row"]')[index]
}

interface RowProps {
  choice: Choice
  isFirst: boolean
  isChosen: boolean
  words: Words
  onOnly(): void
  onToggle(): void
  onRename(): void
  onRemove(): void
}

function Row({ choice, isFirst, isChosen, words, ...on }: RowProps) {
  const { t } = words
  const { name, set } = choice
  return (
    <>
      <span role="gridcell">
        <button
          type="button"
          role="checkbox"
          tabIndex={-1}
          className={styles.box}
          aria-checked={isChosen}
          aria-label={t('halls.toggle', { hall: name })}
          onClick={on.onToggle}
        >
          {isChosen ? '✓' : ''}
        </button>
      </span>
      <span role="gridcell" className={styles.cell}>
        <button
          type="button"
          tabIndex={isFirst ? 0 : -1}
          className={styles.name}
          data-kind={choice.kind}
          onClick={on.onOnly}
        >
          {name}
          {choice.count !== undefined && <small>{choice.count}</small>}
        </button>
      </span>
      {set !== undefined && (
        <>
          <span role="gridcell">
            <button
              type="button"
              tabIndex={-1}
              className={styles.icon}
              aria-label={t('halls.rename', { name })}
              title={`${t('halls.rename', { name })} (F2)`}
              onClick={on.onRename}
            >
              <IconPencil size={14} stroke={1.5} aria-hidden="true" />
            </button>
          </span>
          <span role="gridcell">
            <button
              type="button"
              tabIndex={-1}
              className={styles.icon}
              aria-label={t('halls.remove', { name })}
              title={`${t('halls.remove', { name })} (Del)`}
              onClick={on.onRemove}
            >
              <IconTrash size={14} stroke={1.5} aria-hidden="true" />
            </button>
          </span>
        </>
      )}
    </>
  )
}

interface RenameProps {
  name: string
  sets: readonly HallSet[]
  words: Words
  onDone(): void
}

function Rename({ name, sets, words, onDone }: RenameProps) {
  const [text, setText] = useState(name)
  const [wrong, setWrong] = useState('')
  const keep = () => {
    if (text.trim() === '') return setWrong(words.t('halls.empty'))
    const next = renamed(sets, name, text)
    if ('taken' in next) return setWrong(words.t('halls.taken', { name: next.taken }))
    changePreferences({ hallSets: [...next.sets] })
    onDone()
  }
  return (
    <span role="gridcell" className={styles.cell}>
      <TextInput
        autoFocus
        maxLength={60}
        aria-label={words.t('halls.rename', { name })}
        value={text}
        error={wrong}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keep()
          else if (event.key === 'Escape') onDone()
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
    </span>
  )
}

interface SaveProps {
  chosen: readonly Uuid[]
  sets: readonly HallSet[]
  words: Words
}

/** Several halls that have no name together yet. */
function Save({ chosen, sets, words }: SaveProps) {
  const { t } = words
  const [name, setName] = useState('')
  const [wrong, setWrong] = useState('')
  const save = () => {
    const next = saved(sets, name, chosen)
    if (name.trim() === '') return setWrong(t('halls.empty'))
    if (next.length > MOST_HALL_SETS) return setWrong(t('halls.most', { most: MOST_HALL_SETS }))
    changePreferences({ hallSets: [...next] })
    toastWith(t('halls.saved', { name: name.trim() }))
    // This form is gone now, and the focus with it.
    searchField()?.focus()
  }
  return (
    <form
      className={styles.save}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <TextInput
        maxLength={60}
        aria-label={t('halls.name')}
        placeholder={t('halls.name')}
        value={name}
        error={wrong}
        onChange={(event) => {
          setName(event.currentTarget.value)
          setWrong('')
        }}
      />
      <Button type="submit">{t('halls.save')}</Button>
    </form>
  )
}
