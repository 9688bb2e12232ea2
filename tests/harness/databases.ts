/**
 * Databases: one contract, every database. `eachDatabase` runs a block of tests on each kind this machine has,
 * on a fresh migrated database per file that is emptied before each test.
 *
 * For scripts outside Vitest there is `withDatabases` in kinds.ts.
 */
import { afterAll, beforeAll, beforeEach, describe, inject } from 'vitest'
import type { Database } from '../../core/store/database.ts'
import { emptyDatabase, type Kind, kindsOfDatabase, type TestDatabase } from './kinds.ts'

export type { Kind, TestDatabase } from './kinds.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the run's servers are asked for; see global-setup.ts. */
    serverDesk: string
  }
}

/** A cold machine unpacks a server, runs initdb and migrates before the first test. */
const OPEN_WITHIN_MS = 180_000

/** All kinds, their servers shared by the whole run. */
export const kinds: readonly Kind[] = kindsOfDatabase({
  async urlOf(id) {
    const answer = await fetch(`${inject('serverDesk')}/${id}`)
    const text = await answer.text()
    if (!answer.ok) throw new Error(text)
    return text
  },
})

/** Those that several desks can share. */
export const serverKinds: readonly Kind[] = kinds.filter(({ id }) => id !== 'pglite')

/** What a block is given: the database of its kind, open from before its first test until after its last. */
export type OpenDatabase = () => Database

export function eachDatabase(
  about: string,
  tests: (database: OpenDatabase, kind: Kind, test: () => TestDatabase) => void,
  options: { connections?: number } = {},
): void {
  describe.each(kinds.map((kind) => [kind.name, kind] as const))(`${about} · %s`, (_name, kind) => {
    let open: TestDatabase | undefined
    const test = () => {
      if (!open) throw new Error('the database is only open while tests run')
      return open
    }
    beforeAll(async () => {
      open = await kind.create(options)
    }, OPEN_WITHIN_MS)
    beforeEach(async () => {
      await emptyDatabase(test().database)
    })
    afterAll(async () => {
      await open?.drop()
      open = undefined
    }, OPEN_WITHIN_MS)
    tests(() => test().database, kind, test)
  })
}
