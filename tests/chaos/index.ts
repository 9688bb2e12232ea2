/**
 * `npm run chaos -- --seed N --seconds S --desks D`: desks against one real server through everything that can go wrong.
 * Says what it did and ends with `N passed, N failed`. `--broken NAME` builds one thing wrong, to see that it is found.
 */
import { parseArgs } from 'node:util'
import { openArena } from './arena.ts'
import { BROKEN, type Broken } from './broken.ts'
import { chaos } from './chaos.ts'
import { VIOLATIONS } from './checker.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '60' },
    desks: { type: 'string', default: '4' },
    broken: { type: 'string' },
  },
})
const [seed, seconds, desks] = [values.seed, values.seconds, values.desks].map(Number) as [
  number,
  number,
  number,
]
const broken = values.broken as Broken | undefined
if (![seed, seconds, desks].every(Number.isFinite) || seconds <= 0 || desks < 1) {
  throw new Error('seed, seconds and desks are numbers')
}
if (broken && !BROKEN.includes(broken)) throw new Error(`broken is one of ${BROKEN.join(', ')}`)

const arena = await openArena()
try {
  console.log(`seed ${seed}, ${seconds} s, ${desks} desks on ${arena.kind.name}`)
  const { found, did } = await chaos(arena, { seed, seconds, desks, ...(broken ? { broken } : {}) })
  console.log(
    Object.entries(did)
      .map(([name, count]) => `${count} ${name}`)
      .join(', '),
  )
  let failed = 0
  for (const violation of VIOLATIONS) {
    const all = found[violation]
    if (all.length > 0) failed += 1
    console.log(`${all.length === 0 ? '✓' : '✗'} ${violation}: ${all.length}`)
    for (const one of all.slice(0, 5)) console.log(`    ${one}`)
  }
  console.log(`${VIOLATIONS.length - failed} passed, ${failed} failed`)
  if (failed > 0) process.exitCode = 1
} finally {
  await arena.close()
}
