/**
 * Access: who may speak with the web desk. Only a page that this very server gave out, to somebody who knows
 * the key. The Host is checked against names that a foreign site has made point here (DNS rebinding), the
 * Origin against pages of other sites, the key against every other program of this machine.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export interface Access {
  readonly key: string
  /** Set when a page is opened with the right key, so that its files and a reload need not carry it. */
  readonly cookie: string
  allows(request: IncomingMessage): boolean
}

/** 256 bits: nobody guesses it in the life of a desk. */
const KEY_BYTES = 32

function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

function cookieOf(request: IncomingMessage, name: string): string {
  const cookies = (request.headers.cookie ?? '').split(';').map((each) => each.trim().split('='))
  return cookies.find(([each]) => each === name)?.[1] ?? ''
}

export function openAccess(
  port: number,
  key = randomBytes(KEY_BYTES).toString('base64url'),
): Access {
  // Cookies know no ports: two desks of one machine must not overwrite each other's.
  const name = `allmend-${port}`
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`])
  return {
    key,
    cookie: `${name}=${key}; HttpOnly; SameSite=Strict; Path=/`,
    allows({ headers, url = '/', ...rest }) {
      if (!hosts.has(headers.host ?? '')) return false
      if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) return false
      const site = headers['sec-fetch-site']
      if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
      const given = new URL(url, 'http://127.0.0.1').searchParams.get('key')
      return same(given ?? cookieOf({ headers, ...rest } as IncomingMessage, name), key)
    },
  }
}
