/** What the hover card is told: of one booking, or of all that a cell without words holds. */
import type { Day } from '../../../core/domain/time.ts'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import type { HoverTarget } from './HoverCard.tsx'
import type { Line, WeekCell } from './weekLayout.ts'
import type { Words } from './words.ts'

export function lineTarget(
  line: Line,
  hall: ResourceRow,
  day: Day,
  box: Element,
  words: Words,
): HoverTarget {
  return {
    line,
    hall: hall.name,
    hue: hall.color,
    when: `${words.day(day)}, ${words.format.times(line.start, line.end)}`,
    around: box.getBoundingClientRect(),
  }
}

export function cellTarget(
  cell: WeekCell,
  hall: ResourceRow,
  box: Element,
  words: Words,
): HoverTarget {
  return {
    lines: cell.lines,
    hall: hall.name,
    hue: hall.color,
    when: words.day(cell.frame.day),
    around: box.getBoundingClientRect(),
  }
}
