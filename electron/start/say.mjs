/**
 * What the scripts tell a person at the terminal: one plain line per long step, one plain sentence when
 * something cannot go on. Never a stack trace for anything a person can put right.
 */

/** Something a person can put right; shown as it is, without a stack. */
export class Stop extends Error {
  /** @param {string} sentence */
  constructor(sentence) {
    super(sentence)
    this.name = 'Stop'
  }
}

/** @param {string} line */
export function say(line) {
  process.stdout.write(`${line}\n`)
}

/**
 * Says what is about to happen, does it, and says how long it took.
 * @template T
 * @param {string} line
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(line, work) {
  say(`${line} …`)
  const started = performance.now()
  const result = await work()
  say(`  done in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  return result
}

/**
 * Runs a script to its exit code; a `Stop` is one sentence, anything else is a bug and shows where.
 * @param {() => Promise<number | void>} script
 */
export async function run(script) {
  try {
    process.exitCode = (await script()) ?? 0
  } catch (error) {
    const { code, path } = /** @type {NodeJS.ErrnoException} */ (error)
    const place = path ?? 'the source tree or the cache'
    if (error instanceof Stop) process.stderr.write(`${error.message}\n`)
    else if (code === 'ENOSPC')
      process.stderr.write(`The disk is full: ${place} could not be written.\n`)
    else if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
      process.stderr.write(`This user may not write ${place}.\n`)
    } else process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exitCode = 1
  }
}
