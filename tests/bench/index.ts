/**
 * `npm run bench [-- AREA …]`: medians of several runs on this machine, beside what was aimed for.
 *
 * It never passes or fails: absolute times say little on shared machines. What falls short is marked, not hidden.
 */
import { cpus, loadavg } from 'node:os'
import type { Measured } from './measured.ts'

const areas: Record<string, () => Promise<(report: (row: Measured) => void) => Promise<void>>> = {
  core: async () => (await import('./core.ts')).measureCore,
  desk: async () => (await import('./desk.ts')).measureDesk,
  ui: async () => (await import('./ui.ts')).measureUi,
  material: async () => (await import('./material.ts')).measureMaterial,
  availability: async () => (await import('./availability.ts')).measureAvailability,
  publish: async () => (await import('./publish.ts')).measurePublish,
  sync: async () => (await import('./sync.ts')).measureSync,
  search: async () => (await import('./search.ts')).measureSearch,
}

function line(row: Measured): string {
  const value = `${row.value.toFixed(row.value < 10 ? 2 : 0)} ${row.unit}`
  const goal = row.goal === undefined ? '' : `goal ${row.goal} ${row.unit}`
  const verdict =
    row.goal === undefined
      ? ''
      : row.value <= row.goal
        ? 'reached'
        : `missed by ${(row.value / row.goal).toFixed(1)}×`
  return [row.name.padEnd(58), value.padStart(11), goal.padStart(15), ` ${verdict}`, row.note ?? '']
    .join(' ')
    .trimEnd()
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(areas, name))
if (unknown.length > 0) {
  console.error(
    `There is no ${unknown.join(', ')} to measure; there is ${Object.keys(areas).join(', ')}.`,
  )
  process.exit(2)
}
const began = loadavg()[0] ?? 0
console.log(
  `${cpus().length} cores, load ${began.toFixed(1)} at the start, Node ${process.version}`,
)
for (const name of asked.length > 0 ? asked : Object.keys(areas)) {
  console.log(`\n${name}`)
  const measure = await areas[name]?.()
  await measure?.((row) => console.log(line(row)))
}
console.log(`\nload ${(loadavg()[0] ?? 0).toFixed(1)} at the end`)
