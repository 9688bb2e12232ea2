/** What a screen may ask about the places of one date: who stands where, what waits, and what fewer would mean. */
import { isLive } from '../domain/hold.ts'
import { repacked } from '../domain/places.ts'
import { type LaneMove, levelsOf, peakOf } from '../domain/repack.ts'
import { mirrorUuids } from '../domain/uuid.ts'
import type { Tx } from '../store/database.ts'
import {
  dateAt,
  datesAround,
  pendingOf,
  piecesOf,
  placeRows,
  type StoredPiece,
} from '../store/places.ts'
import { allResources } from '../store/resources.ts'
import type { PlaceLane, PlacesRow } from './places-rows.ts'
import { proposalsFor } from './proposals.ts'
import type { QueryArgs } from './rows.ts'

function laneOf(uuid: string, row: number | null, pieces: readonly StoredPiece[]): PlaceLane {
  const own = pieces.filter((piece) => piece.place === uuid)
  return {
    uuid,
    row,
    slots: own.reduce((sum, piece) => sum + piece.slots, 0),
    pieces: own.map(({ place: _p, allocation: _a, slots: _s, ...piece }) => piece),
  }
}

/** libres drops wholly free places and moves the used ones forward; it refuses where too few are free. */
function dryRunOf(lanes: readonly PlaceLane[]): PlacesRow['dryRun'] {
  const keys = lanes.map((lane) => lane.uuid)
  const unused = new Set(lanes.filter((lane) => lane.pieces.length === 0).map((lane) => lane.uuid))
  return keys.slice(1).map((_, index) => {
    const places = keys.length - 1 - index
    if (unused.size < keys.length - places) return { places, moves: null }
    const moves = [...repacked(keys, unused)]
      .filter(([from, to]) => from !== to)
      .map(([from, to]): LaneMove => {
        const lane = keys.indexOf(from)
        return { id: lanes[lane]?.row ?? 0, from: lane, to: keys.indexOf(to) }
      })
    return { places, moves }
  })
}

export async function placesOne(
  tx: Tx,
  { resource, at, now }: QueryArgs<'places.one'>,
): Promise<PlacesRow | null> {
  const all = await allResources(tx)
  const hall = all.find((one) => one.id === resource)
  const date = await dateAt(tx, resource, at)
  if (!hall || !date) return null
  const pieces = await piecesOf(tx, date.id)
  const rows = new Map((await placeRows(tx, date.id)).map((row) => [row.resource, row.id]))
  const lanes = [resource, ...mirrorUuids(resource, date.places)].map((uuid) =>
    laneOf(uuid, rows.get(uuid) ?? null, pieces),
  )
  const booked = pieces.filter((piece) => piece.kind === 'reservation')
  const wishes = [...new Map(booked.map((piece) => [piece.token, piece])).values()]
  const proposed = await proposalsFor(
    tx,
    all,
    new Set(),
    now,
    wishes.map(({ source, start, end }) => ({
      resource,
      start,
      end,
      persons: null,
      places: booked.filter((each) => each.source === source).length,
    })),
  )
  const pending = (await pendingOf(tx, date.id)).filter(
    ({ until }) => until === null || isLive({ until }, now),
  )
  const { id: _, ...facts } = date
  return {
    ...facts,
    ...(await datesAround(tx, resource, date.start)),
    resource,
    resourceName: hall.name,
    lanes,
    levels: levelsOf(booked, date),
    peak: peakOf(booked),
    pending: pending.map(({ until: _u, ...one }) => one),
    alternatives: Object.fromEntries(
      wishes.map((piece, index) => [piece.token, proposed[index] ?? []]),
    ),
    dryRun: dryRunOf(lanes),
  }
}
