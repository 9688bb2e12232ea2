/** Models: which classes rows become. A program may put its own in place of the plain ones. */
import { Allocation } from './allocation.ts'
import { Reservation } from './reservation.ts'

/** A class with the `type` that its rows carry. */
export type AllocationClass = typeof Allocation
export type ReservationClass = typeof Reservation

/** Classes of a program of its own, each optional. */
export type OwnModels = Readonly<{
  /** Made for new rows and for rows of its `type`; others become plain allocations. */
  allocationClass?: AllocationClass | undefined
  reservationClass?: ReservationClass | undefined
}>

/** The classes that rows become. */
export type Models = Readonly<{
  allocation: AllocationClass
  plainAllocation: AllocationClass
  reservation: ReservationClass
}>

export function modelsOf(own: OwnModels): Models {
  return {
    allocation: own.allocationClass ?? Allocation,
    plainAllocation: Allocation,
    reservation: own.reservationClass ?? Reservation,
  }
}
