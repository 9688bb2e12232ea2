/**
 * Machine: the computer of one desk. Its disk and its replicas outlive the desk that runs on it, which may die at any
 * moment: what its disk had not made safe by then is lost from a random byte on.
 */
import pg from 'pg'
import type { Disk, DiskFile, Random } from '../../../core/ports.ts'
import type { Database } from '../../../core/store/database.ts'
import type { Shelf } from '../../../core/store/exchange.ts'
import { type Engine, startEngine } from '../../../core/store/pglite-engine.ts'
import type { Link } from '../../../core/store/pglite-link.ts'
import { PgliteStream } from '../../../core/store/pglite-stream.ts'
import { databaseOver } from '../../../core/store/session.ts'
import { waitingBy } from '../../../core/store/transact.ts'
import { types } from '../../../core/store/values.ts'
import { EMPTY, preparedForTests } from '../../harness/kinds.ts'
import { MemoryDisk } from '../../harness/memory-disk.ts'
import { query } from './postgres-wire.ts'
import type { Life, World } from './world.ts'

/** The longest that a disk usually takes; now and then it is busy. */
const DISK_MS = 2
const BUSY_DISK_MS = 80

export async function newEngine(): Promise<Engine> {
  return startEngine({ folder: undefined, prepared: await preparedForTests() })
}

/** A database on an engine that others may use between two statements of it. */
export function databaseOn(link: Link, random: Random): Database {
  const pool = new pg.Pool({
    max: 1,
    idleTimeoutMillis: 0,
    pipeline: true,
    user: 'postgres',
    database: 'postgres',
    password: '',
    types,
    stream: () => new PgliteStream(link) as never,
  })
  return databaseOver({ kind: 'pglite', pool, waiting: waitingBy({ random }) })
}

export class Machine {
  readonly disk = new MemoryDisk()
  /** Says that it is safe when it is not: built wrong, to see that it is found. */
  lying = false
  readonly #engines = new Map<string, Engine>()
  readonly #spare: Engine[]
  #current: string | null = null

  /** Engines that are empty, and come back when this machine needs them no more. */
  constructor(spare: Engine[]) {
    this.#spare = spare
  }

  diskOf(world: World, life: Life): Disk {
    const { disk } = this
    const takes = (what: string) => {
      const { dice } = world
      const busy = dice.next() < 0.02
      return world.takes(dice.next() * (busy ? BUSY_DISK_MS : DISK_MS), life, `disk ${what}`)
    }
    return {
      read: async (path) => {
        await takes('read')
        return disk.read(path)
      },
      open: async (path) => {
        const file = await disk.open(path)
        const gated =
          (what: keyof DiskFile) =>
          async (...args: never[]) => {
            await takes(what)
            if (!(what === 'sync' && this.lying))
              await (file[what] as (...a: never[]) => unknown)(...args)
            // Done, and the desk may die before it hears of it.
            await takes(`${what} done`)
          }
        return {
          write: gated('write'),
          truncate: gated('truncate'),
          sync: gated('sync'),
          close: gated('close'),
        } as DiskFile
      },
      replace: async (path, bytes) => {
        await takes('replace')
        await disk.replace(path, bytes)
      },
    }
  }

  shelfOf(world: World, life: Life, random: Random): Shelf {
    return {
      current: async () => this.#current,
      open: async (name) => databaseOn(gatedLink(this.#engineOf(name, world), world, life), random),
      appoint: async (name) => {
        await world.takes(world.dice.next() * DISK_MS, life, 'appoint')
        this.#current = name
      },
      clear: async (name) => {
        for (const [other, engine] of this.#engines) {
          if (other === name) continue
          this.#engines.delete(other)
          this.#spare.push(engine)
        }
      },
    }
  }

  /** The power is gone. */
  crash(part: number): void {
    this.disk.powerCut(part)
  }

  scrap(): void {
    this.#spare.push(...this.#engines.values())
    this.#engines.clear()
  }

  #engineOf(name: string, world: World): Engine {
    const known = this.#engines.get(name)
    if (known) return known
    const engine = this.#spare.pop()
    if (!engine) throw new Error('there are more replicas than engines')
    // Its own timers are no part of a history.
    world.outside(() => {
      for (const text of ['rollback', 'discard all', EMPTY]) said(engine, query(text))
    })
    this.#engines.set(name, engine)
    return engine
  }
}

/** Everything that an engine answers. */
export function said(engine: Engine, bytes: Uint8Array): Buffer {
  const pieces: Buffer[] = []
  engine.exec(bytes, (piece) => pieces.push(Buffer.from(piece)))
  return Buffer.concat(pieces)
}

/** Every statement takes its time, and the desk may die before it, or before its answer. */
function gatedLink(engine: Engine, world: World, life: Life): Link {
  /** What is said first is heard first. */
  let last = 0
  const link: Link = {
    send(bytes) {
      last = Math.max(last, world.now + world.dice.next() * DISK_MS)
      world.later(last - world.now, life, 'replica', () => {
        const answer = world.outside(() => said(engine, bytes))
        world.later(0, life, 'replica answers', () => link.onAnswer(answer))
      })
    },
    onAnswer: () => {},
    onGone: () => {},
    gone: undefined,
    close: async () => {},
  }
  return link
}
