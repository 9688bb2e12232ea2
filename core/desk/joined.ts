/**
 * Joined: a desk that shares a server. It shows what the server committed, as of a moment that it tells, and what only
 * waits as what it is.
 */
import { definition } from '../commands/index.ts'
import type { Changed, OtherDesk, ServerProblem } from '../contract.ts'
import type { Span } from '../domain/time.ts'
import type { Ports } from '../ports.ts'
import {
  bookingWith,
  calendarWith,
  doubtfulBooking,
  lookAt,
  type Overlay,
  overlayOf,
  type Seen,
} from '../queries/overlay.ts'
import type {
  BookingRow,
  CalendarRows,
  QueryArgs,
  QueryCall,
  QueryName,
  Rows,
} from '../queries/rows.ts'
import type { EngineThread } from '../store/pglite-thread.ts'
import { holds } from '../store/shared/window.ts'
import { type ConnectedDesk, openConnectedDesk } from '../sync/connected-desk.ts'
import { housekeeping } from '../sync/housekeeping.ts'
import { answer } from './answer.ts'
import { changedByGuess, changedByPull } from './changed.ts'
import { outboxRows, withThoseThatRestOn } from './outbox-rows.ts'
import { connectionStringOf, type KeptServer, placeNameOf, tlsOf } from './server-file.ts'
import type { Workplace } from './workplace.ts'

export interface Joined extends Workplace {
  readonly kind: 'joined'
  readonly server: KeptServer
  readonly desk: ConnectedDesk<Seen>
  /** Resolves when there is something to show: the first snapshot of the server. */
  readonly shown: Promise<void>
}

export interface JoinedHears {
  changed(changed: Changed): void
  outbox(): void
  /** What `status()` answers is another now. */
  status(): void
}

export interface JoinedPlace {
  readonly dataFolder: string
  readonly preparedImage?: string
  /** A thread for the embedded database that runs already. */
  readonly thread?: EngineThread
  readonly server: KeptServer
  readonly password: string | null
  readonly actor: () => string
}

export async function openJoined(
  ports: Ports,
  place: JoinedPlace,
  hears: JoinedHears,
): Promise<Joined> {
  const { server, password } = place
  let overlay: Overlay | null = null
  /** What is heard before the desk is there is told by its first status. */
  let there = false
  let show: () => void = () => {}
  const shown = new Promise<void>((resolve) => {
    show = resolve
  })
  const tls = tlsOf(server)
  const desk: ConnectedDesk<Seen> = await openConnectedDesk<Seen>(
    ports,
    {
      dataFolder: place.dataFolder,
      ...(place.preparedImage === undefined ? {} : { preparedImage: place.preparedImage }),
      ...(place.thread ? { thread: place.thread } : {}),
      address: connectionStringOf(server, password),
      ...(tls ? { tls } : {}),
      label: server.label,
      actor: place.actor,
    },
    {
      look: lookAt,
      pulled(pulled) {
        show()
        if (!there) return
        keeping.worked()
        const changed = changedByPull(pulled)
        if (changed) hears.changed(changed)
        hears.status()
      },
      connection: () => there && hears.status(),
      settled: () => there && hears.outbox(),
      guessed() {
        if (!there) return
        const before = overlay
        overlay = overlayNow()
        if (before || overlay) hears.changed(changedByGuess)
        hears.outbox()
        hears.status()
      },
    },
  )
  const keeping = housekeeping(desk.replica, ports.log)
  const { outbox } = desk
  if (desk.municipality()) show()
  there = true
  overlay = overlayNow()

  function overlayNow(): Overlay | null {
    const guess = desk.guess()
    if (!guess) return null
    const refused = outbox
      .noted()
      .map(({ envelope }) => envelope)
      .filter(({ id }) => guess.predicted.get(id)?.status === 'refused')
    return overlayOf(guess.seen, refused)
  }

  const bookingOf = async (
    call: QueryCall<'booking.one'>,
    { tokens }: Overlay,
  ): Promise<BookingRow | null> => {
    const committed = await desk.replica.read((tx) => answer(tx, call))
    if (!tokens.has(call.args.token)) return committed
    const guessed = await desk.tryOut((tx) => answer(tx, call))
    const found = bookingWith(guessed, committed)
    if (found || !overlay) return found
    const over = overlay
    return desk.replica.read((tx) => doubtfulBooking(tx, over, call.args.token))
  }

  const desksOf = async (): Promise<readonly OtherDesk[] | null> => {
    if (!desk.connection().connected) return null
    try {
      return (await desk.desks()).map((one) => ({ ...one, own: one.id === desk.id }))
    } catch {
      return null
    }
  }

  return {
    kind: 'joined',
    server,
    desk,
    shown,
    database: desk.replica,
    notices: [],
    municipality: desk.municipality,
    status() {
      const { connected, since, position, trouble } = desk.connection()
      return {
        mode: connected ? 'connected' : 'cut-off',
        server: {
          place: placeNameOf(server),
          since,
          trouble: trouble as ServerProblem | null,
          window: position ? position.window.during : null,
        },
        asOf: position?.asOf ?? 0,
        waiting: outbox.size(),
        concerns: outbox.concerns().length + staleIn(),
      }
    },
    async give(call) {
      // It would stay here until the program is a newer one, and nobody would know why.
      if (desk.connection().trouble?.code === 'outdated') {
        return { status: 'refused', refusal: { code: 'outdated' } }
      }
      // What lasts only minutes is worth nothing when it is decided later.
      if (definition(call.name).passing && !desk.connection().connected) {
        return { status: 'refused', refusal: { code: 'cut-off' } }
      }
      const outcome = await desk.give(call)
      if (outcome !== 'queued') return outcome
      return { status: 'queued', predicted: desk.guess()?.predicted.get(call.id) ?? null }
    },
    async query<Q extends QueryName>(call: QueryCall<Q>): Promise<Rows[Q]> {
      reachFor(call.args as Partial<Span>)
      if (overlay && call.name === 'booking.one') {
        return (await bookingOf(call as QueryCall<'booking.one'>, overlay)) as Rows[Q]
      }
      const rows = await desk.replica.read((tx) => answer(tx, call))
      if (!overlay || call.name !== 'calendar.range') return rows
      const args = call.args as QueryArgs<'calendar.range'>
      return calendarWith(rows as CalendarRows, overlay, args) as Rows[Q]
    },
    async outbox() {
      const now = ports.clock.now()
      const predicted = desk.guess()?.predicted
      const [rows, desks] = await Promise.all([
        desk.replica.read((tx) => outboxRows(tx, outbox, now, predicted)),
        desksOf(),
      ])
      return { ...rows, desks }
    },
    withdraw: desk.withdraw,
    confirm: desk.confirm,
    async handled(id) {
      for (const one of withThoseThatRestOn(outbox, id)) await desk.handled(one)
    },
    tryNow: desk.tryNow,
    async close() {
      keeping.stop()
      await desk.close()
    },
  }

  /** Somebody looks beyond what is here: it comes, and is told as a change. */
  function reachFor(args: Partial<Span>): void {
    const { connected, position } = desk.connection()
    const { start, end } = args
    if (!connected || !position || start === undefined || end === undefined) return
    if (holds(position.window, { start, end })) return
    // Where it cannot be had, what is here stays shown, and the next look asks again.
    desk.reach({ start, end }).catch(() => undefined)
  }

  function staleIn(): number {
    const now = ports.clock.now()
    return outbox.noted().filter((noted) => outbox.isStale(noted, now)).length
  }
}
