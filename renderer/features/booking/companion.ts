/** Companion: what is most likely meant by "also the kitchen": a room that goes with those of the booking. Pure. */
import { familyOf } from '../../../core/domain/resource.ts'
import type { ResourceRow } from '../../../core/queries/rows.ts'

/** Parts and neighbours in the tree before others of the building, kitchens before all; none that shares the space. */
export function companionOf(
  booked: readonly string[],
  halls: readonly ResourceRow[],
): ResourceRow | undefined {
  const own = halls.filter((hall) => booked.includes(hall.id))
  const near = (hall: ResourceRow) =>
    own.some((each) => hall.parent === each.id || each.parent === hall.id)
  const beside = (hall: ResourceRow) =>
    own.some((each) => hall.group === each.group && hall.group !== '')
  const taken = new Set(familyOf(booked, halls))
  const rank = (hall: ResourceRow) =>
    Number(near(hall)) * 2 + Number(beside(hall)) + Number(hall.kind === 'kitchen') * 4
  return halls
    .filter((hall) => !taken.has(hall.id) && (near(hall) || beside(hall)))
    .sort((one, other) => rank(other) - rank(one) || one.position - other.position)[0]
}
