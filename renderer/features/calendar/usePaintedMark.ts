/**
 * usePaintedMark: leaves the mark `calendar-painted` in the window's own timings once the first rows are on
 * screen, for the bench and for anybody who asks why a start was slow.
 */
import { useEffect } from 'react'
import { settle } from '../../desk/settled.ts'

const PAINTED = 'calendar-painted'

export function usePaintedMark(): void {
  useEffect(() => {
    if (performance.getEntriesByName(PAINTED).length > 0) return
    // A frame is only asked for here; when the next one begins, this one has been painted.
    const frame = requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        performance.mark(PAINTED)
        settle()
      })
    })
    return () => cancelAnimationFrame(frame)
  }, [])
}
