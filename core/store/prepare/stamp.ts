/** Stamp: tells which migrations and which engine a prepared database was made with. */
import { createHash } from 'node:crypto'
import { migrations } from '../migrations/list.ts'

/** Raised when the way of preparing changes while the migrations stay. */
const FORMAT = 2

export function stampOfMigrations(): string {
  const hash = createHash('sha256').update(`${FORMAT} PostgreSQL 18\n`)
  for (const [name, { SQL }] of Object.entries(migrations)) hash.update(`${name}\n${SQL}\n`)
  return hash.digest('hex')
}
