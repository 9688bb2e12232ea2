/**
 * Operations vectors: plays recorded scenarios of the original with our engine, on PGlite and on Postgres, and
 * compares everything after every step: objects up to renaming, sets as sets.
 *
 * It knows no file by name but those in operations-deviations.ts, which it counts and prints.
 */
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Database } from '../../core/store/database.ts'
import { emptyDatabase, missingKinds, withDatabases } from '../harness/kinds.ts'
import { difference, withoutPathDependentReasons } from './operations-compare.ts'
import { type Deviation, deviatedQuantities, deviatedStep } from './operations-deviation.ts'
import { deviations } from './operations-deviations.ts'
import {
  EMPTY,
  type RecordedError,
  type Returned,
  type State,
  type Step,
  type Vector,
} from './operations-format.ts'
import { Naming, plain } from './operations-naming.ts'
import { World } from './operations-world.ts'

export interface VectorResult {
  /** Undefined where all is as expected. */
  readonly difference: string | undefined
  /** The deviations that were met, in their order. */
  readonly met: readonly Deviation[]
}

const DEFAULT_DAYS = Array.from({ length: 9 }, (_, day) => `2018-01-0${day + 1}`)

function about(step: Step): string {
  const { do: verb, op, operation, input, inputs = input ? [input] : [] } = step
  return [verb, operation, op, ...inputs].filter((word) => word !== undefined).join(' ')
}

/** Names what a step returned and compares it, sets as sets. */
function compareReturned(naming: Naming, expected: Returned, found: Returned): string | undefined {
  if (typeof expected === 'string' && typeof found === 'string') {
    naming.pair(expected, found)
    return difference(expected, naming.name(found), ['returns'])
  }
  if (typeof expected === 'object' && expected && typeof found === 'object' && found) {
    naming.pair(expected.reversal, found.reversal)
    const [lone, ...others] = expected.start_with
    const [id] = found.start_with
    if (lone && id && others.length === 0) naming.pair(lone, id)
    return difference(expected.reversal, naming.name(found.reversal), ['returns', 'reversal'])
  }
  return difference(expected, found, ['returns'])
}

function compareStarts(naming: Naming, expected: Returned, found: Returned): string | undefined {
  if (typeof expected !== 'object' || !expected || typeof found !== 'object' || !found) return
  const names = found.start_with.map((id) => naming.name(id))
  return difference([...expected.start_with].sort(), names.sort(), ['returns', 'start_with'])
}

/** The class of an error and whether it is the engine's; the words of a database are its own. */
function refusal(error: RecordedError | null | undefined): RecordedError | null {
  return error ? { class: error.class, is_operation_error: error.is_operation_error } : null
}

class Playing {
  readonly #world: World
  readonly #naming = new Naming()
  /** Moves created done, by name and by id. */
  readonly #theirMoves = new Set<string>()
  readonly #ourMoves = new Set<string>()
  #before: State = EMPTY

  constructor(database: Database) {
    this.#world = new World(database)
  }

  get world(): World {
    return this.#world
  }

  /** Plays one step as expected; the difference, if there is one. */
  async step(step: Step): Promise<string | undefined> {
    const played = await this.#world.play(step, (name) => this.#naming.id(name))
    const { error, thrown, returns } = played
    const wrongError = difference(refusal(step.error), error, ['error'])
    if (wrongError) return thrown ? `${wrongError} (${thrown})` : wrongError
    if (step.returns !== undefined && returns !== undefined) {
      const wrong = compareReturned(this.#naming, step.returns, returns)
      if (wrong) return wrong
      const isMove = step.do === 'create' && step.operation === 'Move' && step.state === 'done'
      if (isMove) {
        this.#theirMoves.add(String(step.returns))
        this.#ourMoves.add(String(returns))
      }
    }
    const wrong = await this.compare(step.after)
    if (wrong || step.returns === undefined || returns === undefined) return wrong
    return compareStarts(this.#naming, step.returns, returns)
  }

  /** Compares what there is with what is expected; a step that says nothing of it left it as it was. */
  async compare(after: State = this.#before): Promise<string | undefined> {
    this.#before = after
    const theirs = withoutPathDependentReasons(after, this.#theirMoves)
    const ours = withoutPathDependentReasons(await this.#world.state(), this.#ourMoves)
    this.#naming.extend(theirs, ours)
    return difference(plain(theirs), plain(this.#naming.rename(ours)))
  }

  get before(): State {
    return this.#before
  }
}

/** Plays one scenario on an empty database. */
export async function playVector(database: Database, vector: Vector): Promise<VectorResult> {
  const playing = new Playing(database)
  await playing.world.setUp(vector.setup)
  const own = deviations.filter((one) => one.vector === vector.id)
  const met: Deviation[] = []
  for (const [index, recorded] of vector.steps.entries()) {
    const at = `step ${index + 1} (${about(recorded)})`
    const deviation = own.find((one) => one.step === index + 1)
    if (deviation) met.push(deviation)
    const step = deviation ? deviatedStep(recorded, deviation, playing.before) : recorded
    const wrong = deviation?.impossible
      ? await playing.compare(step.after)
      : await playing.step(step)
    if (wrong) return { difference: `${at}: ${wrong}`, met }
  }
  const recorded = vector.final_quantities ?? []
  const end = own.find((one) => one.step === 'end')
  if (end) met.push(end)
  const expected = end ? deviatedQuantities(recorded, end) : recorded
  const days = Object.keys(recorded[0]?.at ?? {})
  const found = await playing.world.quantities(days.length > 0 ? days : DEFAULT_DAYS)
  const table = (rows: typeof found) =>
    Object.fromEntries(rows.map(({ location, type, ...row }) => [`${type} in ${location}`, row]))
  const wrong = difference(table([...expected]), table(found), ['final quantities'])
  if (wrong) return { difference: wrong, met }
  const missed = own.filter((one) => !met.includes(one))
  if (missed.length > 0) return { difference: `deviation at step ${missed[0]?.step} not met`, met }
  return { difference: undefined, met }
}

export async function vectorsIn(folder: string): Promise<{ file: string; vector: Vector }[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort()
  return Promise.all(
    files.map(async (file) => ({
      file,
      vector: JSON.parse(await readFile(path.join(folder, file), 'utf8')) as Vector,
    })),
  )
}

/** Which of them to play: files by a part of their name, databases by their id; all by default. */
export type Choice = Readonly<{ only?: string; on?: readonly string[] | null }>

/** Plays all files of a folder on every database; the number of files that fail on any. */
export async function runOperations(folder: string, choice: Choice = {}): Promise<number> {
  const { only = '', on = null } = choice
  const vectors = (await vectorsIn(folder)).filter(({ file }) => file.includes(only))
  const failed = new Set<string>()
  const met = new Set<Deviation>()
  if (vectors.length === 0) console.log(`no vectors in ${folder}`)
  await withDatabases(async (kinds) => {
    for (const kind of kinds) {
      if (on && !on.includes(kind.id)) continue
      const test = await kind.create()
      const failures: string[] = []
      try {
        for (const { file, vector } of vectors) {
          await emptyDatabase(test.database)
          const result = await playVector(test.database, vector).catch((error: unknown) => ({
            difference: `stopped: ${error instanceof Error ? error.stack : String(error)}`,
            met: [],
          }))
          for (const one of result.met) met.add(one)
          if (result.difference === undefined) continue
          failed.add(file)
          failures.push(`  ${file} "${vector.title}"\n    ${result.difference}`)
        }
        const version = await test.database.version()
        const right = vectors.length - failures.length
        console.log(`${kind.name} (${version}): ${right} of ${vectors.length} as expected`)
        for (const failure of failures) console.log(failure)
      } finally {
        await test.drop()
      }
    }
  })
  for (const kind of missingKinds()) console.log(`not run: ${kind}`)
  console.log(`${met.size} deviations met, each compared against what is documented:`)
  for (const { vector, step, reason } of met) console.log(`  ${vector} step ${step}: ${reason}`)
  console.log(`${vectors.length - failed.size} passed, ${failed.size} failed`)
  return failed.size
}
