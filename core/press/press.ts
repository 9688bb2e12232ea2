/**
 * Press: publishes targets, when asked and by itself after what was committed.
 *
 * It promises that nothing leaves that the check complains about, that a target whose folder cannot be written stays
 * in the queue and is tried again, and that an unchanged calendar writes nothing. Reads only what is committed; what is
 * made of it is made in another thread (`printing-thread.ts`).
 */
import { join } from 'node:path'
import type { PublishPreview, PublishProblem, PublishStatus } from '../contract.ts'
import type { PublishTarget } from '../domain/publish-target.ts'
import type { Uuid } from '../domain/time.ts'
import type { Ports } from '../ports.ts'
import type { Database } from '../store/database.ts'
import { readPublishTargets } from '../store/settings.ts'
import { nodeDisk } from '../sync/node-disk.ts'
import { type Kept, readKept, writeKept } from './kept.ts'
import type { Printing } from './printing.ts'
import { printingInThread } from './printing-thread.ts'
import { readSource } from './source.ts'

/** A clerk who enters a series is not followed step by step. */
const PUBLISH_AFTER_MS = 60_000
/** A folder that could not be written, and a new day, which moves every range on. */
const LOOK_AGAIN_MS = 5 * 60_000

export interface PressSettings {
  readonly dataFolder: string
  readonly publishAfterMs?: number
}

export class Press {
  readonly #ports: Ports
  readonly #database: Database
  readonly #settings: PressSettings
  readonly #tell: (status: readonly PublishStatus[]) => void
  readonly #kept: Kept
  readonly #printing: Printing
  #timer: NodeJS.Timeout | undefined
  readonly #clock: NodeJS.Timeout
  /** The end of the queue; never rejects. */
  #last: Promise<unknown> = Promise.resolve()
  #stopped = false

  private constructor(
    ports: Ports,
    database: Database,
    settings: PressSettings,
    kept: Kept,
    tell: (status: readonly PublishStatus[]) => void,
    printing: Printing,
  ) {
    this.#ports = ports
    this.#database = database
    this.#settings = settings
    this.#kept = kept
    this.#tell = tell
    this.#printing = printing
    this.#clock = setInterval(() => void this.#automatic(), LOOK_AGAIN_MS)
    this.#clock.unref()
  }

  static async open(
    ports: Ports,
    database: Database,
    settings: PressSettings,
    tell: (status: readonly PublishStatus[]) => void,
    printing: Printing = printingInThread(),
  ): Promise<Press> {
    const kept = await readKept(nodeDisk(), join(settings.dataFolder, 'published.json'))
    return new Press(ports, database, settings, kept, tell, printing)
  }

  /** Says that something was committed. */
  touched(): void {
    for (const one of Object.values(this.#kept)) one.waiting = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(
      () => void this.#automatic(),
      this.#settings.publishAfterMs ?? PUBLISH_AFTER_MS,
    )
    this.#timer.unref()
  }

  async status(): Promise<PublishStatus[]> {
    return (await this.targets()).map(({ id }) => this.#statusOf(id))
  }

  targets(): Promise<readonly PublishTarget[]> {
    return this.#database.read((tx) => readPublishTargets(tx))
  }

  /** Everything as it would go out, of a target that need not be saved, and nothing written. */
  async preview(target: PublishTarget, page: string): Promise<PublishPreview> {
    const source = await readSource(this.#database, target, this.#ports.clock.now())
    return this.#printing.preview(source, page)
  }

  /** One after the other; answers where the target stands then, null where there is none of that id. */
  publish(id: Uuid): Promise<PublishStatus | null> {
    return this.#next(async () => {
      const target = (await this.targets()).find((each) => each.id === id)
      if (!target) return null
      await this.#print(target)
      return this.#statusOf(id)
    })
  }

  /** Lets what is being written be finished. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    clearInterval(this.#clock)
    await this.#last
    await this.#printing.close()
  }

  async #automatic(): Promise<void> {
    await this.#next(async () => {
      for (const target of await this.targets()) {
        if (target.automatic && !this.#stopped) await this.#print(target)
      }
    }).catch((error: unknown) => {
      this.#ports.log.write('error', 'publishing by itself failed', { error: nameOf(error) })
    })
  }

  async #print(target: PublishTarget): Promise<void> {
    const before = this.#kept[target.id]
    let problem: PublishProblem | null
    try {
      const source = await readSource(this.#database, target, this.#ports.clock.now())
      problem = (await this.#printing.print(source)).problem
    } catch (error) {
      problem = { code: 'unexpected', detail: nameOf(error) }
      this.#ports.log.write('error', 'a target could not be published', { error: nameOf(error) })
    }
    const at = problem ? (before?.at ?? null) : this.#ports.clock.now()
    this.#kept[target.id] = { at, problem, waiting: problem !== null }
    await this.#keep()
    this.#tell(await this.status())
  }

  async #keep(): Promise<void> {
    try {
      await writeKept(nodeDisk(), join(this.#settings.dataFolder, 'published.json'), this.#kept)
    } catch (error) {
      this.#ports.log.write('warn', 'what was published could not be noted', {
        error: nameOf(error),
      })
    }
  }

  #statusOf(id: Uuid): PublishStatus {
    return { target: id, ...(this.#kept[id] ?? { at: null, problem: null, waiting: true }) }
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work)
    this.#last = mine.catch(() => undefined)
    return mine
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'not an error object'
}
