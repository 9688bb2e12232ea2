/**
 * Clock input: a time as a clerk types it.
 *
 * Understands `18`, `18:30`, `18.30`, `1830`, `830`, `18h30`, `18 30` and `24`. Anything else is null, never a
 * guess. Promises `HH:MM`.
 */
import type { ClockTime } from '../../core/domain/time.ts'

const SHAPES = [
  /^(\d{1,2})$/, // 18
  /^(\d{1,2})[:.h ](\d{2})$/, // 18:30, 18.30, 18h30
  /^(\d{1,2})[:.h]$/, // 18h
  /^(\d{1,2})(\d{2})$/, // 1830, 830
] as const

export function parseClock(text: string): ClockTime | null {
  const typed = text
    .trim()
    .toLowerCase()
    .replace(/\s*(uhr|heures?|ore)$/, '')
  for (const shape of SHAPES) {
    const found = shape.exec(typed)
    if (!found) continue
    const hours = Number(found[1])
    const minutes = Number(found[2] ?? 0)
    const isTime = minutes < 60 && (hours < 24 || (hours === 24 && minutes === 0))
    return isTime ? `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}` : null
  }
  return null
}
