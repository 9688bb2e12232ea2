/**
 * Instead: what comes nearest where nothing is free: the same halls a little earlier or later or on the days beside,
 * other halls where one was named, and two at once. Each is checked as the options are.
 */
import { candidates, has, isBeside, ranking } from './find-hall.ts'
import { exactSpan, type Halls, named, type Option, optionOn, type Sought } from './hall-options.ts'
import type { ResourceRow } from './resource.ts'
import { addDays, type Day } from './time.ts'

/** Why an option is not quite what was asked for. */
export type Relaxed = Option & Readonly<{ by: 'time' | 'day' | 'two' | 'hall' }>

/** Of one kind. */
const MOST_RELAXED = 2
/** Up to two hours, the smallest first. */
const SHIFTS_MINUTES = [30, -30, 60, -60, 90, -90, 120, -120]

/** The days beside the wanted ones, none of them in the past. */
export function daysBeside(days: readonly Day[], today: Day): Day[] {
  const beside = days.flatMap((day) => [addDays(day, -1), addDays(day, 1)])
  return [...new Set(beside)].filter((day) => day >= today && !days.includes(day)).sort()
}

/** A little earlier or later; for whoever said a time. */
function shifted(halls: Halls, fitting: readonly ResourceRow[], sought: Sought): Option[] {
  if (sought.from === null && sought.to === null) return []
  const rank = ranking(halls.all, sought)
  return SHIFTS_MINUTES.flatMap((shift) =>
    fitting
      .flatMap((hall) =>
        sought.days.flatMap((day) => optionOn(halls, hall, day, sought, shift) ?? []),
      )
      .sort(rank),
  )
}

/** Two halls at once that hold as many together as none does alone; the same building first, then the smallest two. */
function pairs(halls: Halls, sought: Sought): Option[] {
  const { persons, places, features, resource } = sought
  if (persons === null || places > 1) return []
  const able = halls.all.filter(
    (hall) => hall.capacity !== null && hall.capacity < persons && !isBeside(hall),
  )
  return sought.days.flatMap((day) => {
    const free = able.flatMap((hall) => {
      if (!exactSpan(sought, day, hall.zone)) return []
      const option = optionOn(halls, hall, day, sought)
      return option && !option.whole ? [{ hall, option }] : []
    })
    return free.flatMap((one, at) =>
      free.slice(at + 1).flatMap((other) => {
        const [large, small] =
          (one.hall.capacity ?? 0) >= (other.hall.capacity ?? 0) ? [one, other] : [other, one]
        const together = (large.hall.capacity ?? 0) + (small.hall.capacity ?? 0)
        const sameTime =
          large.option.start === small.option.start && large.option.end === small.option.end
        const all = { ...large.hall, features: [...large.hall.features, ...small.hall.features] }
        const fits =
          together >= persons &&
          sameTime &&
          (resource === null || [large.hall.id, small.hall.id].includes(resource)) &&
          has(all, features) &&
          !halls.family(large.hall).includes(small.hall.id)
        if (!fits) return []
        return [
          {
            ...large.option,
            also: named(small.hall),
            byStaff: large.option.byStaff || small.option.byStaff,
            asked: large.option.asked + small.option.asked,
            held: large.option.held ?? small.option.held,
          },
        ]
      }),
    )
  })
}

function firstOf(
  by: Relaxed['by'],
  options: readonly Option[],
  order: (one: Option, other: Option) => number,
): Relaxed[] {
  const seen = new Set<string>()
  return [...options]
    .sort(order)
    .filter(({ hall, also }) => {
      const key = `${hall.id} ${also?.id ?? ''}`
      return !seen.has(key) && seen.add(key)
    })
    .slice(0, MOST_RELAXED)
    .map((option) => ({ ...option, by }))
}

/**
 * @param halls read for the days beside as well
 * @param today the first day that may be proposed
 */
export function relaxations(halls: Halls, sought: Sought, today: Day): Relaxed[] {
  const { fitting } = candidates(halls.all, sought)
  const rank = ranking(halls.all, sought)
  const beside = { ...sought, days: daysBeside(sought.days, today) }
  const elsewhere = { ...sought, resource: null }
  const others = candidates(halls.all, elsewhere).fitting.filter(
    (hall) => hall.id !== sought.resource,
  )
  const sameBuilding = ({ hall, also }: Option) => Number(hall.group !== also?.group)
  const on = (list: readonly ResourceRow[], wish: Sought) =>
    list.flatMap((hall) => wish.days.flatMap((day) => optionOn(halls, hall, day, wish) ?? []))
  return [
    // As they come: the smallest shift first.
    ...firstOf('time', shifted(halls, fitting, sought), () => 0),
    ...firstOf('day', on(fitting, beside), rank),
    ...(sought.resource === null ? [] : firstOf('hall', on(others, elsewhere), rank)),
    ...firstOf(
      'two',
      pairs(halls, sought),
      (one, other) => sameBuilding(one) - sameBuilding(other) || rank(one, other),
    ),
  ]
}
