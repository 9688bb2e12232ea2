/** How the examples talk: one line at a time, and times as the clock on the wall of the place shows them. */
import { textOf } from '../../core/domain/micros.ts'
import type { ZonedTime } from '../../core/domain/zone.ts'

export type Say = (line: string) => void

/** A thing that has times of its own: an allocation, a reservation, a blocker. */
interface Timed {
  displayStart(): ZonedTime
  displayEnd(): ZonedTime
}

const clock = ({ at, offset }: ZonedTime) => textOf(at + offset).slice(11, 16)

/** `2027-04-05` */
export const dayOf = (timed: Timed) =>
  textOf(timed.displayStart().at + timed.displayStart().offset).slice(0, 10)

/** `09:00-10:30` */
export const hoursOf = (timed: Timed) =>
  `${clock(timed.displayStart())}-${clock(timed.displayEnd())}`
