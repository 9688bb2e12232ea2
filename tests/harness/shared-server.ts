/** A Postgres that is prepared for desks, for tests: databases of their own on the servers of the run. */
import pg from 'pg'
import { prepareServer } from '../../core/administrator.ts'
import type { Kind, TestDatabase } from './kinds.ts'

export interface SharedServer extends TestDatabase {
  /** Of its owner. */
  readonly url: string
  /** Of a user who may do what a desk may. */
  readonly deskUrl: string
}

/** As its owner, with a connection that is not of the desk. */
export async function ask<Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  // Whoever waits for the answer is told; without this the end of the connection would end the process.
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Row>(text, [...values])).rows
  } finally {
    await client.end()
  }
}

/** The address with another user in it. */
export function asUser(url: string, user: string): string {
  const address = new URL(url)
  address.username = user
  return address.href
}

export async function sharedServer(kind: Kind): Promise<SharedServer> {
  const made = await kind.create()
  const { url } = made
  if (url === undefined) throw new Error('a desk shares a server, not a file')
  const answer = await prepareServer(url)
  if (!answer.ok) throw new Error(`${answer.problem.code}: ${answer.problem.detail}`)
  const user = `desk_${new URL(url).pathname.slice(1)}`
  await ask(url, `create user "${user}" in role allmend_desk`)
  return {
    database: made.database,
    url,
    deskUrl: asUser(url, user),
    async drop() {
      await made.drop()
      const admin = new URL(url)
      admin.pathname = '/postgres'
      await ask(admin.href, `drop user if exists "${user}"`)
    },
  }
}
