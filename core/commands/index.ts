/**
 * THE list: everything that can happen. What is not in it cannot happen.
 *
 * Dispatch, journal, replay, receipts, history, undo and the screens are views of this one table.
 */
import { availabilityAdd, availabilityChange, availabilityRemove } from './availability.ts'
import { availabilityClear, availabilityRestore } from './availability-clear.ts'
import { blockerAdd, blockerRemove } from './blocker.ts'
import type { ArgsOf, CommandName, ResultOf } from './calls.ts'
import type { CommandDefinition } from './command.ts'
import { holidaysChange } from './holidays.ts'
import { keyHandOut, keyTakeBack } from './key.ts'
import { pieceArrive, pieceDepart } from './material-pieces.ts'
import {
  itemTypeAdd,
  itemTypeChange,
  itemTypeRemove,
  storeAdd,
  storeChange,
  storeRemove,
} from './material-things.ts'
import { materialWant } from './material-want.ts'
import { municipalityFound } from './municipality.ts'
import { personAdd, personChange, personMerge, personRemove, personSplit } from './person.ts'
import { placesChange } from './places.ts'
import { publishTargetRemove, publishTargetSave } from './publish-target.ts'
import { requestDecide } from './request-decide.ts'
import { reservationBook } from './reservation-book.ts'
import { reservationCancel } from './reservation-cancel.ts'
import { reservationChange } from './reservation-change.ts'
import { reservationAdd, reservationDrop } from './reservation-dates.ts'
import { reservationHold, reservationLetGo } from './reservation-hold.ts'
import { reservationMove } from './reservation-move.ts'
import { reservationRequest } from './reservation-request.ts'
import { reservationRestore } from './reservation-restore.ts'
import { resourceAdd, resourceChange, resourceRemove } from './resource.ts'
import { itemTypeCompose, setPack, setUnpack } from './set.ts'
import { tripBringBack, tripCancel, tripExecute, tripObliviate, tripStart } from './trip.ts'
import { tripRecord } from './trip-record.ts'
import { undoWith } from './undo.ts'

type Definitions = { readonly [N in CommandName]: CommandDefinition<N, ArgsOf<N>, ResultOf<N>> }

const definitions: Definitions = {
  'municipality.found': municipalityFound,
  'holidays.change': holidaysChange,
  'publish.target.save': publishTargetSave,
  'publish.target.remove': publishTargetRemove,
  'resource.add': resourceAdd,
  'resource.change': resourceChange,
  'resource.remove': resourceRemove,
  'availability.add': availabilityAdd,
  'availability.remove': availabilityRemove,
  'availability.change': availabilityChange,
  'availability.clear': availabilityClear,
  'availability.restore': availabilityRestore,
  'reservation.book': reservationBook,
  'reservation.hold': reservationHold,
  'reservation.let-go': reservationLetGo,
  'person.add': personAdd,
  'person.change': personChange,
  'person.remove': personRemove,
  'person.merge': personMerge,
  'person.split': personSplit,
  'reservation.request': reservationRequest,
  'reservation.change': reservationChange,
  'request.decide': requestDecide,
  'reservation.cancel': reservationCancel,
  'reservation.restore': reservationRestore,
  'reservation.move': reservationMove,
  'reservation.add': reservationAdd,
  'reservation.drop': reservationDrop,
  'places.change': placesChange,
  'blocker.add': blockerAdd,
  'blocker.remove': blockerRemove,
  'item-type.add': itemTypeAdd,
  'item-type.change': itemTypeChange,
  'item-type.remove': itemTypeRemove,
  'item-type.compose': itemTypeCompose,
  'set.pack': setPack,
  'set.unpack': setUnpack,
  'store.add': storeAdd,
  'store.change': storeChange,
  'store.remove': storeRemove,
  'piece.arrive': pieceArrive,
  'piece.depart': pieceDepart,
  'material.want': materialWant,
  'trip.execute': tripExecute,
  'trip.start': tripStart,
  'trip.cancel': tripCancel,
  'trip.bring-back': tripBringBack,
  'trip.obliviate': tripObliviate,
  'trip.record': tripRecord,
  'key.hand-out': keyHandOut,
  'key.take-back': keyTakeBack,
  undo: undoWith((name) => (isCommand(name) ? definition(name) : undefined)),
}

/** A definition whose argument type is not known to the caller: arguments pass its schema first. */
export type AnyDefinition = CommandDefinition<CommandName, unknown, unknown>

/** False for a command of a newer program, which may stand in the history of a shared server. */
export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(definitions, name)
}

export function definition(name: CommandName): AnyDefinition {
  return definitions[name] as unknown as AnyDefinition
}
