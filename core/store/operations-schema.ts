/** The tables of equipment and keys as Kysely sees them; merged into `Schema`. Times are UTC milliseconds. */
import type { Generated, JSONColumnType } from 'kysely'
import type { KindName, OperationState, Presence } from './operations-model.ts'

type Json = JSONColumnType<Record<string, unknown> | null, unknown, unknown>

export interface ItemTypeTable {
  id: string
  code: string
  name: string
  parent: string | null
  behaviours: Json
  properties: Json
}

export interface ItemTable {
  id: string
  type: string
  code: string | null
  properties: Json
}

export interface PlaceTable {
  id: string
  name: string
  parent: string | null
  tag: string | null
  resource: string | null
  borrower: string | null
}

export interface ClaimTable {
  id: string
  booking: string
  type: string
  quantity: number
  out_at: number
  back_at: number
  place: string
  withdrawn: Generated<boolean>
  meant_out: number | null
  meant_back: number | null
}

export interface OperationTable {
  id: string
  kind: KindName
  state: OperationState
  dt_execution: number
  dt_start: number | null
  place: string | null
  item_type: string | null
  code: string | null
  properties: Json
  name: string | null
  parameters: Json
  match: JSONColumnType<readonly (readonly string[])[] | null, unknown, unknown>
  claim: string | null
  actor: string | null
  comment: string | null
}

export interface AvatarTable {
  id: string
  item: string
  state: Presence
  place: string
  dt_from: number
  dt_until: number | null
  reason: string
}

export interface HistoryInputTable {
  operation: string
  avatar: string
  latest_previous_op: string
  orig_dt_until: number | null
}

export interface OperationsSchema {
  'allmend.item_type': ItemTypeTable
  'allmend.item': ItemTable
  'allmend.place': PlaceTable
  'allmend.claim': ClaimTable
  'allmend.operation': OperationTable
  'allmend.avatar': AvatarTable
  'allmend.history_input': HistoryInputTable
}
