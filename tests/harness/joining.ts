/** Joining: what tests of desks on a shared server have in common: its address as it is typed, and waiting for a desk. */
import type { ServerAddress } from '../../core/contract.ts'

/** In a network of its own: without TLS and without a password. */
export function addressOf(url: string, label: string): ServerAddress {
  const { hostname, port, pathname, username } = new URL(url)
  return {
    host: hostname,
    port: Number(port),
    database: pathname.slice(1),
    user: decodeURIComponent(username),
    password: '',
    tls: false,
    ca: '',
    label,
  }
}

export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`never: ${what}`)
}
