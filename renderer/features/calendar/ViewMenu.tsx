/** ViewMenu: how the calendar is drawn on this computer: the height of rows, and the layers that are shown. */
import { Checkbox, Popover, Tooltip } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { memo } from 'react'
import { layers } from '../../../core/domain/desk-view.ts'
import { changePreferences } from '../../desk/usePreferences.ts'
import { type Density, densities } from './density.ts'
import { Legend } from './Legend.tsx'
import type { Hidden } from './layers.ts'
import toolbar from './Toolbar.module.css'
import styles from './ViewMenu.module.css'
import type { Words } from './words.ts'

interface ViewMenuProps {
  density: Density
  hidden: Hidden
  open: boolean
  words: Words
  onOpen(open: boolean): void
}

export const ViewMenu = memo(function ViewMenu(props: ViewMenuProps) {
  const { density, hidden, open, words, onOpen } = props
  const { t } = words
  const label = [
    t('display.label'),
    hidden.length ? t('display.some', { count: hidden.length }) : '',
  ]
    .filter(Boolean)
    .join(', ')
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
          className={`${toolbar.button} ${toolbar.step} ${styles.target}`}
          data-some={hidden.length > 0 || undefined}
          aria-label={label}
          aria-keyshortcuts="v"
          aria-haspopup="dialog"
          title={`${label} (V)`}
          onClick={() => onOpen(!open)}
        >
          <IconAdjustmentsHorizontal size={16} stroke={1.5} aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown} aria-label={t('display.label')}>
        <div className={styles.part}>
          <span>{t('density.label')}</span>
          <fieldset className={toolbar.segments} aria-label={t('density.label')}>
            {densities.map((each) => (
              <Tooltip key={each} label={t(`density.${each}`)}>
                <button
                  type="button"
                  className={styles.density}
                  data-autofocus={each === density || undefined}
                  aria-label={t(`density.${each}`)}
                  aria-pressed={each === density}
                  onClick={() => changePreferences({ density: each })}
                >
                  {each}
                </button>
              </Tooltip>
            ))}
          </fieldset>
        </div>
        <fieldset className={styles.layers}>
          <legend>{t('display.layers')}</legend>
          {layers.map((layer) => (
            <Checkbox
              key={layer}
              label={t(`display.${layer}`)}
              checked={!hidden.includes(layer)}
              onChange={(event) =>
                changePreferences({
                  hidden: event.currentTarget.checked
                    ? hidden.filter((each) => each !== layer)
                    : [...hidden, layer],
                })
              }
            />
          ))}
        </fieldset>
        <Legend words={words} />
      </Popover.Dropdown>
    </Popover>
  )
})
