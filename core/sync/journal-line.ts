/**
 * Journal line: one entry as a line of JSON that carries its own checksum, and back.
 *
 * Reading never throws and never invents: an entry comes out only if its bytes are those that went in. Where two
 * lines have run together, because the byte between them was damaged, both are still found.
 */
import { crc32 } from 'node:zlib'
import type { Outcome } from '../commands/command.ts'
import type { Instant, Uuid } from '../domain/time.ts'

export type JournalEntry =
  | Readonly<{
      kind: 'command'
      id: Uuid
      seq: number
      name: string
      version: number
      args: unknown
      actor: string
      /** When it was given, UTC milliseconds. */
      issuedAt: Instant
      /** On a desk that shares a server; see `Envelope`. */
      expiresAt?: Instant
      dependsOn?: readonly Uuid[]
    }>
  /** `late`: nobody waited for it any more when it came, so it has to be told. */
  | Readonly<{ kind: 'outcome'; id: Uuid; outcome: Outcome<unknown>; at: Instant; late?: true }>
  /** The clerk does not want it any more. Whether that came in time, only its outcome says. */
  | Readonly<{ kind: 'withdrawn'; id: Uuid; at: Instant }>
  /** Accepted once, by a server that has been put back to an earlier state and does not know it any more. */
  | Readonly<{ kind: 'missed'; id: Uuid; at: Instant }>
  /** A person says that an old note is still meant. */
  | Readonly<{ kind: 'confirmed'; id: Uuid; at: Instant }>
  /** A person has seen a late outcome and done what was to be done. */
  | Readonly<{ kind: 'handled'; id: Uuid; at: Instant }>

const NEWLINE = 0x0a
const CHECKSUM = /,"crc":"([0-9a-f]{8})"\}/g
const START = '{"kind":"'
const checksum = (bytes: Uint8Array | string) => crc32(bytes).toString(16).padStart(8, '0')

/** The checksum is over everything before it, as UTF-8. */
export function writeLine(entry: JournalEntry): Buffer {
  const body = JSON.stringify(entry).slice(0, -1)
  if (!body.startsWith(START)) throw new Error('the kind of an entry comes first')
  return Buffer.from(`${body},"crc":"${checksum(body)}"}\n`)
}

export type Found =
  | Readonly<{ entry: JournalEntry; bytes: Buffer }>
  /** Bytes of which no entry can be made. They are kept, in case a person can. */
  | Readonly<{ damaged: Buffer; reason: 'checksum' | 'unknown' }>

/** Everything in a file, in order. `torn` counts bytes at the end that never became a line. */
export function readLines(file: Uint8Array): { found: readonly Found[]; torn: number } {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const found: Found[] = []
  let at = 0
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, at)) {
    found.push(...readLine(bytes.subarray(at, end)))
    at = end + 1
  }
  const rest = readLine(bytes.subarray(at))
  // A whole entry whose newline did not make it is an entry; what follows it was never acknowledged.
  const last = rest.at(-1)
  const torn = last && 'damaged' in last ? last.damaged.length : 0
  found.push(...(torn > 0 ? rest.slice(0, -1) : rest))
  return { found, torn }
}

function readLine(line: Buffer): readonly Found[] {
  if (line.length === 0) return []
  const one = readEntry(line)
  if (one) return [one]
  /** One character for each byte, so that places in the text are places in the bytes. */
  const text = line.toString('latin1')
  const found: Found[] = []
  let at = 0
  for (const { index, 0: tail } of text.matchAll(CHECKSUM)) {
    const end = index + tail.length
    for (let start = text.indexOf(START, at); start !== -1 && start < end; ) {
      const inside = readEntry(line.subarray(start, end))
      if (inside) {
        if (start > at) found.push({ damaged: line.subarray(at, start), reason: 'checksum' })
        found.push(inside)
        at = end
        break
      }
      start = text.indexOf(START, start + 1)
    }
  }
  if (at < line.length) {
    const reason = at === 0 && sound(line) ? 'unknown' : 'checksum'
    found.push({ damaged: line.subarray(at), reason })
  }
  return found
}

/** The part that the checksum at the end covers, if it does. */
function sound(line: Buffer): boolean {
  const length = ',"crc":"00000000"}'.length
  const tail = line.toString('latin1', Math.max(0, line.length - length))
  const [, given] = /^,"crc":"([0-9a-f]{8})"\}$/.exec(tail) ?? []
  return given !== undefined && given === checksum(line.subarray(0, line.length - length))
}

function readEntry(line: Buffer): Found | undefined {
  if (!sound(line)) return undefined
  try {
    const { crc: _, ...entry } = JSON.parse(line.toString('utf8')) as JournalEntry & { crc: string }
    return isEntry(entry) ? { entry: entry as JournalEntry, bytes: line } : undefined
  } catch {
    return undefined
  }
}

function isEntry(value: object): boolean {
  const entry = value as Record<string, unknown>
  if (typeof entry.id !== 'string') return false
  switch (entry.kind) {
    case 'command':
      return (
        typeof entry.seq === 'number' &&
        typeof entry.name === 'string' &&
        typeof entry.version === 'number' &&
        typeof entry.actor === 'string' &&
        typeof entry.issuedAt === 'number'
      )
    case 'outcome':
      return typeof entry.at === 'number' && typeof entry.outcome === 'object'
    case 'withdrawn':
    case 'missed':
    case 'confirmed':
    case 'handled':
      return typeof entry.at === 'number'
    default:
      return false
  }
}
