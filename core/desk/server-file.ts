/**
 * Server file: how this desk reaches its shared server, kept in its data folder, without the password. While the file
 * is there the desk is joined; that it is written is what joins it.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import type { ServerAddress } from '../contract.ts'
import type { Disk } from '../ports.ts'
import { codeOf } from '../store/failures.ts'
import type { Tls } from '../store/tls.ts'

export const SERVER_FILE = 'server.json'

const kept = z.object({
  host: z.string(),
  port: z.int(),
  database: z.string(),
  user: z.string(),
  tls: z.boolean(),
  /** The file that was chosen, for the screen; its content, so that the file may go. */
  ca: z.string(),
  certificates: z.string().nullable(),
  label: z.string(),
})
export type KeptServer = z.infer<typeof kept>

export function writeServerFile(disk: Disk, folder: string, server: KeptServer): Promise<void> {
  const text = `${JSON.stringify(server, null, 2)}\n`
  return disk.replace(join(folder, SERVER_FILE), Buffer.from(text))
}

/** The file that was named holds no certificate. */
export class NoCertificate extends Error {
  override readonly name = 'NoCertificate'
}

/** Null where the desk is joined to none. */
export async function readServerFile(dataFolder: string): Promise<KeptServer | null> {
  try {
    return kept.parse(JSON.parse(await readFile(join(dataFolder, SERVER_FILE), 'utf8')))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

/** `before`: what is kept now; a file that was read once need not be there any more. Throws `NoCertificate`. */
export async function keptServerOf(
  address: ServerAddress,
  before: KeptServer | null,
): Promise<KeptServer> {
  const { password: _, ...rest } = address
  const same = before !== null && before.ca === address.ca
  return { ...rest, certificates: same ? before.certificates : await certificatesIn(address) }
}

async function certificatesIn({ ca }: ServerAddress): Promise<string | null> {
  if (ca === '') return null
  const text = await readFile(ca, 'utf8').catch((error: unknown) => {
    throw new NoCertificate(ca, { cause: error })
  })
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new NoCertificate(ca)
  return text
}

export function addressOf({ certificates: _, ...rest }: KeptServer): ServerAddress {
  return { ...rest, password: '' }
}

export function connectionStringOf(server: KeptServer, password: string | null): string {
  const { host, port, database, user } = server
  const name = encodeURIComponent(user)
  const secret = password ? `:${encodeURIComponent(password)}` : ''
  const place = host.includes(':') ? `[${host}]` : host
  return `postgresql://${name}${secret}@${place}:${port}/${encodeURIComponent(database)}`
}

export function tlsOf({ tls, certificates }: KeptServer): Tls | undefined {
  return tls ? { ca: certificates } : undefined
}

/** As a person calls it. */
export function placeNameOf({ host, port, database }: KeptServer): string {
  return port === 5432 ? `${database}@${host}` : `${database}@${host}:${port}`
}
