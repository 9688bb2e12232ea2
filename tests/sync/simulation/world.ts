/**
 * World: one line of events for everything that takes time: messages, disks, timers. A seed decides how long each takes
 * and what goes wrong; nothing else does, so one seed is one history.
 *
 * Time is its own. While a world runs, timers that belong to a life of a desk are events of it; those of anybody else
 * stay what they are.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { Dice } from '../../chaos/dice.ts'

/** A process of a desk from its start to its end. What a dead one still waits for never comes. */
export interface Life {
  readonly name: string
  dead: boolean
}

interface Event {
  readonly at: number
  readonly order: number
  readonly life: Life | null
  readonly what: string
  readonly run: () => void
  cancelled: boolean
}

const real = { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate }

export class World {
  readonly dice: Dice
  /** Every event that happened, in words. */
  readonly trace: string[] = []
  /** Milliseconds since the beginning. */
  now = 0
  readonly #lives = new AsyncLocalStorage<Life>()
  #events: Event[] = []
  #order = 0

  constructor(seed: number) {
    this.dice = new Dice(seed)
  }

  /** Something happens after so long, to whom it belongs. */
  later(milliseconds: number, life: Life | null, what: string, run: () => void): Event {
    const event: Event = {
      at: this.now + Math.max(0, milliseconds),
      order: this.#order++,
      life,
      what,
      run,
      cancelled: false,
    }
    let low = 0
    for (let high = this.#events.length; low < high; ) {
      const middle = (low + high) >> 1
      if ((this.#events[middle] as Event).at <= event.at) low = middle + 1
      else high = middle
    }
    this.#events.splice(low, 0, event)
    return event
  }

  /** A stretch of time in which a life may end. */
  takes(milliseconds: number, life: Life, what: string): Promise<void> {
    return new Promise((resolve) => this.later(milliseconds, life, what, resolve))
  }

  /** Work of a life: its timers end with it. */
  live<T>(life: Life, work: () => T): T {
    return this.#lives.run(life, work)
  }

  /** Work of nobody: timers of it are real ones. An embedded database has its own, and they are no part of a history. */
  outside<T>(work: () => T): T {
    return this.#lives.exit(work)
  }

  /** Lets one event after the other happen until it is over. False where nothing more could happen before. */
  async run(over: () => boolean): Promise<boolean> {
    const restore = this.#installTimers()
    try {
      await settled()
      while (!over()) {
        const event = this.#events.shift()
        if (!event) return false
        if (event.cancelled || event.life?.dead) continue
        this.now = event.at
        this.trace.push(`${event.at.toFixed(3)} ${event.life?.name ?? '-'} ${event.what}`)
        if (event.life) this.#lives.run(event.life, event.run)
        else event.run()
        await settled()
      }
      return true
    } finally {
      restore()
    }
  }

  #installTimers(): () => void {
    const start = (every: boolean) =>
      ((run: (...args: unknown[]) => void, milliseconds = 0, ...args: unknown[]) => {
        const life = this.#lives.getStore()
        if (!life) return (every ? real.setInterval : real.setTimeout)(run, milliseconds, ...args)
        const timer = new Timer()
        const begin = () => {
          timer.event = this.later(Math.max(1, milliseconds), life, 'timer', () => {
            if (every) begin()
            run(...args)
          })
        }
        begin()
        timer.begin = begin
        return timer
      }) as unknown
    const stop = ((timer: unknown) => {
      if (timer instanceof Timer) timer.stop()
      else real.clearTimeout(timer as NodeJS.Timeout)
    }) as unknown
    Object.assign(globalThis, {
      setTimeout: start(false),
      setInterval: start(true),
      clearTimeout: stop,
      clearInterval: stop,
    })
    return () => {
      const { setImmediate: _, ...timers } = real
      Object.assign(globalThis, timers)
    }
  }
}

/** What `setTimeout` gives away. */
class Timer {
  event: Event | undefined
  begin = () => {}

  stop(): void {
    if (this.event) this.event.cancelled = true
  }

  refresh(): this {
    this.stop()
    this.begin()
    return this
  }

  ref(): this {
    return this
  }

  unref(): this {
    return this
  }

  hasRef(): boolean {
    return true
  }
}

/** Everything that follows by itself has happened: promises, ticks, streams. Nothing here waits for the real world. */
function settled(): Promise<void> {
  return new Promise((resolve) => real.setImmediate(() => real.setImmediate(resolve)))
}
