/**
 * Operations, writing: all that a call changed, in at most one statement for each kind of change.
 *
 * The order is that of the constraints: what is taken back goes before what takes its place, an avatar stops
 * being present before another of the same piece begins, and an operation goes after all that spoke of it.
 */
import { sql } from 'kysely'
import type { Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'
import type { Avatar, HistoryInput, Item, ItemType, Operation, Place } from './operations-model.ts'

export interface Rows<R> {
  readonly made: readonly R[]
  readonly changed: readonly R[]
  readonly removed: readonly R[]
}

export interface OperationChanges {
  readonly operations: Rows<Operation>
  readonly avatars: Rows<Avatar>
  readonly items: Rows<Item>
  readonly inputs: Readonly<{ made: readonly HistoryInput[]; removed: readonly HistoryInput[] }>
  /** Items to be removed where no avatar is left. */
  readonly bereft: readonly Uuid[]
}

const operationColumns = sql.raw(`r(id uuid, kind text, state text, "dtExecution" bigint,
  "dtStart" bigint, place uuid, "itemType" uuid, code text, properties jsonb, name text,
  parameters jsonb, match jsonb, claim uuid, actor text, comment text)`)
const avatarColumns = sql.raw(`r(id uuid, item uuid, state text, place uuid, "dtFrom" bigint,
  "dtUntil" bigint, reason uuid)`)
const inputColumns = sql.raw(`r(operation uuid, avatar uuid, "latestPreviousOp" uuid,
  "origDtUntil" bigint)`)
const itemColumns = sql.raw('r(id uuid, type uuid, code text, properties jsonb)')

const json = (rows: readonly unknown[]) => JSON.stringify(rows)
const idsOf = (rows: readonly { id: Uuid }[]) => rows.map((row) => row.id)

async function removeInputs(tx: Tx, inputs: readonly HistoryInput[]): Promise<void> {
  if (inputs.length === 0) return
  await sql`delete from allmend.history_input h using unnest(
      ${inputs.map((input) => input.operation)}::uuid[],
      ${inputs.map((input) => input.avatar)}::uuid[]) as r(operation, avatar)
    where h.operation = r.operation and h.avatar = r.avatar`.execute(tx)
}

async function makeInputs(tx: Tx, inputs: readonly HistoryInput[]): Promise<void> {
  if (inputs.length === 0) return
  await sql`insert into allmend.history_input (operation, avatar, latest_previous_op, orig_dt_until)
    select operation, avatar, "latestPreviousOp", "origDtUntil"
    from jsonb_to_recordset(${json(inputs)}::jsonb) as ${inputColumns}`.execute(tx)
}

async function removeAvatars(tx: Tx, avatars: readonly Avatar[]): Promise<void> {
  if (avatars.length === 0) return
  await sql`delete from allmend.avatar where id = any(${idsOf(avatars)}::uuid[])`.execute(tx)
}

async function makeAvatars(tx: Tx, avatars: readonly Avatar[]): Promise<void> {
  if (avatars.length === 0) return
  await sql`insert into allmend.avatar (id, item, state, place, dt_from, dt_until, reason)
    select id, item, state, place, "dtFrom", "dtUntil", reason
    from jsonb_to_recordset(${json(avatars)}::jsonb) as ${avatarColumns}`.execute(tx)
}

async function changeAvatars(tx: Tx, avatars: readonly Avatar[]): Promise<void> {
  if (avatars.length === 0) return
  await sql`update allmend.avatar a set state = r.state, place = r.place, dt_from = r."dtFrom",
      dt_until = r."dtUntil", reason = r.reason
    from jsonb_to_recordset(${json(avatars)}::jsonb) as ${avatarColumns}
    where a.id = r.id`.execute(tx)
}

async function makeOperations(tx: Tx, operations: readonly Operation[]): Promise<void> {
  if (operations.length === 0) return
  await sql`insert into allmend.operation (id, kind, state, dt_execution, dt_start, place, item_type,
      code, properties, name, parameters, match, claim, actor, comment)
    select id, kind, state, "dtExecution", "dtStart", place, "itemType", code, properties, name,
      parameters, match, claim, actor, comment
    from jsonb_to_recordset(${json(operations)}::jsonb) as ${operationColumns}`.execute(tx)
}

/** Kind and fields of an operation are for ever; only how far it has come and why it is planned change. */
async function changeOperations(tx: Tx, operations: readonly Operation[]): Promise<void> {
  if (operations.length === 0) return
  await sql`update allmend.operation o set state = r.state, dt_execution = r."dtExecution",
      dt_start = r."dtStart", match = r.match, claim = r.claim, actor = r.actor,
      comment = r.comment
    from jsonb_to_recordset(${json(operations)}::jsonb) as ${operationColumns}
    where o.id = r.id`.execute(tx)
}

async function removeOperations(tx: Tx, operations: readonly Operation[]): Promise<void> {
  if (operations.length === 0) return
  await sql`delete from allmend.operation where id = any(${idsOf(operations)}::uuid[])`.execute(tx)
}

async function makeItems(tx: Tx, items: readonly Item[]): Promise<void> {
  if (items.length === 0) return
  await sql`insert into allmend.item (id, type, code, properties)
    select id, type, code, properties
    from jsonb_to_recordset(${json(items)}::jsonb) as ${itemColumns}`.execute(tx)
}

async function changeItems(tx: Tx, items: readonly Item[]): Promise<void> {
  if (items.length === 0) return
  await sql`update allmend.item i set code = r.code, properties = r.properties
    from jsonb_to_recordset(${json(items)}::jsonb) as ${itemColumns}
    where i.id = r.id`.execute(tx)
}

async function removeBereft(tx: Tx, items: readonly Uuid[]): Promise<void> {
  if (items.length === 0) return
  await sql`delete from allmend.item i where i.id = any(${items}::uuid[])
    and not exists (select 1 from allmend.avatar a where a.item = i.id)`.execute(tx)
}

export async function writeOperations(tx: Tx, changes: OperationChanges): Promise<void> {
  const { operations, avatars, items, inputs, bereft } = changes
  await removeInputs(tx, inputs.removed)
  await removeAvatars(tx, avatars.removed)
  await makeOperations(tx, operations.made)
  await makeItems(tx, items.made)
  await changeAvatars(
    tx,
    avatars.changed.filter((avatar) => avatar.state !== 'present'),
  )
  await changeAvatars(
    tx,
    avatars.changed.filter((avatar) => avatar.state === 'present'),
  )
  await makeAvatars(tx, avatars.made)
  await makeInputs(tx, inputs.made)
  await changeOperations(tx, operations.changed)
  await changeItems(tx, items.changed)
  await removeOperations(tx, operations.removed)
  await removeBereft(tx, bereft)
}

export async function insertItemTypes(tx: Tx, types: readonly ItemType[]): Promise<void> {
  await sql`insert into allmend.item_type (id, code, name, parent, behaviours, properties)
    select id, code, name, parent, behaviours, properties
    from jsonb_to_recordset(${json(types)}::jsonb)
      as r(id uuid, code text, name text, parent uuid, behaviours jsonb, properties jsonb)`.execute(
    tx,
  )
}

export async function insertPlaces(tx: Tx, places: readonly Place[]): Promise<void> {
  await sql`insert into allmend.place (id, name, parent, tag, resource, borrower)
    select id, name, parent, tag, resource, borrower
    from jsonb_to_recordset(${json(places)}::jsonb)
      as r(id uuid, name text, parent uuid, tag text, resource uuid, borrower uuid)`.execute(tx)
}
