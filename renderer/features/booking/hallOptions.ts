/** Hall options: the halls for a select, under their group, parts after their whole. */
import type { ResourceRow } from '../../../core/queries/rows.ts'
import { orderHalls } from '../calendar/halls.ts'

export type HallGroup = Readonly<{ group: string; items: { value: string; label: string }[] }>

/** A part is named with its whole: `Turnhalle, Drittel A`, since the list may be filtered. */
export function hallOptions(halls: readonly ResourceRow[]): HallGroup[] {
  const groups: HallGroup[] = []
  const names = new Map(halls.map((hall) => [hall.id, hall.name]))
  for (const entry of orderHalls(halls)) {
    if (entry.kind === 'group') {
      groups.push({ group: entry.name, items: [] })
      continue
    }
    const group = groups.at(-1) ?? { group: '', items: [] }
    if (groups.length === 0) groups.push(group)
    const whole = entry.hall.parent ? names.get(entry.hall.parent) : undefined
    const label = whole ? `${whole}, ${entry.hall.name}` : entry.hall.name
    group.items.push({ value: entry.hall.id, label })
  }
  return groups
}
