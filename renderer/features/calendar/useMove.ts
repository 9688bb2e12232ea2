/**
 * useMove: a booking moved with the keyboard: `M`, arrows, Enter.
 *
 * Promises that the ghost is always on screen (the page turns with it), that every step says where it stands and
 * whether it fits, and that Esc leaves everything as it was.
 */
import { useEffect, useMemo, useRef } from 'react'
import { dayOf } from '../../../core/domain/time.ts'
import type { CalendarRows, ResourceRow } from '../../../core/queries/rows.ts'
import { read } from '../../desk/queries.ts'
import { useView } from '../../desk/store.ts'
import { useWindowKeys } from '../../ui/useWindowKeys.ts'
import { byHall, NO_ROWS } from './hallRows.ts'
import { orderHalls } from './halls.ts'
import { useMoving } from './moveStore.ts'
import { dateToMove, movableDate, movingOf, type Nudge, nudged, unfitMoving } from './moving.ts'
import type { Place } from './place.ts'
import { hallOf, spanOf, type View } from './place.ts'
import type { Words } from './words.ts'

interface MoveSettings {
  place: Place
  rows: CalendarRows | undefined
  resources: readonly ResourceRow[]
  words: Words
  onPlace(place: Place): void
  say(text: string): void
}

type Axis = 'across' | 'down' | 'days'

/** Which way time runs on screen, and with it what the arrows mean. */
export function axisOf(view: View): Axis {
  if (view === 'day') return 'across'
  return view === 'month' ? 'days' : 'down'
}

const arrows: Readonly<Record<Axis, Readonly<Record<string, Nudge>>>> = {
  across: {
    ArrowRight: { by: 'step', count: 1 },
    ArrowLeft: { by: 'step', count: -1 },
    ArrowDown: { by: 'day', count: 1 },
    ArrowUp: { by: 'day', count: -1 },
  },
  down: {
    ArrowRight: { by: 'day', count: 1 },
    ArrowLeft: { by: 'day', count: -1 },
    ArrowDown: { by: 'step', count: 1 },
    ArrowUp: { by: 'step', count: -1 },
  },
  days: {
    ArrowRight: { by: 'day', count: 1 },
    ArrowLeft: { by: 'day', count: -1 },
    ArrowDown: { by: 'day', count: 7 },
    ArrowUp: { by: 'day', count: -7 },
  },
}

const withShift: Readonly<Record<string, Nudge>> = {
  ArrowDown: { by: 'hall', count: 1 },
  ArrowUp: { by: 'hall', count: -1 },
  ArrowRight: { by: 'length', count: 1 },
  ArrowLeft: { by: 'length', count: -1 },
}

export function useMove(settings: MoveSettings) {
  const { place, rows, resources, words } = settings
  const moving = useMoving((state) => state.moving)
  const isMoving = moving !== null
  const halls = useMemo(
    () => orderHalls(resources).flatMap((entry) => (entry.kind === 'hall' ? [entry.hall.id] : [])),
    [resources],
  )
  const known = useMemo(
    () => (isMoving && rows ? byHall(rows, orderHalls(resources)) : null),
    [isMoving, rows, resources],
  )
  const frame = moving && words.frameOf(moving.to.start)
  const shown = useMemo(() => spanOf(place, words.zone), [place, words.zone])
  const isShown = moving !== null && moving.to.start >= shown.start && moving.to.start < shown.end
  const why =
    moving && known && isShown
      ? unfitMoving(known.get(moving.to.resource) ?? NO_ROWS, moving)
      : null
  const reason = why && frame ? words.unfit(why, frame) : ''

  const now = useRef({ ...settings, moving, halls, known })
  now.current = { ...settings, moving, halls, known }

  useEffect(() => {
    if (!moving) return
    const { place, onPlace, say, words } = now.current
    const hall = hallOf(place)
    const lost = hall !== null && hall !== moving.to.resource
    if (!isShown || lost) {
      const halls = lost ? [moving.to.resource] : place.halls
      onPlace({ ...place, halls, day: dayOf(moving.to.start, words.zone) })
    }
    const { resources } = now.current
    const name = resources.find((each) => each.id === moving.to.resource)?.name ?? ''
    const where = `${name}, ${words.format.spanLong(moving.to.start, moving.to.end)}`
    say(`${where}, ${reason || words.t('move.fits')}`)
  }, [moving, isShown, reason])

  // The arrows belong to the grid now, whatever had the focus.
  useEffect(() => {
    if (!isMoving) return
    document.documentElement.dataset.moveMode = 'true'
    document.querySelector<HTMLElement>('main [role="grid"]')?.focus({ preventScroll: true })
    return () => {
      delete document.documentElement.dataset.moveMode
    }
  }, [isMoving])

  // Before the grid and the inspector, which have other uses for the same keys.
  useWindowKeys(
    (event) => {
      const { put, commit, cancel } = useMoving.getState()
      if (!moving || event.altKey || event.metaKey || event.ctrlKey) return
      if (document.querySelector('[aria-modal="true"]')) return
      const { place, words } = settings
      const onButton = event.target instanceof HTMLElement && event.target.closest('button, input')
      if (event.key === 'Escape') cancel()
      else if (event.key === 'Enter' && !onButton) void commit()
      else {
        const nudge = (event.shiftKey ? withShift : arrows[axisOf(place.view)])[event.key]
        if (!nudge) return
        put(nudged(moving, nudge, halls, (hall) => known?.get(hall) ?? NO_ROWS, words.zone))
      }
      event.preventDefault()
      event.stopPropagation()
    },
    { first: true, active: isMoving },
  )

  // Another screen, and nothing is on its way any more.
  useEffect(() => () => useMoving.getState().cancel(), [])

  /** `M`: takes up the booking that is selected. */
  const begin = async () => {
    const token = useView.getState().selected
    if (token === null) return
    const { rows, place, words } = now.current
    const near = dateToMove(rows?.booked ?? [], token, spanOf(place, words.zone))
    const booking = near ? null : await read('booking.one', { token })
    const date = near ?? (booking && movableDate(booking, Date.now()))
    if (date) useMoving.getState().begin(movingOf(date))
  }
  return { moving, reason, begin }
}
