/**
 * A hall, in memory and in the plainest words: what a scheduler must come to, computed without SQL and without any
 * code of the scheduler. Times are whole minutes since the first midnight; a place is a map from steps to tokens.
 */

export type Opening = {
  readonly name: number
  start: number
  end: number
  readonly step: number
  readonly partly: boolean
  /** As many as the quota; each says by which booking a step is held. */
  places: Map<number, number>[]
}

export type Booked = {
  readonly name: number
  readonly opening: Opening
  start: number
  end: number
  readonly quota: number
}

export type Answer =
  | 'done'
  | 'AlreadyReservedError'
  | 'OverlappingAllocationError'
  | 'AffectedReservationError'

export class HallModel {
  readonly openings: Opening[] = []
  readonly bookings: Booked[] = []
  #named = 0

  open(start: number, end: number, step: number, partly: boolean, quota: number): Answer {
    if (this.#taken(start, end)) return 'OverlappingAllocationError'
    const places = Array.from({ length: quota }, () => new Map<number, number>())
    this.openings.push({ name: this.#named++, start, end, step, partly, places })
    return 'done'
  }

  book(opening: Opening, start: number, end: number, quota: number): Answer {
    const steps = this.stepsOf(opening, start, end)
    const free = opening.places.filter((place) => steps.every((step) => !place.has(step)))
    if (free.length < quota) return 'AlreadyReservedError'
    const name = this.#named++
    for (const place of free.slice(0, quota)) for (const step of steps) place.set(step, name)
    this.bookings.push({ name, opening, start, end, quota })
    return 'done'
  }

  cancel(booked: Booked): Answer {
    this.#free(booked)
    this.bookings.splice(this.bookings.indexOf(booked), 1)
    return 'done'
  }

  change(booked: Booked, start: number, end: number): Answer {
    const before = booked.opening.places.map((place) => new Map(place))
    this.#free(booked)
    const steps = this.stepsOf(booked.opening, start, end)
    const place = booked.opening.places.find((each) => steps.every((step) => !each.has(step)))
    if (!place) {
      booked.opening.places = before
      return 'AlreadyReservedError'
    }
    for (const step of steps) place.set(step, booked.name)
    booked.start = start
    booked.end = end
    return 'done'
  }

  resize(opening: Opening, quota: number): Answer {
    const used = opening.places.filter((place) => place.size > 0)
    const less = opening.places.length - quota
    if (less > opening.places.length - used.length) return 'AffectedReservationError'
    if (less > 0) opening.places = used
    while (opening.places.length < quota) opening.places.push(new Map())
    return 'done'
  }

  move(opening: Opening, start: number, end: number): Answer {
    if (this.#taken(start, end, opening)) return 'OverlappingAllocationError'
    const held = opening.places.flatMap((place) => [...place.keys()])
    const stays = opening.start === start && opening.end === end
    const fits = held.every((step) => start <= step && step + opening.step <= end)
    if (opening.partly ? !fits : held.length > 0 && !stays) return 'AffectedReservationError'
    opening.start = start
    opening.end = end
    return 'done'
  }

  /** The steps that a wish takes; all of it where it cannot be taken in parts. */
  stepsOf(opening: Opening, start: number, end: number): number[] {
    if (!opening.partly) return [opening.start]
    const steps: number[] = []
    for (let step = start; step < end; step += opening.step) steps.push(step)
    return steps
  }

  #free(booked: Booked): void {
    for (const place of booked.opening.places) {
      for (const [step, name] of place) if (name === booked.name) place.delete(step)
    }
  }

  #taken(start: number, end: number, except?: Opening): boolean {
    return this.openings.some((each) => each !== except && each.start < end && start < each.end)
  }
}
