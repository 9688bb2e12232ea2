/**
 * Palette: one field that finds days, bookings, halls, people and commands, and runs what is chosen.
 *
 * Promises that the first result for all that is typed is the chosen one, however fast Enter comes, and that a screen
 * reader hears which one (a combobox with a list). What it runs is the same list of actions the keyboard runs.
 */
import { Modal, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useView } from '../desk/store.ts'
import { Keys } from '../ui/Keys.tsx'
import classes from './Palette.module.css'
import { type PaletteItem, usePaletteItems } from './paletteItems.ts'

/** As many as fit into the list at once. */
const PAGE = 10

export function Palette() {
  const open = useView((view) => view.palette)
  const toggle = useView((view) => view.togglePalette)
  const { t } = useTranslation()
  return (
    <Modal.Root
      opened={open}
      onClose={() => toggle(false)}
      yOffset="9dvh"
      size={660}
      padding={0}
      centered={false}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={t('actions.palette')}>
        <Modal.Body>
          <Content onDone={() => toggle(false)} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

function Content({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const list = useId()
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const { groups, waiting, failed } = usePaletteItems(text)
  const items = groups.flatMap((group) => group.items)
  const chosen = Math.min(active, items.length - 1)
  /** Enter was pressed before the answer to what is typed was there: its first result is meant. */
  const [isAwaited, setAwaited] = useState(false)
  const optionId = (index: number) => `${list}-${index}`

  const run = (item: PaletteItem | undefined) => {
    if (!item) return
    onDone()
    item.run()
  }
  const enter = () => {
    // What still stands first may be the answer to fewer letters.
    if (waiting && active === 0) setAwaited(true)
    else run(items[chosen])
  }
  useEffect(() => {
    if (!isAwaited || waiting) return
    setAwaited(false)
    run(items[0])
  })
  const move = (to: number) => {
    if (items.length === 0) return
    const next = (to + items.length) % items.length
    setActive(next)
    document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, () => void> = {
      ArrowDown: () => move(chosen + 1),
      ArrowUp: () => move(chosen - 1),
      PageDown: () => move(Math.min(chosen + PAGE, items.length - 1)),
      PageUp: () => move(Math.max(chosen - PAGE, 0)),
      Enter: enter,
    }
    const work = moves[event.key]
    const isIdle = items.length === 0 && !waiting
    if (!work || isIdle || event.nativeEvent.isComposing) return
    event.preventDefault()
    work()
  }

  return (
    <>
      <TextInput
        data-autofocus
        // At once: the kit's own focus comes a moment later, and the first letter would be a key of the screen.
        autoFocus
        role="combobox"
        classNames={{ input: classes.search ?? '' }}
        size="md"
        autoComplete="off"
        placeholder={t('palette.placeholder')}
        aria-label={t('search')}
        aria-expanded={items.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={items.length > 0 ? optionId(chosen) : undefined}
        leftSection={<IconSearch size={17} stroke={1.5} />}
        value={text}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setText(event.currentTarget.value)
          // What is first then is what Enter runs.
          setActive(0)
          setAwaited(false)
        }}
      />
      <div
        id={list}
        role="listbox"
        aria-label={t('search')}
        aria-busy={waiting}
        className={classes.list}
      >
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not a fieldset
          <div key={group.label} role="group" aria-label={group.label}>
            <p className={classes.label} aria-hidden="true">
              {group.label}
            </p>
            {group.items.map((item) => (
              <Option
                key={item.key}
                id={optionId(items.indexOf(item))}
                item={item}
                chosen={items.indexOf(item) === chosen}
                onRun={() => run(item)}
              />
            ))}
          </div>
        ))}
      </div>
      {items.length === 0 && !waiting && (
        <p className={classes.nothing} role="status">
          {t(failed ? 'palette.failed' : 'palette.nothing')}
        </p>
      )}
    </>
  )
}

type OptionProps = Readonly<{ id: string; item: PaletteItem; chosen: boolean; onRun: () => void }>

function Option({ id, item, chosen, onRun }: OptionProps) {
  const Icon = item.icon
  return (
    // The keys are handled by the field above, which keeps the focus.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      className={classes.item}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onRun}
    >
      <Icon size={16} stroke={1.5} aria-hidden="true" />
      <span className={classes.title}>{item.title}</span>
      <span className={classes.facts}>{item.facts}</span>
      <span className={classes.aside}>{item.keys ? <Keys keys={item.keys} /> : item.aside}</span>
    </div>
  )
}
