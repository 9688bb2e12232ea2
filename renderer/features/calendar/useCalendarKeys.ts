/**
 * useCalendarKeys: the single keys of the calendar (T J K D W G).
 *
 * Promises to stay silent while somebody types, while a dialog is open and with Ctrl, Alt or the meta key held.
 */
import { useEffect, useRef } from 'react'
import type { Day } from '../../../core/domain/time.ts'
import type { Place } from './place.ts'
import { turned } from './place.ts'

interface CalendarKeys {
  place: Place
  today: Day
  onPlace(place: Place): void
  onJump(): void
}

export function useCalendarKeys(settings: CalendarKeys): void {
  const now = useRef(settings)
  now.current = settings
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return
      if (isTyping(event.target) || document.querySelector('[aria-modal="true"]')) return
      const { place, today, onPlace, onJump } = now.current
      const to: Record<string, () => void> = {
        t: () => onPlace({ ...place, day: today }),
        j: () => onPlace(turned(place, 1)),
        k: () => onPlace(turned(place, -1)),
        d: () => onPlace({ ...place, view: 'day' }),
        w: () => onPlace({ ...place, view: 'week' }),
        g: onJump,
      }
      const act = event.shiftKey ? undefined : to[event.key.toLowerCase()]
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.closest('input, textarea, select') !== null
}
