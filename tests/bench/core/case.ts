/** A case of the core's bench: one call through our API and its floor in bare SQL, on two sizes, taken in turns. */
import { median } from '../measured.ts'

/** One side of a case. `run` is what is measured; `before` makes each run start from the same place. */
export type Side = Readonly<{
  before?: () => Promise<void>
  run: () => Promise<void>
}>

export type Size = Readonly<{
  /** How much of it, in words. */
  name: string
  ours: Side
  floor: Side
}>

export type Case = Readonly<{
  name: string
  /** What libres needed, in milliseconds. */
  libres: number
  /** The size that it needed it for; the larger one unless said. */
  named?: 0 | 1
  /** How many times faster than libres it is to be. */
  goal: number
  /** How many times the floor it may take. */
  overFloor?: number
  runs: number
  warmUps?: number
  /** The smaller one first. */
  sizes: readonly [Size, Size]
}>

/** Milliseconds: medians, and the least of all runs, which others on the machine disturb the least. */
export type Taken = Readonly<{
  size: string
  ours: number
  floor: number
  least: Readonly<{ ours: number; floor: number }>
}>

async function taken({ before, run }: Side): Promise<number> {
  await before?.()
  const began = performance.now()
  await run()
  return performance.now() - began
}

/** Medians in milliseconds. The two sides take turns, so that a busy machine is busy for both. */
export async function measure({ runs, warmUps = 3, sizes }: Case): Promise<readonly Taken[]> {
  const results: Taken[] = []
  for (const { name, ours, floor } of sizes) {
    const times = { ours: [] as number[], floor: [] as number[] }
    for (let run = -warmUps; run < runs; run++) {
      const one = await taken(ours)
      const other = await taken(floor)
      if (run < 0) continue
      times.ours.push(one)
      times.floor.push(other)
    }
    results.push({
      size: name,
      ours: median(times.ours),
      floor: median(times.floor),
      least: { ours: Math.min(...times.ours), floor: Math.min(...times.floor) },
    })
  }
  return results
}
