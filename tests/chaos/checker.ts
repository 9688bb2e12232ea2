/**
 * Checker: whether what desks were told, what the server holds and what every replica showed can all be true.
 *
 * It knows nothing of how the desks work. Each thing that cannot be is counted under its name.
 */
import type { Uuid } from '../../core/domain/time.ts'

type Status = 'accepted' | 'refused'

/** What a desk says on its output. */
export type Line =
  | Readonly<{ kind: 'gave'; id: Uuid; name: string; token: Uuid }>
  /** The clerk was told that it is noted, or more. */
  | Readonly<{ kind: 'noted'; id: Uuid }>
  | Readonly<{ kind: 'settled'; id: Uuid; status: Status }>
  /** The same command, sent over another connection at the same time, has got this for an answer. */
  | Readonly<{ kind: 'doubled'; id: Uuid; status: Status }>
  | Readonly<{ kind: 'pulled'; asOf: number; anew: boolean }>
  | Readonly<{ kind: 'wrong'; wrong: string }>
  /** It gives no more, and everything it gave is decided. */
  | Readonly<{ kind: 'idle' }>
  | Readonly<{ kind: 'rest'; content: Readonly<Record<string, string>> }>

/** The lines of one life of a desk; the last life ends with `rest`. */
export interface Life {
  readonly desk: number
  readonly lines: readonly Line[]
}

/** The server at rest. */
export interface Truth {
  /** Of each command that has a receipt. */
  readonly receipts: ReadonlyMap<Uuid, Status | null>
  /** Commands in the history: how often each. */
  readonly done: ReadonlyMap<Uuid, number>
  /** Slots of each booking that exists; a cancelled one has 0. */
  readonly slots: ReadonlyMap<Uuid, number>
  /** What is wrong in it. */
  readonly wrong: readonly string[]
  readonly content: Readonly<Record<string, string>>
}

export const VIOLATIONS = [
  'overbooked',
  'mixed snapshot',
  'noted but lost',
  'accepted but lost',
  'applied twice',
  'refused yet applied',
  'told otherwise than the receipt',
  'never decided',
  'replica diverged',
  'snapshots went backwards',
] as const
export type Violation = (typeof VIOLATIONS)[number]
export type Found = Readonly<Record<Violation, readonly string[]>>

export function check(lives: readonly Life[], truth: Truth, slotsOfBooking: number): Found {
  const found = Object.fromEntries(VIOLATIONS.map((name) => [name, []])) as unknown as Record<
    Violation,
    string[]
  >
  const sort = (wrong: string) =>
    found[wrong.startsWith('overbooked') ? 'overbooked' : 'mixed snapshot'].push(wrong)
  for (const wrong of truth.wrong) sort(wrong)

  const given = new Map<Uuid, { name: string; token: Uuid }>()
  const noted = new Set<Uuid>()
  const told = new Map<Uuid, Set<Status>>()
  const rest = new Set<number>()
  const desks = new Set<number>()
  const seen = new Map<number, number>()
  for (const { desk, lines } of lives) {
    desks.add(desk)
    for (const line of lines) {
      if (line.kind === 'gave') given.set(line.id, line)
      else if (line.kind === 'noted') noted.add(line.id)
      else if (line.kind === 'settled' || line.kind === 'doubled') {
        told.set(line.id, (told.get(line.id) ?? new Set()).add(line.status))
      } else if (line.kind === 'wrong') sort(line.wrong)
      else if (line.kind === 'pulled') {
        const before = seen.get(desk) ?? 0
        if (line.asOf < before) found['snapshots went backwards'].push(`desk ${desk}`)
        seen.set(desk, line.asOf)
      } else if (line.kind === 'rest') {
        rest.add(desk)
        for (const [table, content] of Object.entries(truth.content)) {
          if (line.content[table] !== content)
            found['replica diverged'].push(`desk ${desk}: ${table}`)
        }
      }
    }
  }
  for (const desk of desks) {
    if (!rest.has(desk)) found['never decided'].push(`desk ${desk} did not come to rest`)
  }

  const cancelled = new Set(
    [...given].flatMap(([id, { name, token }]) =>
      name === 'reservation.cancel' && truth.receipts.get(id) === 'accepted' ? [token] : [],
    ),
  )
  for (const [id, { name, token }] of given) {
    const receipt = truth.receipts.get(id)
    const heard = told.get(id) ?? new Set()
    const done = truth.done.get(id) ?? 0
    const slots = truth.slots.get(token)
    if (noted.has(id) && receipt === undefined) found['noted but lost'].push(id)
    if (receipt === null) found['never decided'].push(id)
    for (const status of heard) {
      if (status !== receipt) {
        const truly = receipt === undefined ? 'there is none' : `it says ${receipt}`
        found['told otherwise than the receipt'].push(`${id} ${name}: told ${status}, ${truly}`)
      }
    }
    if (done > 1) found['applied twice'].push(id)
    // What nobody was told counts like what everybody was: the receipt says what has to be.
    const says = (status: Status) => receipt === status || heard.has(status)
    if (says('accepted') && done === 0) found['accepted but lost'].push(id)
    if (says('refused') && done > 0) found['refused yet applied'].push(id)
    if (name !== 'reservation.book') continue
    if (slots !== undefined && slots > slotsOfBooking) found['applied twice'].push(id)
    if (says('refused') && slots !== undefined) found['refused yet applied'].push(id)
    if (says('accepted') && !cancelled.has(token) && slots !== slotsOfBooking) {
      found['accepted but lost'].push(id)
    }
    if (receipt === undefined && slots !== undefined) found['applied twice'].push(id)
  }
  return found
}
