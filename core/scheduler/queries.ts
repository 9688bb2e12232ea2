/**
 * Queries: what is asked across resources, and the sessions (shopping carts), which know no resource.
 *
 * It keeps its own memory of services: a scheduler's `clearCache` does not reach it, as in libres.
 */
import { NotTimezoneAware, require } from '../domain/failure.ts'
import { LATEST_US, MINUTE_US } from '../domain/micros.ts'
import type { Stretch } from '../domain/raster.ts'
import type { Uuid } from '../domain/time.ts'
import { plainUuid } from '../domain/uuid.ts'
import { instantOf, readWhen, type When } from '../domain/when.ts'
import { rowsInRange } from '../store/allocations.ts'
import { cartOf, confirmCart, deleteCarts, expiredCarts, removeFromCart } from '../store/carts.ts'
import type { Allocation } from './allocation.ts'
import { availabilityByDay, availabilityByRange, type DayAvailability } from './availability.ts'
import { allocationsOf } from './companions.ts'
import type { Context, Exposure } from './context.ts'
import { NoReservationsToConfirm } from './errors.ts'
import { fire } from './events.ts'
import { one } from './lookup.ts'
import { modelsOf, type ReservationClass } from './models.ts'
import { percentLeft } from './percent-left.ts'
import type { Reservation } from './reservation.ts'
import { Surroundings } from './surroundings.ts'

/** A cart that nobody touched for so long has expired. */
const CART_LIFETIME_US = 15 * MINUTE_US

/** Both ends, which must say their zone themselves: no resource is there to ask. */
function awareRange(start: When, end: When): Stretch {
  for (const when of [start, end]) {
    if (readWhen(when).offset === null) throw new NotTimezoneAware(`No zone: ${String(when)}`)
  }
  return { start: instantOf(start, 'UTC'), end: instantOf(end, 'UTC') }
}

export class Queries {
  readonly #around: Surroundings
  #exposure: Exposure | undefined

  constructor(context: Context, options: Readonly<{ reservationClass?: ReservationClass }> = {}) {
    this.#around = new Surroundings({ context, name: '', timezone: 'UTC' }, modelsOf(options))
  }

  /** The context whose services it works with. */
  get context(): Context {
    return this.#around.context
  }

  /** Which allocations may be shown; read once. */
  get exposure(): Exposure {
    this.#exposure ??= this.context.getService('exposure')
    return this.#exposure
  }

  /** Forgets the exposure that was read. */
  clearCache(): void {
    this.#exposure = undefined
  }

  /** Rows of some resources in a range, mirrors too, by start. The ends of the range count. */
  async allAllocationsInRange(
    start: When,
    end: When,
    resources: readonly Uuid[],
  ): Promise<Allocation[]> {
    const range = awareRange(start, end)
    const rows = await rowsInRange(this.#around.tx(), resources.map(plainUuid), range)
    return allocationsOf(this.#around, rows)
  }

  /** Percent left of these rows together; mirrors that are missing count as free. 0 without a master. */
  availabilityByAllocations(allocations: readonly Allocation[]): Promise<number> {
    return percentLeft(allocations)
  }

  /** Percent left of all exposed rows of some resources in a range. */
  availabilityByRange(start: When, end: When, resources: readonly Uuid[]): Promise<number> {
    const range = awareRange(start, end)
    return availabilityByRange(this.#around, this.exposure, range, resources.map(plainUuid))
  }

  /** The same for each UTC date on which an exposed allocation begins. */
  availabilityByDay(
    start: When,
    end: When,
    resources: readonly Uuid[],
  ): Promise<Map<string, DayAvailability>> {
    const range = awareRange(start, end)
    return availabilityByDay(this.#around, this.exposure, range, resources.map(plainUuid))
  }

  /** What lies in a cart, oldest first; nothing for no session. */
  async reservationsBySession(sessionId: Uuid | null | undefined): Promise<Reservation[]> {
    if (!sessionId) {
      this.context.getService('warning')('Reservations of an empty session id were asked for.')
      return []
    }
    const around = this.#around
    const rows = await cartOf(around.tx(), plainUuid(sessionId))
    return rows.map((row) => new around.models.reservation(row, around))
  }

  /** Takes everything (or one token) out of a cart for good. `NoReservationsToConfirm` where it is empty. */
  async confirmReservationsForSession(sessionId: Uuid, token?: Uuid | null): Promise<void> {
    require(sessionId, 'No session was given.')
    const around = this.#around
    const cart = await cartOf(around.tx(), plainUuid(sessionId))
    const wanted = token ? cart.filter((row) => row.token === plainUuid(token)) : cart
    if (wanted.length === 0) throw new NoReservationsToConfirm('The session holds nothing.')
    const now = around.now()
    await confirmCart(
      around.tx(),
      wanted.map((row) => row.id),
      now,
    )
    const confirmed = wanted.map(
      (row) => new around.models.reservation({ ...row, sessionId: null, modified: now }, around),
    )
    await fire(around.events, 'onReservationsConfirmed', this.context, confirmed, sessionId)
  }

  /**
   * Deletes the one record that a cart holds under a token, and all slots of that token; what is left in the cart
   * counts as touched. `NotFound`, `Ambiguous`.
   */
  async removeReservationFromSession(sessionId: Uuid, token: Uuid): Promise<void> {
    require(sessionId && token, 'A session and a token must be given.')
    const around = this.#around
    const cart = await cartOf(around.tx(), plainUuid(sessionId))
    const row = one(
      cart.filter((each) => each.token === plainUuid(token)),
      'reservation with this token in the session',
    )
    await removeFromCart(around.tx(), row, around.now())
  }

  /**
   * Sessions of the whole database whose undecided records nobody touched since a time (15 minutes ago). A time that
   * names no zone cannot be compared with any: `TypeError` as soon as there is a session.
   */
  async findExpiredReservationSessions(expiration?: When | null): Promise<Uuid[]> {
    const around = this.#around
    if (!expiration) return expiredCarts(around.tx(), around.now() - CART_LIFETIME_US)
    if (readWhen(expiration).offset !== null) {
      return expiredCarts(around.tx(), instantOf(expiration, 'UTC'))
    }
    if ((await expiredCarts(around.tx(), LATEST_US)).length === 0) return []
    throw new TypeError('The expiration must name its zone.')
  }

  /** Deletes all that these sessions hold, approved records too, and answers their ids. */
  async removeExpiredReservationSessions(expiration?: When | null): Promise<Uuid[]> {
    const expired = await this.findExpiredReservationSessions(expiration)
    if (expired.length > 0) await deleteCarts(this.#around.tx(), expired)
    return expired
  }
}
