/**
 * Hall choices: the lines of the hall picker for what is typed: all halls, saved sets, groups and halls. Pure.
 *
 * Promises that the first line is the one that Enter means: without words all halls, with words the best match.
 */
import type { HallSet } from '../../../core/contract.ts'
import type { Uuid } from '../../../core/domain/time.ts'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import { matches } from '../../format/matches.ts'
import { hallsIn } from './hallSets.ts'
import { orderHalls } from './halls.ts'

export type Choice = Readonly<{
  key: string
  kind: 'all' | 'set' | 'group' | 'hall'
  name: string
  depth: number
  /** Empty: all of them. */
  halls: readonly Uuid[]
  /** Of a set or group. */
  count?: number
  /** Other names of a hall. */
  aliases?: readonly string[]
  /** The name of the saved set that it is. */
  set?: string
}>

type Said = Readonly<{ t(key: 'allHalls'): string }>

export function choicesFor(
  typed: string,
  resources: readonly ResourceRow[],
  sets: readonly HallSet[],
  { t }: Said,
): readonly Choice[] {
  const text = typed.trim()
  const all: Choice = { key: 'all', kind: 'all', name: t('allHalls'), depth: 0, halls: [] }
  const saved = sets.flatMap((set): Choice[] => {
    const halls = hallsIn(set, resources)
    const { name } = set
    const key = `set ${name}`
    return halls.length === 0
      ? []
      : [{ key, kind: 'set', name, depth: 0, halls, count: halls.length, set: name }]
  })
  const tree = treeOf(resources)
  if (text === '') return [all, ...saved, ...tree]
  return [all, ...saved, ...tree].filter((choice) =>
    matches(text, choice.name, ...(choice.aliases ?? [])),
  )
}

function treeOf(resources: readonly ResourceRow[]): readonly Choice[] {
  const entries = orderHalls(resources)
  return entries.flatMap((entry, index): Choice[] => {
    if (entry.kind === 'hall') {
      const { id, name, aliases } = entry.hall
      return [{ key: id, kind: 'hall', name, depth: entry.depth, halls: [id], aliases }]
    }
    const members = entries.slice(index + 1, index + 1 + entry.count)
    const halls = members.flatMap((each) => (each.kind === 'hall' ? [each.hall.id] : []))
    // Halls without a group stand under no heading.
    if (entry.name === '') return []
    const { name, count } = entry
    return [{ key: `group ${name}`, kind: 'group', name, depth: 0, halls, count }]
  })
}
