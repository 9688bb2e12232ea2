/** Alone: a desk that is its own authority. What it commits is true. */
import type { BackupStatus, Status } from '../contract.ts'
import type { Ports } from '../ports.ts'
import { Backups } from '../sync/backups.ts'
import { housekeeping } from '../sync/housekeeping.ts'
import { Line } from '../sync/line.ts'
import { type DeskPlace, type OpenDesk, openDesk, type Restore } from '../sync/open-desk.ts'
import { answer } from './answer.ts'
import { outboxRows } from './outbox-rows.ts'
import type { Workplace } from './workplace.ts'

export interface Alone extends Workplace {
  readonly kind: 'alone'
  readonly desk: OpenDesk
  readonly line: Line
  readonly backups: Backups
}

export interface AloneHears {
  progress(step: NonNullable<Status['progress']>['step'], done: number): void
  backup(status: BackupStatus): void
  /** What `outbox` answers is another now. */
  outbox(): void
}

export async function openAlone(
  ports: Ports,
  place: DeskPlace & Readonly<{ actor: () => string }>,
  hears: AloneHears,
  restore?: Restore,
): Promise<Alone> {
  const desk = await openDesk(ports, place, hears.progress, restore)
  const line = new Line(ports, desk, place.actor)
  const keeping = housekeeping(desk.database, ports.log)
  const backups = await Backups.open(ports, desk, line, place, hears.backup)
  const { database, outbox } = desk
  return {
    kind: 'alone',
    desk,
    line,
    backups,
    database,
    notices: desk.notices,
    municipality: () => desk.municipality,
    status: () => ({
      mode: 'standalone',
      server: null,
      asOf: ports.clock.now(),
      waiting: outbox.size(),
      concerns: outbox.concerns().length,
    }),
    async give(call) {
      const outcome = await line.give(call)
      if (outcome === 'queued') return { status: 'queued', predicted: null }
      keeping.worked()
      return outcome
    },
    query: (call) => database.read((tx) => answer(tx, call)),
    async outbox() {
      const now = ports.clock.now()
      const { concerns } = await database.read((tx) => outboxRows(tx, outbox, now, undefined))
      return { waiting: [], concerns, desks: null }
    },
    // Nothing waits for longer than it takes to decide.
    withdraw: async () => {},
    confirm: async () => {},
    tryNow: () => {},
    async handled(id) {
      await line.handled(id)
      hears.outbox()
    },
    async close() {
      keeping.stop()
      await backups.stop()
      await line.settled()
      await desk.close()
    },
  }
}
