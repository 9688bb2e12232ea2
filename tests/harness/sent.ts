/**
 * Sent: the statements that go over the wire while some work runs, as the driver is given them; those too that travel
 * with others and are not waited for. BEGIN, COMMIT and the queue of those that lost before are left out.
 */
import pg from 'pg'

type Query = (this: pg.Client, ...args: unknown[]) => unknown

const BOUNDS = /^\s*(begin|start transaction|commit|rollback)\b|allmend\.lane/i

export async function sentDuring(work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = []
  const client = pg.Client.prototype as unknown as { query: Query }
  const { query } = client
  client.query = function (...args) {
    const [asked] = args as [string | { text: string }]
    const text = typeof asked === 'string' ? asked : asked.text
    if (!BOUNDS.test(text)) sent.push(text)
    return query.apply(this, args)
  }
  try {
    await work()
  } finally {
    client.query = query
  }
  return sent
}
