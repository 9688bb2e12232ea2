/** CheatSheet: all keys on one page, opened with `?`. */
import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useView } from '../desk/store.ts'
import { Keys } from '../ui/Keys.tsx'
import classes from './CheatSheet.module.css'

export function CheatSheet() {
  const { t } = useTranslation()
  const { t: booking } = useTranslation('booking')
  const { t: finding } = useTranslation('finding')
  const { t: dates } = useTranslation('dates')
  const { t: requests } = useTranslation('requests')
  const open = useView((view) => view.cheatSheet)
  const toggle = useView((view) => view.toggleCheatSheet)
  const groups = [
    {
      title: t('keys.everywhere'),
      rows: [
        ['N', t('actions.newBooking')],
        ['Ctrl K', t('actions.palette')],
        ['/', t('actions.search')],
        ['Ctrl Z', t('undo')],
        ['Ctrl Shift Z', t('redo')],
        ['F6', t('actions.nextPane')],
        ['Esc', t('actions.close')],
        ['0', t('actions.attention')],
        ['1', t('actions.calendar')],
        ['2', t('actions.requests')],
        ['3', t('actions.bookings')],
        ['4', t('actions.people')],
        ['5', t('actions.material')],
        ['6', t('actions.availability')],
        ['7', t('actions.publish')],
        ['8', t('actions.history')],
        ['9', t('actions.settings')],
        ['B', t('actions.newBlocker')],
        ['?', t('actions.cheatSheet')],
      ],
    },
    {
      title: t('keys.calendar'),
      rows: [
        ['← ↑ → ↓', t('keys.arrows')],
        ['Enter', t('keys.enter')],
        ['T', t('keys.todayKey')],
        ['J K', t('keys.nextPrevious')],
        ['D W M Y A', t('keys.views')],
        ['Shift D', t('keys.columns')],
        ['Shift W', t('keys.fortnight')],
        ['G', t('keys.goDate')],
        ['H', t('keys.halls')],
        ['V', t('keys.display')],
        ['Alt ←→', t('keys.notable')],
        ['Space', t('keys.card')],
      ],
    },
    {
      title: t('keys.booking'),
      rows: [
        ['Ctrl Enter', t('actions.commit')],
        ['Alt F', finding('search')],
        ['M', t('keys.move')],
        ['+', dates('add')],
        ['Alt Enter', booking('request')],
        ['Alt W', booking('waitingList')],
        ['Del', t('actions.cancelBooking')],
      ],
    },
    {
      title: t('keys.requests'),
      rows: [
        ['A', requests('act.booked')],
        ['R', requests('act.denied')],
        ['W', requests('act.waiting')],
        ['Z', requests('act.open')],
      ],
    },
  ]
  return (
    <Modal
      opened={open}
      onClose={() => toggle(false)}
      title={t('keys.title')}
      size={1040}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className={classes.groups}>
        {groups.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.rows.map(([keys = '', words]) => (
                <div key={keys}>
                  <dt>
                    <Keys keys={keys} />
                    <span className="visually-hidden">{keys}</span>
                  </dt>
                  <dd>{words}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={classes.hint}>{t('keys.hint')}</p>
    </Modal>
  )
}
