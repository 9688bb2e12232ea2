/**
 * Inspector: the selected booking: facts, dates, history, and what can be done with it.
 *
 * Follows the booking while it is open. `Del` asks before it cancels; a cancelled booking stays readable and can be
 * restored. Never edits in passing: `E` opens the form.
 */
import { Button, CloseButton, Tabs } from '@mantine/core'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Refusal } from '../../../core/domain/refusal.ts'
import type { BookingRow } from '../../../core/queries/rows.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { focusPane, paneOf } from '../../app/panes.ts'
import { isTyping } from '../../app/shortcuts.ts'
import { complain, toast } from '../../app/toast.tsx'
import { screenOf } from '../../desk/route.ts'
import { useView } from '../../desk/store.ts'
import { useCommand } from '../../desk/useCommand.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Keys } from '../../ui/Keys.tsx'
import { useWindowKeys } from '../../ui/useWindowKeys.ts'
import { MoveButton } from '../calendar/MoveButton.tsx'
import { MaterialLines } from '../material/MaterialLines.tsx'
import { decideByKey, KEY_OF, start, WAYS } from '../requests/deciding.ts'
import { BookingDates, isOpen } from './BookingDates.tsx'
import { BookingEdit } from './BookingEdit.tsx'
import { BookingFacts } from './BookingFacts.tsx'
import { BookingHistory } from './BookingHistory.tsx'
import { CancelDialog } from './CancelDialog.tsx'
import { fillFrom } from './fillFrom.ts'
import classes from './Inspector.module.css'
import { Refused } from './Refused.tsx'
import { WaitingNote } from './WaitingNote.tsx'

/** On these screens E edits what is chosen in the list, so the booking beside it hears E only where it has the focus. */
const hasOwnE = () => ['people', 'material'].includes(screenOf(useView.getState().route))

export function Inspector({ token }: { token: string }) {
  const { t } = useTranslation('booking')
  const { t: app } = useTranslation()
  const { t: requests } = useTranslation('requests')
  const { t: people } = useTranslation('people')
  const [tab, setTab] = useState<string | null>('facts')
  const { rows: row, stale } = useQuery('booking.one', { token })
  const [cancelling, setCancelling] = useState(false)
  const [editing, setEditing] = useState(false)
  const [adding, setAdding] = useState(false)
  /** The one of several dates that is to be cancelled; null: all of them. */
  const [dropping, setDropping] = useState<BookingRow['dates'][number] | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const restore = useCommand('reservation.restore')
  const select = useView((view) => view.select)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another booking begins without the last one's dialog
  useEffect(() => {
    setCancelling(false)
    setEditing(false)
    setAdding(false)
    setRefusal(null)
  }, [token])
  const canCancel = row ? isOpen(row) : false
  useWindowKeys((event) => {
    const busy = document.querySelector('[aria-modal="true"]') !== null
    if (event.key !== 'Delete' || busy || isTyping(event.target) || !canCancel) return
    event.preventDefault()
    const at = event.target instanceof Element && event.target.closest('[data-date]')
    setDropping((at && row?.dates[Number(at.getAttribute('data-date'))]) || null)
    setCancelling(true)
  })

  const doneEditing = () => {
    setEditing(false)
    requestAnimationFrame(() => focusPane(paneOf('inspector')))
  }
  const doneAdding = (open: boolean) => {
    setAdding(open)
    if (!open) requestAnimationFrame(() => focusPane(paneOf('inspector')))
  }
  const startEditing = () => {
    setTab('facts')
    setEditing(true)
  }
  // Before the screen beside it hears them: in the calendar, W is the week.
  useWindowKeys(
    (event) => {
      if (!row || isTyping(event.target)) return
      const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey
      const busy = document.querySelector('[aria-modal="true"]') !== null
      const here =
        event.target instanceof Element && event.target.closest('[data-pane="inspector"]')
      if (isPlain && event.key === '+' && !busy && isOpen(row)) {
        event.preventDefault()
        setTab('dates')
        setAdding(true)
      } else if (isPlain && event.key === 'e' && !busy && (here || !hasOwnE())) {
        event.preventDefault()
        startEditing()
      } else if (!here) return
      else if (decideByKey(event, row, row.state)) event.preventDefault()
    },
    { first: true },
  )

  const leave = () => {
    select(null)
    requestAnimationFrame(() => focusPane(paneOf('main')))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || cancelling) return
    event.preventDefault()
    leave()
  }
  const bringBack = async (booking: BookingRow) => {
    try {
      const { id, outcome } = await restore.run({ token: booking.token })
      if (outcome.status === 'refused') setRefusal(outcome.refusal)
      else if (outcome.status === 'accepted') {
        setRefusal(null)
        toast(t('cancelling.restored', { title: booking.title, number: booking.number }), id)
      }
    } catch (error) {
      report(error, 'reservation.restore')
      complain(app('failed.title'))
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc for the whole pane; each control in it is real
    <div className={classes.inspector} onKeyDown={onKeyDown} aria-busy={stale || undefined}>
      <CloseButton className={classes.close} aria-label={app('close')} onClick={leave} />
      {row === null && <Empty>{t('inspector.gone')}</Empty>}
      {row && (
        <>
          <p className={classes.state} data-state={row.waits ? 'waiting' : row.state}>
            {row.number > 0 && `${t('inspector.reservation', { number: row.number })} · `}
            <b>{t(`inspector.${row.waits ?? row.state}`)}</b>
          </p>
          <h2 className={classes.title} data-state={row.state}>
            {row.title || row.person?.name}
          </h2>
          {row.state === 'denied' && (
            <p className={classes.cancelled}>
              {row.cancelReason
                ? t('inspector.deniedBecause', { reason: row.cancelReason })
                : t('inspector.deniedPlain')}
            </p>
          )}
          {row.state === 'cancelled' && (
            <p className={classes.cancelled}>
              {row.cancelReason
                ? t('inspector.cancelledBecause', { reason: row.cancelReason })
                : t('inspector.cancelledPlain')}
            </p>
          )}
          {row.waits && <WaitingNote token={row.token} waits={row.waits} />}
          {refusal && <Refused refusal={refusal} />}
          <Tabs value={tab} onChange={setTab} className={classes.tabs} keepMounted={false}>
            <Tabs.List>
              <Tabs.Tab value="facts">{t('inspector.facts')}</Tabs.Tab>
              <Tabs.Tab value="dates">{t('inspector.dates', { count: row.dates.length })}</Tabs.Tab>
              <Tabs.Tab value="material">{app('screens.material')}</Tabs.Tab>
              <Tabs.Tab value="history">{t('inspector.history')}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="facts">
              {editing ? (
                <BookingEdit row={row} onDone={doneEditing} />
              ) : (
                <BookingFacts row={row} />
              )}
            </Tabs.Panel>
            <Tabs.Panel value="dates">
              <BookingDates
                row={row}
                adding={adding}
                onAdd={doneAdding}
                onDrop={(date) => {
                  setDropping(date)
                  setCancelling(true)
                }}
              />
            </Tabs.Panel>
            <Tabs.Panel value="material">
              <MaterialLines key={row.token} row={row} />
            </Tabs.Panel>
            <Tabs.Panel value="history">
              <BookingHistory row={row} />
            </Tabs.Panel>
          </Tabs>
          <footer className={classes.actions}>
            {WAYS[row.state]?.map((as) => (
              <Button
                key={as}
                variant={as === 'booked' ? 'filled' : 'default'}
                aria-keyshortcuts={KEY_OF[as]}
                onClick={() => start(row, as)}
              >
                {requests(`act.${as}`)} <Keys keys={KEY_OF[as]} plain={as === 'booked'} />
              </Button>
            ))}
            {row.state === 'denied' ? null : row.state === 'cancelled' ? (
              <Button
                variant="filled"
                aria-disabled={restore.busy}
                onClick={() => void bringBack(row)}
              >
                {t('inspector.restore')}
              </Button>
            ) : (
              <>
                <MoveButton row={row} />
                <Button
                  onClick={() => {
                    setDropping(null)
                    setCancelling(true)
                  }}
                  aria-keyshortcuts="Delete"
                >
                  {t(WAYS[row.state] ? 'cancelling.withdraw' : 'inspector.cancel')}{' '}
                  <Keys keys="Del" />
                </Button>
              </>
            )}
            {!editing && (
              <Button aria-keyshortcuts="E" onClick={startEditing}>
                {people('edit')} <Keys keys="E" />
              </Button>
            )}
            <Again row={row} />
          </footer>
          {cancelling && (
            <CancelDialog row={row} date={dropping} onClose={() => setCancelling(false)} />
          )}
        </>
      )}
    </div>
  )
}

/** The same once more: the panel opens with hall, person and title, and asks for the date. */
function Again({ row }: { row: BookingRow }) {
  const { t } = useTranslation('booking')
  const first = row.dates[0]
  const again = () => {
    useView.getState().openBooking(first ? { resource: first.resource } : null)
    fillFrom(row)
  }
  return <Button onClick={again}>{t('inspector.again')}</Button>
}
