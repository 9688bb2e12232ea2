/** Backoff: how long a desk waits before it tries a server again, so that a whole town does not come back at once. */
import type { Random } from '../ports.ts'

const FIRST_MS = 500
export const LONGEST_MS = 30_000

/** Full jitter: anything up to a limit that doubles with each failure. */
export function backoff(failures: number, random: Random): number {
  const limit = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1))
  const [high = 0, low = 0] = random.bytes(2)
  return (limit * (high * 256 + low)) / 65_536
}

/** A pause that can be cut short, from outside and for good. */
export class Pause {
  #end: (() => void) | undefined
  #over = false
  #early = false

  /** Resolves after so long, or at once where `now` was called since the last pause. */
  async for(milliseconds: number): Promise<void> {
    if (!this.#over && !this.#early) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds)
        this.#end = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    this.#early = false
    this.#end = undefined
  }

  now(): void {
    this.#early = true
    this.#end?.()
  }

  /** No pause lasts any more. */
  stop(): void {
    this.#over = true
    this.#end?.()
  }
}
