/**
 * Replicated: the tables that every desk of a shared server has a copy of, and the column by which the feed names
 * what changed in them. Where many rows belong together the column names all of them: the slots of an allocation.
 */

export interface Replicated {
  /** With its schema. */
  readonly table: string
  readonly key: string
  readonly keyType: 'int' | 'uuid' | 'text'
}

const by = (key: string, keyType: Replicated['keyType'], ...tables: string[]): Replicated[] =>
  tables.map((table) => ({ table, key, keyType }))

/** What others refer to comes first. */
export const REPLICATED: readonly Replicated[] = [
  ...by('id', 'int', 'public.allocations', 'public.reservations', 'public.reservation_blockers'),
  ...by('allocation_id', 'int', 'public.reserved_slots'),
  ...by('key', 'text', 'allmend.setting'),
  ...by('id', 'uuid', 'allmend.resource', 'allmend.person'),
  ...by('person', 'uuid', 'allmend.person_phone'),
  ...by('token', 'uuid', 'allmend.booking'),
  ...by('group', 'uuid', 'allmend.availability'),
  ...by('id', 'uuid', 'allmend.item_type', 'allmend.item', 'allmend.place', 'allmend.claim'),
  ...by('id', 'uuid', 'allmend.operation', 'allmend.avatar'),
  ...by('operation', 'uuid', 'allmend.history_input'),
  ...by('command', 'uuid', 'allmend.history'),
  ...by('command_id', 'uuid', 'sync.receipt'),
]
