/**
 * Runs golden vectors: `npm run vectors -- reservations DIR`, or `operations DIR`.
 *
 * Every file of the folder is played on an empty database, on PGlite and on every Postgres this machine has; a
 * file has passed when it passed on all of them. The first difference of a failing file is printed, then the
 * deviations that a rule allowed, by rule; the last line is `N passed, M failed`. Exit code 1 where one failed.
 *
 * `--on pglite,embedded,oldest,installed,url` chooses databases, `--only TEXT` files by a part of their name.
 */
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type Kind, withDatabases } from '../harness/kinds.ts'
import { describe } from './compare.ts'
import { runOperations } from './operations.ts'
import { type Played, play, type Vector } from './reservations/play.ts'

const USAGE =
  'npm run vectors -- reservations|operations DIR [--on pglite,embedded,oldest,installed] [--only TEXT]'

type Settings = Readonly<{
  family: string
  folder: string
  only: string
  on: readonly string[] | null
}>

class Misuse extends Error {}

function settings(): Settings {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { on: { type: 'string' }, only: { type: 'string' } },
  })
  const [family, folder, ...more] = positionals
  const known = family === 'reservations' || family === 'operations'
  if (!known || !folder || more.length > 0) throw new Misuse(USAGE)
  return { family, folder, only: values.only ?? '', on: values.on?.split(',') ?? null }
}

async function vectorsIn({ folder, only }: Settings): Promise<Map<string, Vector>> {
  const names = (await readdir(folder)).filter(
    (name) => name.endsWith('.json') && name.includes(only),
  )
  const vectors = new Map<string, Vector>()
  for (const name of names.sort()) {
    vectors.set(name, JSON.parse(await readFile(path.join(folder, name), 'utf8')) as Vector)
  }
  return vectors
}

function explain(name: string, { failure }: Played): string {
  if (!failure) return ''
  const { index, step, difference, thrown } = failure
  const lines = [`  ${name}, step ${index}: ${JSON.stringify(step)}`, describe(difference)]
  if (thrown instanceof Error) lines.push(`      thrown   ${thrown.stack ?? thrown.message}`)
  return lines.join('\n')
}

async function playAll(
  kind: Kind,
  vectors: ReadonlyMap<string, Vector>,
  deviations: Map<string, number>,
): Promise<Set<string>> {
  const failed = new Set<string>()
  const { database, drop } = await kind.create({ connections: 1 })
  try {
    for (const [name, vector] of vectors) {
      const played = await play(database, vector)
      for (const each of played.deviations) deviations.set(each, (deviations.get(each) ?? 0) + 1)
      if (!played.failure) continue
      failed.add(name)
      console.log(explain(name, played))
    }
  } finally {
    await drop()
  }
  console.log(`${kind.name}: ${vectors.size - failed.size} passed, ${failed.size} failed`)
  return failed
}

async function main(): Promise<number> {
  const chosen = settings()
  if (chosen.family === 'operations') return (await runOperations(chosen.folder, chosen)) ? 1 : 0
  const vectors = await vectorsIn(chosen)
  if (vectors.size === 0) throw new Misuse(`No vectors in ${chosen.folder}.`)
  const deviations = new Map<string, number>()
  const failed = new Set<string>()
  await withDatabases(async (kinds) => {
    for (const kind of kinds) {
      if (chosen.on && !chosen.on.includes(kind.id)) continue
      for (const name of await playAll(kind, vectors, deviations)) failed.add(name)
    }
  })
  const rules = [...deviations].sort().map(([rule, count]) => `${rule}: ${count}`)
  console.log(`deviations: ${rules.length > 0 ? rules.join(', ') : 'none'}`)
  console.log(`${vectors.size - failed.size} passed, ${failed.size} failed`)
  return failed.size === 0 ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof Misuse)) throw error
  console.log(error.message)
  process.exitCode = 2
}
