/**
 * Statics: the files of the built renderer, for `app://` and for the web desk alike. A path that leads out of
 * the folder, whatever way it is written, is not found.
 */
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
}

/** What every answer carries: scripts of our own only, nothing from outside, in no foreign frame. */
export const guardHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const

/** The file below `folder` that a path of an address means; undefined where it leads outside. */
export function fileOf(folder: string, path: string): string | undefined {
  let plain: string
  try {
    plain = decodeURIComponent(path)
  } catch {
    return undefined
  }
  if (plain.includes('\0') || plain.includes('\\')) return undefined
  const file = normalize(join(folder, plain === '/' ? 'index.html' : plain))
  return file.startsWith(normalize(folder) + sep) ? file : undefined
}

export type Static = Readonly<{
  status: 200 | 404
  headers: Record<string, string>
  body: Uint8Array<ArrayBuffer>
}>

export async function serveStatic(folder: string, path: string): Promise<Static> {
  const file = fileOf(folder, path)
  const type = file === undefined ? undefined : types[extname(file)]
  if (file !== undefined && type !== undefined) {
    try {
      const body = new Uint8Array(await readFile(file))
      // Built files carry a hash in their names; only the page itself has to be asked for again.
      const caching =
        extname(file) === '.html' ? 'no-store' : 'private, max-age=31536000, immutable'
      return {
        status: 200,
        headers: { ...guardHeaders, 'Content-Type': type, 'Cache-Control': caching },
        body,
      }
    } catch {
      // Not there: answered below.
    }
  }
  return {
    status: 404,
    headers: { ...guardHeaders, 'Content-Type': 'text/plain' },
    body: new Uint8Array(),
  }
}
