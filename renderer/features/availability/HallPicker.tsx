/**
 * HallPicker: many halls, by keyboard in one list: arrows, Space, Ctrl+A; by mouse on each row or on a heading.
 */
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import { hallOptions } from '../booking/hallOptions.ts'
import classes from './HallPicker.module.css'

type Props = Readonly<{
  label: string
  halls: readonly ResourceRow[]
  value: readonly string[]
  error?: string | undefined
  autoFocus?: boolean
  onChange: (value: string[]) => void
}>

export function HallPicker({ label, halls, value, error, autoFocus, onChange }: Props) {
  const { t } = useTranslation('availability')
  const groups = hallOptions(halls)
  const ids = groups.flatMap((group) => group.items.map((item) => item.value))
  const [active, setActive] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const chosen = new Set(value)
  const set = (next: ReadonlySet<string>) => onChange(ids.filter((id) => next.has(id)))
  const toggle = (some: readonly string[]) => {
    const next = new Set(chosen)
    const all = some.every((id) => next.has(id))
    for (const id of some) all ? next.delete(id) : next.add(id)
    set(next)
  }
  const move = (to: number) => {
    const index = Math.max(0, Math.min(ids.length - 1, to))
    setActive(index)
    list.current?.querySelector(`[data-index="${index}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const current = ids[active]
    if (event.key === 'ArrowDown') move(active + 1)
    else if (event.key === 'ArrowUp') move(active - 1)
    else if (event.key === 'Home') move(0)
    else if (event.key === 'End') move(ids.length - 1)
    else if (event.key === ' ' && current) toggle([current])
    else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) toggle(ids)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const count = t('halls.chosen', { count: chosen.size, of: ids.length })
  return (
    <div className={classes.picker}>
      <div className={classes.head}>
        <span id="hall-picker-label">{label}</span>
        <button type="button" tabIndex={-1} onClick={() => toggle(ids)}>
          {count}
          <kbd>Ctrl A</kbd>
        </button>
      </div>
      <div
        ref={list}
        className={classes.list}
        role="listbox"
        tabIndex={0}
        aria-multiselectable="true"
        aria-labelledby="hall-picker-label"
        aria-activedescendant={ids[active] ? `hall-${ids[active]}` : undefined}
        aria-describedby={error ? 'hall-picker-error' : undefined}
        aria-invalid={error ? true : undefined}
        data-autofocus={autoFocus || undefined}
        onKeyDown={onKeyDown}
      >
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options inside a listbox
          <div key={group.group} role="group" aria-label={group.group || undefined}>
            {group.group && (
              <button
                type="button"
                tabIndex={-1}
                aria-hidden="true"
                className={classes.group}
                onClick={() => toggle(group.items.map((item) => item.value))}
              >
                {group.group}
              </button>
            )}
            {group.items.map((item) => {
              const index = ids.indexOf(item.value)
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: keys belong to the list, which has the focus
                // biome-ignore lint/a11y/useFocusableInteractive: the list says which option is active
                <div
                  key={item.value}
                  id={`hall-${item.value}`}
                  role="option"
                  aria-selected={chosen.has(item.value)}
                  data-index={index}
                  data-active={index === active || undefined}
                  className={classes.option}
                  onClick={() => {
                    setActive(index)
                    toggle([item.value])
                  }}
                >
                  <i aria-hidden="true">{chosen.has(item.value) ? '✓' : ''}</i>
                  {item.label}
                </div>
              )
            })}
          </div>
        ))}
      </div>
      {error && (
        <p id="hall-picker-error" className={classes.error}>
          {error}
        </p>
      )}
    </div>
  )
}
