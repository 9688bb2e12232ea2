/**
 * Palette: one field that finds days, bookings, halls, people and commands, and runs what is chosen.
 *
 * Promises that the first result is the chosen one after typing, and that a screen reader hears which one (a
 * combobox with a list). What it runs is the same list of actions the keyboard runs.
 */
import { Combobox, Modal, TextInput, useCombobox } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useView } from '../desk/store.ts'
import { Keys } from '../ui/Keys.tsx'
import classes from './Palette.module.css'
import { usePaletteItems } from './paletteItems.ts'

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
  const [text, setText] = useState('')
  const groups = usePaletteItems(text)
  const box = useCombobox({ opened: true })
  const items = groups.flatMap((group) => group.items)
  const found = items.map((item) => item.key).join(' ')

  // Results arrive after the key press: whatever is first then is what Enter runs.
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new list begins at its top
  useEffect(() => {
    box.selectFirstOption()
  }, [found])

  const run = (key: string) => {
    onDone()
    items.find((item) => item.key === key)?.run()
  }

  return (
    <Combobox store={box} onOptionSubmit={run}>
      <Combobox.EventsTarget withExpandedAttribute>
        <TextInput
          data-autofocus
          role="combobox"
          classNames={{ input: classes.search }}
          size="md"
          placeholder={t('palette.placeholder')}
          aria-label={t('search')}
          leftSection={<IconSearch size={17} stroke={1.5} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </Combobox.EventsTarget>
      <Combobox.Options className={classes.list} aria-label={t('search')}>
        {items.length === 0 && <Combobox.Empty>{t('palette.nothing')}</Combobox.Empty>}
        {groups.map((group) => (
          <Combobox.Group key={group.label} label={group.label} className={classes.group}>
            {group.items.map((item) => {
              const Icon = item.icon
              return (
                <Combobox.Option key={item.key} value={item.key} className={classes.item}>
                  <Icon size={16} stroke={1.5} aria-hidden="true" />
                  <span className={classes.title}>{item.title}</span>
                  <span className={classes.facts}>{item.facts}</span>
                  <span className={classes.aside}>
                    {item.keys ? <Keys keys={item.keys} /> : item.aside}
                  </span>
                </Combobox.Option>
              )
            })}
          </Combobox.Group>
        ))}
      </Combobox.Options>
    </Combobox>
  )
}
