/**
 * useVirtualRows: which rows are in the document, and where each one stands.
 *
 * Promises that only rows in sight and a few around them are drawn, and the one the keyboard is on wherever it is,
 * since the grid names it as active. Heights come from the layout; nothing is ever measured.
 */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useLayoutEffect, useMemo } from 'react'
import { HEAD_HEIGHT } from './density.ts'

type Row = Readonly<{ key: string; height: number }>

/** Before the window has been measured, as many rows as a usual one shows. */
const FIRST_RECT = { width: 1200, height: 900 }
const ROWS_AROUND = 3

export function useVirtualRows(
  rows: readonly Row[],
  scroll: RefObject<HTMLElement | null>,
  active: number,
) {
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => rows[index]?.height ?? 0,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: ROWS_AROUND,
    scrollMargin: HEAD_HEIGHT,
    initialRect: FIRST_RECT,
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const first = Math.max(0, startIndex - overscan)
      const last = Math.min(count - 1, endIndex + overscan)
      const indexes = Array.from({ length: last - first + 1 }, (_, at) => first + at)
      if (active >= 0 && (active < first || active > last)) indexes.push(active)
      return indexes.sort((one, other) => one - other)
    },
  })
  // Heights are known before anything is drawn: new ones only have to be read.
  useLayoutEffect(() => {
    if (rows.length > 0) virtual.measure()
  }, [rows, virtual])

  const tops = useMemo(() => {
    let top = 0
    return rows.map((row) => {
      const own = top
      top += row.height
      return own
    })
  }, [rows])
  return { virtual, tops }
}
