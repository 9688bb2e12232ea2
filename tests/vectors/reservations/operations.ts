/** The operations of reservation vectors, one function each: the arguments of a step in, the form of its result out. */
import { sql } from 'kysely'
import { textOf } from '../../../core/domain/micros.ts'
import { instantOf } from '../../../core/domain/when.ts'
import type { Allocation } from '../../../core/scheduler/allocation.ts'
import type { Reservation } from '../../../core/scheduler/reservation.ts'
import type { SearchOptions, YesNoAny } from '../../../core/scheduler/search.ts'
import type { ReservedSlot } from '../../../core/scheduler/slot.ts'
import type { JsonObject } from '../../../core/store/allocations.ts'
import type { Tx } from '../../../core/store/database.ts'
import { callFunction } from './functions.ts'
import { byNumber, wholeDay } from './records.ts'
import { callRegistry } from './registry-calls.ts'
import { dates, local, maybeWhen, stretch, utc, when } from './times.ts'
import type { Step, World } from './world.ts'

type Operation = (world: World, step: Step, tx: Tx) => unknown

const given = <T>(step: Step, key: string) => step[key] as T
const token = (world: World, step: Step) => world.names.tokenUuid(given(step, 'token'))
const session = (world: World, step: Step) => world.names.sessionUuid(step.session)

/** Ids of the allocations that a step names. */
const idsOf = (world: World, tx: Tx, names: readonly string[]) =>
  Promise.all(names.map((name) => world.names.allocationId(tx, name)))

async function allocation(world: World, step: Step, tx: Tx): Promise<Allocation> {
  const [name = '', mirror] = given<string>(step, 'allocation').split('/')
  const master = await world
    .scheduler(step)
    .allocationById(await world.names.allocationId(tx, name))
  if (mirror === undefined) return master
  const places = await master.siblings()
  return places.find((place) => world.records.ref(place) === `${name}/${mirror}`) ?? master
}

/** The records of a token in the order of their names. */
async function ofToken(world: World, step: Step) {
  const rows = await world.scheduler(step).reservationsByToken(token(world, step))
  const name = (row: Reservation) => world.names.reservation(row.id)
  return rows.sort((one, other) => byNumber(name(one), name(other)))
}

/** Slots with the names of the rows that hold them, of all schedulers. */
async function slots(world: World, rows: readonly ReservedSlot[]) {
  const all = await Promise.all(
    [...world.schedulers.values()].map((scheduler) => scheduler.managedAllocations()),
  )
  return world.records.slots(rows, all.flat())
}

const allocateOptions = (step: Step) => ({
  partlyAvailable: given<boolean | undefined>(step, 'partly_available') ?? false,
  raster: given<number | undefined>(step, 'raster') ?? 5,
  wholeDay: given<boolean | undefined>(step, 'whole_day') ?? false,
  quota: given<number | null | undefined>(step, 'quota') ?? null,
  quotaLimit: given<number | undefined>(step, 'quota_limit') ?? 0,
  grouped: given<boolean | undefined>(step, 'grouped') ?? false,
  data: given<JsonObject | undefined>(step, 'data') ?? null,
  approveManually: given<boolean | undefined>(step, 'approve_manually') ?? false,
  skipOverlapping: given<boolean | undefined>(step, 'skip_overlapping') ?? false,
})

function wish(world: World, step: Step) {
  return {
    dates: step.dates === undefined || step.dates === null ? undefined : dates(step.dates),
    group: typeof step.group === 'string' ? world.names.groupUuid(step.group) : undefined,
    data: given<JsonObject | undefined>(step, 'data') ?? null,
    sessionId: session(world, step),
    quota: given<number | undefined>(step, 'quota') ?? 1,
    singleTokenPerSession: step.single_token_per_session === true,
  }
}

async function info(world: World, step: Step, tx: Tx) {
  const row = await allocation(world, step, tx)
  const siblings = await row.siblings()
  return {
    is_master: row.isMaster,
    is_transient: row.isTransient,
    whole_day: wholeDay(row),
    count_slots: row.countSlots(),
    availability: await row.availability(),
    normalized_availability: await row.normalizedAvailability(),
    partitions: await row.availabilityPartitions(),
    partitions_raw: await row.availabilityPartitions(false),
    free_slots: (await row.freeSlots()).map(stretch),
    in_group: await row.inGroup(),
    is_separate: await row.isSeparate(),
    quota_left: await row.quotaLeft(),
    waitinglist_length: await row.waitinglistLength(),
    siblings: await Promise.all(
      siblings.map(async (each) => [
        world.records.ref(each),
        each.isTransient,
        await each.isAvailable(),
      ]),
    ),
    real_siblings: (await row.siblings(false)).map((each) => world.records.ref(each)),
  }
}

async function dump(world: World, step: Step) {
  const scheduler = world.scheduler(step)
  return {
    allocations: world.records.allocations(await scheduler.managedAllocations()),
    reservations: world.records.reservations(await scheduler.managedReservations()),
    slots: await slots(world, await scheduler.managedReservedSlots()),
    blockers: world.records.blockers(await scheduler.managedBlockers()),
  }
}

async function reserve(world: World, step: Step, tx: Tx) {
  const scheduler = world.scheduler(step)
  const before = new Set((await scheduler.managedReservations()).map((row) => row.id))
  const made = await scheduler.reserve(given(step, 'email'), wish(world, step))
  await world.names.learn(tx)
  const rows = (await scheduler.managedReservations()).filter((row) => !before.has(row.id))
  return { token: world.names.token(made), reservations: world.records.reservations(rows) }
}

async function reserveAndApprove(world: World, step: Step, tx: Tx) {
  const scheduler = world.scheduler(step)
  const made = await scheduler.reserve(given(step, 'email'), wish(world, step))
  // Nothing is asked between the two; a record has its name also where it is rolled back.
  const taken = await scheduler.approveReservations(made).catch(async (error: unknown) => {
    await world.names.learn(tx)
    throw error
  })
  await world.names.learn(tx)
  return { token: world.names.token(made), slots: await slots(world, taken) }
}

async function move(world: World, step: Step, tx: Tx) {
  const { names } = world
  const group = step.group as string | undefined
  const id = await names.allocationId(tx, given(step, 'allocation'))
  await world.scheduler(step).moveAllocation(id, {
    start: maybeWhen(step.start),
    end: maybeWhen(step.end),
    group: group === 'new' ? crypto.randomUUID() : group ? names.groupUuid(group) : null,
    quota: given<number | undefined>(step, 'quota') ?? null,
    approveManually: given<boolean | undefined>(step, 'approve_manually') ?? null,
    quotaLimit: 'quota_limit' in step ? given<number | null>(step, 'quota_limit') : undefined,
    wholeDay: given<boolean | undefined>(step, 'whole_day') ?? null,
    ...('data' in step ? { data: given<JsonObject | null>(step, 'data') } : {}),
  })
  await names.learn(tx)
  return {
    allocations: world.records.allocations(await world.scheduler(step).managedAllocations()),
  }
}

function searchOptions(step: Step): SearchOptions {
  return {
    days: given<SearchOptions['days']>(step, 'days') ?? null,
    minspots: given<number | undefined>(step, 'minspots') ?? 0,
    availableOnly: step.available_only === true,
    wholeDay: given<YesNoAny | undefined>(step, 'whole_day') ?? 'any',
    groups: given<YesNoAny | undefined>(step, 'groups') ?? 'any',
    strict: step.strict === true,
  }
}

async function search(world: World, step: Step) {
  const found = await world
    .scheduler(step)
    .searchAllocations(when(step.start), when(step.end), searchOptions(step))
  return {
    found: found.map((each) => ({ ref: world.records.ref(each.allocation), extra: each.isExtra })),
  }
}

function resources(world: World, step: Step): string[] {
  return given<string[]>(step, 'on').map((name) => world.scheduler({ on: name }).resource)
}

function queries(world: World) {
  const [first] = world.schedulers.values()
  if (!first) throw new Error('No scheduler.')
  return first.queries
}

/** The test hook: overwrites the times of a session's rows. */
async function setTimes(world: World, step: Step, tx: Tx) {
  const time = (key: string) =>
    typeof step[key] === 'string' ? textOf(instantOf(given(step, key), 'UTC')) : null
  await sql`update reservations set created = coalesce(${time('created')}::timestamp, created),
    modified = ${time('modified')}::timestamp
    where session_id = ${session(world, step)}::uuid`.execute(tx)
  return null
}

export const operations: Readonly<Record<string, Operation>> = {
  fn: (_, step) => callFunction(step),
  registry: (_, step) => callRegistry(given(step, 'calls'), (error) => (error as Error).name),

  scheduler: (world, step) => {
    const made = world.addScheduler(step)
    return { resource: made.resource, blocking: made.blockingResources }
  },
  expose: async (world, step, tx) => {
    const names = given<string[] | null>(step, 'allocations')
    const shown = names && new Set(await idsOf(world, tx, names))
    for (const { context } of world.schedulers.values()) {
      context.setService('exposure', () => ({
        isAllocationExposed: (row) => shown === null || shown.has(row.id),
      }))
    }
    world.forgetServices()
    return null
  },
  set_email_validator: (world, step) => {
    const pattern = new RegExp(`^(?:${given<string>(step, 'pattern')})`)
    world.scheduler(step).context.setService('emailValidator', () => (text) => pattern.test(text))
    world.forgetServices()
    return null
  },
  set_reservation_times: setTimes,
  extinguish: async (world, step) => {
    await world.scheduler(step).extinguishManagedRecords()
    return null
  },
  dump,
  visible: async (world, step) => {
    const scheduler = world.scheduler(step)
    return {
      allocations: world.records.refs(await scheduler.visibleAllocations()),
      reservations: world.records.reservationRefs(await scheduler.visibleReservations()),
      blockers: world.records.blockerRefs(await scheduler.visibleBlockers()),
    }
  },

  allocate: async (world, step, tx) => {
    const made = await world.scheduler(step).allocate(dates(step.dates), allocateOptions(step))
    await world.names.learn(tx)
    return { allocations: made.map((row) => world.records.allocation(row)) }
  },
  change_quota: async (world, step, tx) => {
    const scheduler = world.scheduler(step)
    const master = await allocation(world, step, tx)
    await scheduler.changeQuota(master, given(step, 'quota'))
    return {
      allocations: world.records.refs(await scheduler.managedAllocations()),
      slots: await slots(world, await scheduler.managedReservedSlots()),
    }
  },
  move_allocation: move,
  remove_allocation: async (world, step, tx) => {
    const scheduler = world.scheduler(step)
    const groups = step.groups as string[] | undefined
    await scheduler.removeAllocation({
      id: step.allocation
        ? await world.names.allocationId(tx, step.allocation as string)
        : undefined,
      groups: groups?.map((name) => world.names.groupUuid(name)),
    })
    return { allocations: world.records.refs(await scheduler.managedAllocations()) }
  },
  remove_unused_allocations: async (world, step) => {
    const scheduler = world.scheduler(step)
    const deleted = await scheduler.removeUnusedAllocations(when(step.start), when(step.end), {
      days: given<string[] | undefined>(step, 'days'),
      excludeGroups: step.exclude_groups === true,
    })
    const left = await scheduler.managedAllocations()
    return { deleted, allocations: world.records.refs(left) }
  },

  reserve,
  approve: async (world, step) => ({
    slots: await slots(world, await world.scheduler(step).approveReservations(token(world, step))),
  }),
  reserve_approve: reserveAndApprove,
  deny: async (world, step) => {
    const scheduler = world.scheduler(step)
    await scheduler.denyReservation(token(world, step))
    return { left: world.records.reservationRefs(await scheduler.managedReservations()) }
  },
  remove_reservation: async (world, step) => {
    const scheduler = world.scheduler(step)
    await scheduler.removeReservation(token(world, step), world.names.reservationId(step.id))
    return {
      left: world.records.reservationRefs(await scheduler.managedReservations()),
      slots: await slots(world, await scheduler.managedReservedSlots()),
    }
  },
  change_reservation: async (world, step) => {
    const scheduler = world.scheduler(step)
    const changed = await scheduler.changeReservation(
      token(world, step),
      world.names.reservationId(step.id) as number,
      when(step.start),
      when(step.end),
      given<number | undefined>(step, 'quota') ?? null,
    )
    if (changed === null) return { changed: false }
    return {
      changed: true,
      reservation: world.records.reservation(changed),
      slots: await slots(world, await scheduler.reservedSlotsByReservation(token(world, step))),
    }
  },
  change_email: async (world, step) => {
    const scheduler = world.scheduler(step)
    await scheduler.changeEmail(token(world, step), given(step, 'email'))
    const rows = await scheduler.reservationsByToken(token(world, step))
    return { reservations: world.records.reservations(rows) }
  },
  change_reservation_data: async (world, step) => {
    const scheduler = world.scheduler(step)
    await scheduler.changeReservationData(token(world, step), given(step, 'data'))
    const rows = await scheduler.reservationsByToken(token(world, step))
    return { reservations: world.records.reservations(rows) }
  },

  add_blocker: async (world, step, tx) => {
    const scheduler = world.scheduler(step)
    const { dates: times, group } = wish(world, step)
    const reason = given<string | undefined>(step, 'reason') ?? null
    const made = await scheduler.addBlocker({ dates: times, group, reason })
    await world.names.learn(tx)
    const name = made[0]?.token ?? ''
    const rows = await scheduler.blockersByToken(name)
    const held = await scheduler.reservedSlotsByBlocker(name)
    return { blockers: world.records.blockers(rows), slots: await slots(world, held) }
  },
  remove_blocker: async (world, step) => {
    const scheduler = world.scheduler(step)
    await scheduler.removeBlocker(token(world, step), world.names.blockerId(step.id))
    return {
      left: world.records.blockerRefs(await scheduler.managedBlockers()),
      slots: await slots(world, await scheduler.managedReservedSlots()),
    }
  },
  change_blocker: async (world, step) => {
    const scheduler = world.scheduler(step)
    const id = world.names.blockerId(step.id) as number
    const [start, end] = [when(step.start), when(step.end)]
    const changed = await scheduler.changeBlocker(token(world, step), id, start, end)
    if (changed === null) return { changed: false }
    return {
      changed: true,
      blocker: world.records.blocker(changed),
      slots: await slots(world, await scheduler.reservedSlotsByBlocker(token(world, step))),
    }
  },
  change_blocker_reason: async (world, step) => {
    const scheduler = world.scheduler(step)
    await scheduler.changeBlockerReason(token(world, step), given(step, 'reason'))
    const rows = await scheduler.blockersByToken(token(world, step))
    return { blockers: world.records.blockers(rows) }
  },

  search_allocations: search,
  availability: async (world, step) => ({
    availability: await world
      .scheduler(step)
      .availability(maybeWhen(step.start), maybeWhen(step.end)),
  }),
  allocation_info: info,
  partitions: async (world, step, tx) => ({
    partitions: await (await allocation(world, step, tx)).availabilityPartitions(
      step.normalize_dst !== false,
    ),
  }),
  all_slots: async (world, step, tx) => ({
    slots: (await allocation(world, step, tx))
      .allSlots(maybeWhen(step.start), maybeWhen(step.end))
      .map(stretch),
  }),
  normalized_slots: async (world, step, tx) => ({
    slots: (await allocation(world, step, tx))
      .normalizedSlots()
      .map((slot) => (slot === null ? [null, null] : stretch(slot))),
  }),
  free_slots: async (world, step, tx) => ({
    slots: (
      await (
        await allocation(world, step, tx)
      ).freeSlots(maybeWhen(step.start), maybeWhen(step.end))
    ).map(stretch),
  }),
  count_slots: async (world, step, tx) => ({
    count: (await allocation(world, step, tx)).countSlots(
      maybeWhen(step.start),
      maybeWhen(step.end),
    ),
  }),
  align_dates: async (world, step, tx) => {
    const row = await allocation(world, step, tx)
    const { start, end } = row.alignDates(maybeWhen(step.start), maybeWhen(step.end))
    return { start: utc(start), end: utc(end) }
  },
  limit_timespan: async (world, step, tx) => {
    const row = await allocation(world, step, tx)
    const [start, end] = row.limitTimespan(given(step, 'start'), given(step, 'end'), {
      timezone: given<string | undefined>(step, 'timezone'),
      isDst: step.is_dst === true,
      raiseNonExistent: step.raise_non_existent === true,
      raiseAmbiguous: step.raise_ambiguous === true,
    })
    return { start: local(start), end: local(end) }
  },
  overlaps: async (world, step, tx) => ({
    value: (await allocation(world, step, tx)).overlaps(when(step.start), when(step.end)),
  }),
  contains: async (world, step, tx) => ({
    value: (await allocation(world, step, tx)).contains(when(step.start), when(step.end)),
  }),
  is_available: async (world, step, tx) => ({
    value: await (await allocation(world, step, tx)).isAvailable(
      maybeWhen(step.start),
      maybeWhen(step.end),
    ),
  }),
  find_spot: async (world, step, tx) => {
    const row = await allocation(world, step, tx)
    const spot = await world.scheduler(step).findSpot(row, when(step.start), when(step.end))
    return {
      spot: spot ? world.records.ref(spot) : null,
      transient: spot ? spot.isTransient : null,
    }
  },
  free_allocations_count: async (world, step, tx) => {
    const row = await allocation(world, step, tx)
    const count = await world
      .scheduler(step)
      .freeAllocationsCount(row, when(step.start), when(step.end))
    return { count }
  },
  reservation_targets: async (world, step) => ({
    targets: world.records.refs(
      await world.scheduler(step).reservationTargets(when(step.start), when(step.end)),
    ),
  }),

  allocations_in_range: async (world, step) => ({
    allocations: world.records.refs(
      await world.scheduler(step).allocationsInRange(when(step.start), when(step.end)),
    ),
  }),
  allocation_by_date: async (world, step) => ({
    allocation: world.records.ref(
      await world.scheduler(step).allocationByDate(when(step.start), when(step.end)),
    ),
  }),
  allocations_by_ids: async (world, step, tx) => ({
    allocations: (
      await world
        .scheduler(step)
        .allocationsByIds(await idsOf(world, tx, given(step, 'allocations')))
    ).map((row) => world.records.ref(row)),
  }),
  allocations_by_group: async (world, step) => ({
    allocations: world.records.refs(
      await world.scheduler(step).allocationsByGroup(world.names.groupUuid(given(step, 'group'))),
    ),
  }),
  allocation_dates_by_group: async (world, step) => ({
    dates: (
      await world
        .scheduler(step)
        .allocationDatesByGroup(world.names.groupUuid(given(step, 'group')))
    ).map(stretch),
  }),
  allocation_dates_by_ids: async (world, step, tx) => ({
    dates: (
      await world
        .scheduler(step)
        .allocationDatesByIds(
          await idsOf(world, tx, given(step, 'allocations')),
          given<string | undefined>(step, 'start_time') ?? null,
          given<string | undefined>(step, 'end_time') ?? null,
        )
    ).map(stretch),
  }),
  manual_approval_required: async (world, step, tx) => ({
    value: await world
      .scheduler(step)
      .manualApprovalRequired(await idsOf(world, tx, given(step, 'allocations'))),
  }),
  allocations_by_reservation: async (world, step) => ({
    allocations: world.records.refs(
      await world
        .scheduler(step)
        .allocationsByReservation(token(world, step), world.names.reservationId(step.id)),
    ),
  }),
  target_allocations: async (world, step) => {
    const rows = await ofToken(world, step)
    const targets = await Promise.all(rows.map((row) => row.targetAllocations()))
    return { allocations: targets.map((each) => each.map((row) => world.records.ref(row))) }
  },
  autoapprovable: async (world, step) => {
    const rows = await ofToken(world, step)
    return { values: await Promise.all(rows.map((row) => row.autoapprovable())) }
  },
  timespans: async (world, step) => {
    const rows = await ofToken(world, step)
    const spans = await Promise.all(rows.map((row) => row.timespans()))
    return { timespans: spans.map((each) => each.map(stretch)) }
  },
  reservations_by_token: async (world, step) => ({
    reservations: world.records.reservationRefs(
      await world
        .scheduler(step)
        .reservationsByToken(token(world, step), world.names.reservationId(step.id)),
    ),
  }),
  reservations_by_group: async (world, step) => ({
    reservations: world.records.reservationRefs(
      await world.scheduler(step).reservationsByGroup(world.names.groupUuid(given(step, 'group'))),
    ),
  }),
  reservations_by_allocation: async (world, step, tx) => ({
    reservations: world.records.reservationRefs(
      await world
        .scheduler(step)
        .reservationsByAllocation(await world.names.allocationId(tx, given(step, 'allocation'))),
    ),
  }),
  reserved_slots_by_reservation: async (world, step) => ({
    slots: await slots(
      world,
      await world
        .scheduler(step)
        .reservedSlotsByReservation(token(world, step), world.names.reservationId(step.id)),
    ),
  }),
  change_reservation_time_candidates: async (world, step) => {
    const tokens = given<string[] | undefined>(step, 'tokens')
    const rows = await world
      .scheduler(step)
      .changeReservationTimeCandidates(tokens?.map((name) => world.names.tokenUuid(name)) ?? null)
    return { reservations: world.records.reservationRefs(rows) }
  },
  allocations_with_availability: async (world, step) => ({
    items: (
      await world
        .scheduler(step)
        .allocationsWithAvailabilityByRange(
          when(step.start),
          when(step.end),
          step.normalize_dst !== false,
        )
    ).map((item) => ({
      ref: world.records.ref(item.allocation),
      availability: item.availability,
      partitions: item.partitions,
    })),
  }),
  reserved_slots_by_range: async (world, step) => {
    const cells = await world.scheduler(step).reservedSlotsByRange(when(step.start), when(step.end))
    return {
      reserved: [...cells.reserved]
        .sort(([one], [other]) => one - other)
        .map(([cell, count]) => [utc(cell), count]),
      blocked: [...cells.blocked].sort((one, other) => one - other).map(utc),
    }
  },

  'queries.availability_by_range': async (world, step) => ({
    availability: await queries(world).availabilityByRange(
      when(step.start),
      when(step.end),
      resources(world, step),
    ),
  }),
  'queries.availability_by_day': async (world, step) => {
    const days = await queries(world).availabilityByDay(
      when(step.start),
      when(step.end),
      resources(world, step),
    )
    const names = [...world.schedulers]
    return {
      days: [...days].map(([day, each]) => ({
        day,
        availability: each.availability,
        schedulers: names
          .filter(([, scheduler]) => each.resources.has(scheduler.resource))
          .map(([name]) => name)
          .sort(),
      })),
    }
  },
  'queries.reservations_by_session': async (world, step) => ({
    reservations: (await queries(world).reservationsBySession(session(world, step))).map((row) =>
      world.names.reservation(row.id),
    ),
  }),
  'queries.confirm_session': async (world, step) => {
    const only = step.token ? token(world, step) : null
    await queries(world).confirmReservationsForSession(session(world, step) as string, only)
    return null
  },
  'queries.remove_reservation_from_session': async (world, step) => {
    const id = session(world, step) as string
    await queries(world).removeReservationFromSession(id, token(world, step))
    return null
  },
  'queries.find_expired': async (world, step) => ({
    sessions: (await queries(world).findExpiredReservationSessions(maybeWhen(step.expiration)))
      .map((id) => world.names.session(id))
      .sort(),
  }),
  'queries.remove_expired': async (world, step) => ({
    sessions: (await queries(world).removeExpiredReservationSessions(maybeWhen(step.expiration)))
      .map((id) => world.names.session(id))
      .sort(),
  }),
}
