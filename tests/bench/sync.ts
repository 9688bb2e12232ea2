/**
 * Desks on one shared server: how soon one shows what the other did, what a thin link costs, the first reading, a line of notes,
 * and how much many do in a second. On one PostgreSQL with every wait for the disk in place, all on this machine.
 */
import { embeddedBinaries } from '../harness/binaries.ts'
import { withDatabases } from '../harness/kinds.ts'
import { sharedServer } from '../harness/shared-server.ts'
import type { Measured } from './measured.ts'
import {
  measureLink,
  measureNotes,
  measurePull,
  measureReading,
  measureSight,
} from './sync/following.ts'
import { measureMany } from './sync/many.ts'
import { measurePainted } from './sync/painted.ts'
import { fill } from './sync/shared.ts'

/** 2,520 bookings each. */
const WEEKS = 8

export async function measureSync(report: (row: Measured) => void): Promise<void> {
  await withDatabases(
    async (kinds) => {
      const kind = kinds.find(({ id }) => id === 'embedded')
      if (!kind) throw new Error('npm brought no PostgreSQL')
      console.log(`PostgreSQL ${embeddedBinaries().version}, waiting for the disk; medians`)
      const shared = await sharedServer(kind)
      const plain = await kind.create()
      try {
        const bookings = await fill(shared.database, WEEKS)
        for (const measure of [
          measurePainted,
          measureSight,
          measureLink,
          measureNotes,
          measurePull,
        ]) {
          for (const row of await measure(shared)) report(row)
        }
        for (const row of await measureReading(shared, bookings)) report(row)
        await fill(plain.database, 1)
        for (const row of await measureMany({ url: plain.url ?? '' }, shared)) report(row)
      } finally {
        await shared.drop()
        await plain.drop()
      }
    },
    { durable: true },
  )
}
