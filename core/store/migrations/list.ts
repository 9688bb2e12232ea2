/** The migrations, in order. A migration that has been released is never changed; a new one is added at the end. */
import type { Migration } from 'kysely/migration'
import * as libres from './0001-libres.ts'
import * as allmend from './0002-allmend.ts'
import * as operations from './0003-operations.ts'
import * as requestsPeople from './0004-requests-people.ts'
import * as search from './0005-search.ts'
import * as material from './0006-material.ts'
import * as hallAliases from './0007-hall-aliases.ts'

export const migrations: Readonly<Record<string, Migration & { readonly SQL: string }>> = {
  '0001-libres': libres,
  '0002-allmend': allmend,
  '0003-operations': operations,
  '0004-requests-people': requestsPeople,
  '0005-search': search,
  '0006-material': material,
  '0007-hall-aliases': hallAliases,
}
