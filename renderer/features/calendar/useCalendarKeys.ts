/**
 * useCalendarKeys: the single keys of the calendar (T J K G H V, the views, M for the booking that is selected).
 *
 * Promises to stay silent while somebody types, while a dialog is open and with Ctrl, Alt or the meta key held.
 */
import type { Day } from '../../../core/domain/time.ts'
import { useWindowKeys } from '../../ui/useWindowKeys.ts'
import type { Place } from './place.ts'
import { inView, turned, type View, views } from './place.ts'

/** As the screen reader and the tooltip say them. */
export const viewKeys: Readonly<Record<View, string>> = {
  day: 'd',
  columns: 'Shift+d',
  week: 'w',
  fortnight: 'Shift+w',
  month: 'm',
  year: 'y',
  agenda: 'a',
}

interface CalendarKeys {
  place: Place
  today: Day
  onPlace(place: Place): void
  /** The date, the halls or how it is drawn is to be chosen. */
  onOpen(what: 'jump' | 'halls' | 'display'): void
  /** There is a booking to be moved. */
  onMove?(): void
}

export function useCalendarKeys(settings: CalendarKeys): void {
  useWindowKeys((event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return
    if (isTyping(event.target) || document.querySelector('[aria-modal="true"]')) return
    const { place, today, onPlace, onOpen, onMove } = settings
    const to: Record<string, () => void> = {
      t: () => onPlace({ ...place, day: today }),
      j: () => onPlace(turned(place, 1)),
      k: () => onPlace(turned(place, -1)),
      g: () => onOpen('jump'),
      h: () => onOpen('halls'),
      v: () => onOpen('display'),
      ...(onMove ? { m: onMove } : {}),
    }
    const key = event.key.toLowerCase()
    const view = views.find((each) => viewKeys[each] === (event.shiftKey ? `Shift+${key}` : key))
    const act =
      (event.shiftKey ? undefined : to[key]) ?? (view && (() => onPlace(inView(place, view))))
    if (!act) return
    event.preventDefault()
    act()
  })
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.closest('input, textarea, select') !== null
}
