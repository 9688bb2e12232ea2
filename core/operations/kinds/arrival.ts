/** Arrival: a piece comes into the house, bought or found. It makes the item; executing it changes only dates. */
import type { Kind } from '../kind.ts'
import { leave } from '../outcomes.ts'

export const arrival: Kind = {
  name: 'arrival',
  inputs: 0,
  afterInsert(ledger, operation, { item: id }) {
    const { itemType, place, code, properties } = operation
    const item = ledger.makeItem({
      id: id ?? ledger.ids.next(),
      // An arrival of nothing or to nowhere is refused by the database: the columns must not be null.
      type: itemType as string,
      code,
      properties: properties && Object.keys(properties).length > 0 ? properties : null,
    })
    leave(ledger, operation, { item: item.id, place: place as string, dtUntil: null })
  },
}
