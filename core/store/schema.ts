/**
 * Schema: the tables as Kysely sees them. A flat list, checked against `information_schema` by a contract test.
 *
 * The booking tables are libres 1.2.0's own and stand in `public`; everything of ours is in `allmend` and `sync`.
 * A `timestamp` of libres is UTC text with six digits (`2027-06-01 06:00:00.000000`): no driver's Date, which
 * would lose microseconds, ever crosses this folder.
 */
import type { Generated, JSONColumnType } from 'kysely'
import type { OperationsSchema } from './operations-schema.ts'

/** `YYYY-MM-DD HH:MM:SS[.ffffff]`, UTC, without a zone. */
export type UtcText = string
type Json = JSONColumnType<Record<string, unknown> | null, unknown, unknown>

export interface AllocationTable {
  id: Generated<number>
  resource: string
  type: string
  mirror_of: string
  group: string
  quota: number
  quota_limit: number
  partly_available: boolean
  approve_manually: boolean
  timezone: string | null
  data: Json
  _start: UtcText
  /** Inclusive: one microsecond before the end. */
  _end: UtcText
  _raster: number
  created: UtcText
  modified: UtcText | null
}

export interface ReservedSlotTable {
  resource: string
  start: UtcText
  /** Inclusive. */
  end: UtcText
  allocation_id: number
  source_type: 'reservation' | 'blocker'
  reservation_token: string
  source_id: number
  created: UtcText
  modified: UtcText | null
}

export interface ReservationTable {
  id: Generated<number>
  token: string
  target: string
  target_type: 'group' | 'allocation'
  type: string
  resource: string
  start: UtcText | null
  /** Inclusive. */
  end: UtcText | null
  timezone: string | null
  status: 'pending' | 'approved'
  data: Json
  email: string
  session_id: string | null
  quota: number
  created: UtcText
  modified: UtcText | null
}

export interface ReservationBlockerTable {
  id: Generated<number>
  token: string
  target: string
  target_type: 'group' | 'allocation'
  resource: string
  start: UtcText | null
  end: UtcText | null
  timezone: string | null
  reason: string | null
  created: UtcText
  modified: UtcText | null
}

/** One row per key: the municipality's name, zone and libres context. */
export interface SettingTable {
  key: string
  value: Json
}

export interface ResourceTable {
  /** libres' uuid of the resource: uuid 5 of `<context>/<key>`. */
  id: string
  key: string
  name: string
  group: string
  kind: 'hall' | 'gym' | 'room' | 'kitchen' | 'nursery' | 'outdoor' | 'other'
  parent: string | null
  shares_space: boolean
  capacity: number | null
  features: JSONColumnType<readonly string[]>
  color: number
  position: number
  zone: string
  aliases: JSONColumnType<readonly string[]>
  step: number | null
}

export interface PersonTable {
  id: string
  name: string
  organisation: string
  phone: string
  /** Digits only, for finding by the last ones. */
  phone_digits: string
  email: string
  street: Generated<string>
  postcode: Generated<string>
  town: Generated<string>
  /** One of the desk's languages, or empty. */
  language: Generated<string>
  /** Internal, never exported. */
  note: Generated<string>
  /** The one who stands for this person since two were merged. */
  merged_into: string | null
  /** Name and organisation without case and accents; the database writes it. */
  plain: Generated<string>
}

/** Phones beyond the first. */
export interface PersonPhoneTable {
  person: string
  position: number
  phone: string
  digits: string
}

export interface BookingTable {
  token: string
  /** Read out on the phone; from the sequence `allmend.booking_number`. */
  number: number
  title: string
  public_title: string
  note: string
  persons: number | null
  person: string | null
  /** The dates as booked, kept so that a cancelled booking can be shown and restored. */
  dates: JSONColumnType<readonly { resource: string; start: number; end: number; places: number }[]>
  /** UTC milliseconds. */
  created_at: number
  created_by: string
  /** UTC milliseconds. */
  cancelled_at: number | null
  cancel_reason: string
  /** What it is, or was when it was cancelled; whether it holds slots, its reservations say. */
  standing: Generated<'booked' | 'request' | 'waiting'>
  /** UTC milliseconds: its place on the waiting list. */
  waiting_since: number | null
  /** True: cancelled because staff said no. */
  denied: Generated<boolean>
  /** Title and number without case and accents; the database writes it. */
  plain: Generated<string>
  /** UTC milliseconds; the database takes it from `dates`. */
  first_start: Generated<number | null>
}

/** Which allocations (by their group uuid) a rule of the editor made. */
export interface AvailabilityTable {
  group: string
  rule: string
}

export interface HistoryTable {
  command: string
  /** UTC milliseconds. */
  at: number
  actor: string
  desk: string
  name: string
  version: number
  args: Json
  result: Json
  subjects: string[]
  undoes: string | null
  undone_by: string | null
}

export interface ReceiptTable {
  command_id: string
  desk_id: string
  desk_seq: number
  name: string
  version: number
  /** Hexadecimal. */
  args_hash: string
  actor: string
  outcome: Json
  /** Text with a zone; the clock of the database, which writes it. */
  at: Generated<string>
}

export interface Schema extends OperationsSchema {
  allocations: AllocationTable
  reserved_slots: ReservedSlotTable
  reservations: ReservationTable
  reservation_blockers: ReservationBlockerTable
  'allmend.setting': SettingTable
  'allmend.resource': ResourceTable
  'allmend.person': PersonTable
  'allmend.person_phone': PersonPhoneTable
  'allmend.booking': BookingTable
  'allmend.availability': AvailabilityTable
  'allmend.history': HistoryTable
  'sync.receipt': ReceiptTable
}
