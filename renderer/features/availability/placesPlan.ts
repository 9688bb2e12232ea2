/** Places plan: what another number would mean for one date, by the very rule of the core. Pure. */
import type { ArgsOf } from '../../../core/commands/calls.ts'
import { type LaneMove, peakOf, repack, type Unit } from '../../../core/domain/repack.ts'
import { overlaps } from '../../../core/domain/time.ts'
import type { PlacePiece, PlacesRow } from '../../../core/queries/places-rows.ts'

/** `keep`, `cancel`, `waiting`, or the place of an alternative in the list. */
export type Word = 'keep' | 'cancel' | 'waiting' | number
export type Words = Readonly<Record<string, Word>>

export type Reduction = Readonly<{
  /** Who is there when more are taken than there would be places; booked last first. */
  inTheWay: readonly PlacePiece[]
  /** Null while more are taken at once, also after the words chosen. */
  moves: readonly (LaneMove & Readonly<{ piece: PlacePiece }>)[] | null
  /** How many too many at the worst moment, after the words chosen. */
  tooMany: number
}>

function unitsOf(row: PlacesRow, words: Words): (Unit & { piece: PlacePiece })[] {
  return row.lanes.flatMap((lane, index) =>
    lane.pieces
      .filter((piece) => piece.kind === 'reservation')
      .filter((piece) => (words[piece.token] ?? 'keep') === 'keep')
      .map((piece) => ({
        id: piece.source,
        lane: index,
        start: piece.start,
        end: piece.end,
        piece,
      })),
  )
}

export function reductionOf(row: PlacesRow, places: number, words: Words): Reduction {
  const all = unitsOf(row, {})
  const over = row.levels.filter((level) => level.used > places)
  const met = new Map<string, PlacePiece>()
  for (const { piece } of all) {
    if (over.some((level) => overlaps(level, piece))) met.set(piece.token, piece)
  }
  const staying = unitsOf(row, words)
  const moves = repack(staying, places)
  const pieces = new Map(staying.map((unit) => [`${unit.id} ${unit.lane}`, unit.piece]))
  return {
    inTheWay: [...met.values()].sort((one, other) => other.made - one.made),
    moves:
      moves?.flatMap((move) => {
        const piece = pieces.get(`${move.id} ${move.from}`)
        return piece ? [{ ...move, piece }] : []
      }) ?? null,
    tooMany: Math.max(0, peakOf(staying) - places),
  }
}

/** How many places are taken by what a piece is part of. */
export function placesOf(row: PlacesRow, { kind, source }: PlacePiece): number {
  return row.lanes.filter(({ pieces }) =>
    pieces.some((piece) => piece.kind === kind && piece.source === source),
  ).length
}

export function decisionsOf(
  row: PlacesRow,
  pieces: readonly PlacePiece[],
  words: Words,
): ArgsOf<'places.change'>['decisions'] {
  return pieces.flatMap((piece): ArgsOf<'places.change'>['decisions'] => {
    const word = words[piece.token] ?? 'keep'
    const { token } = piece
    if (word === 'keep') return []
    if (word === 'cancel' || word === 'waiting') return [{ token, do: word }]
    const to = row.alternatives[token]?.[word]
    if (!to) return []
    return [
      {
        token,
        do: 'move',
        from: { resource: row.resource, start: piece.start },
        to: { resource: to.resource, start: to.start, end: to.end },
      },
    ]
  })
}
