/**
 * PGlite engine: PostgreSQL inside this process, spoken to in bytes of its own protocol.
 *
 * It promises that a directory it makes is whole or not there (made beside and renamed), and that where it is
 * durable a COMMIT has reached the disk before its answer leaves. It knows no SQL and no statement; `pg` on the
 * other side of the stream does.
 */
import { closeSync, existsSync, fsyncSync, openSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { SESSION_SETTINGS } from './session-settings.ts'
import { unpack } from './tar.ts'

export interface EngineOptions {
  /** Absent: in memory, gone when it is closed. */
  readonly folder?: string | undefined
  /** A packed directory to begin with instead of running initdb; ignored if it is not there or not readable. */
  readonly prepared?: string | undefined
}

export interface Engine {
  /** Runs whole protocol messages; the answer comes in pieces, in order, before this returns. */
  exec(bytes: Uint8Array, answer: (piece: Uint8Array) => void): void
  close(): Promise<void>
}

/** Enough for a municipality; the default of 128 MB only makes the desk heavier. */
const SHARED_BUFFERS = '8MB'
/** Small segments: a fresh directory is 12 MB smaller, and a desk writes little. */
const WAL_SEGMENT_MB = 4
/** Pieces of an answer leave when they reach this size, so that the other side parses while this one computes. */
const PIECE_BYTES = 256 * 1024

const INITDB = [`--wal-segsize=${WAL_SEGMENT_MB}`]

function startParameters(durable: boolean): string[] {
  const settings: Record<string, string> = {
    ...SESSION_SETTINGS,
    shared_buffers: SHARED_BUFFERS,
    max_connections: '5',
    /** Of the ways to force the log to disk only this one passes through the file system below. */
    wal_sync_method: 'fsync',
    /** Statements and rows of lesser errors stay out: they travel to the caller, not to an operator. */
    log_min_messages: 'fatal',
    log_min_error_statement: 'panic',
  }
  return [
    ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
    ...(durable ? [] : ['-F']),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}

/** The parts of Emscripten's file system that are missing an fsync. */
interface EmscriptenFiles {
  NODEFS: {
    realPath(node: unknown): string
    stream_ops: { fsync?: (stream: { nfd?: number; node: unknown }) => number }
  }
}

/**
 * A directory whose fsync is real. PGlite's own answers "done" without asking the system: switching `fsync` on is
 * not enough, a power cut could take acknowledged bookings with it.
 */
class DurableFolder extends NodeFS {
  override async init(...[pglite, options]: Parameters<NodeFS['init']>) {
    const { emscriptenOpts } = await super.init(pglite, options)
    const preRun = (emscriptenOpts.preRun ?? []) as unknown[]
    preRun.push(({ NODEFS }: EmscriptenFiles) => {
      NODEFS.stream_ops.fsync = ({ nfd, node }) => {
        if (nfd !== undefined) fsyncSync(nfd)
        else syncFolder(NODEFS.realPath(node))
        return 0
      }
    })
    return { emscriptenOpts: { ...emscriptenOpts, preRun } as typeof emscriptenOpts }
  }
}

/** A rename is only safe once the directory that holds the name is on the disk. Windows has no such thing. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

async function readPrepared(prepared: string | undefined): Promise<Buffer | undefined> {
  if (prepared === undefined || !existsSync(prepared)) return undefined
  try {
    return await promisify(gunzip)(await readFile(prepared))
  } catch {
    return undefined
  }
}

async function syncAll(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const handle = await open(path.join(entry.parentPath ?? entry.path, entry.name), 'r+')
    try {
      await handle.datasync()
    } finally {
      await handle.close()
    }
  }
}

/** Makes the directory under another name first: a crash here leaves nothing that looks like a database. */
async function found(folder: string, prepared: string | undefined): Promise<void> {
  const making = `${folder}.tmp`
  await rm(making, { recursive: true, force: true })
  await mkdir(path.dirname(folder), { recursive: true })
  const archive = await readPrepared(prepared)
  try {
    if (!archive) throw new Error('nothing prepared')
    await unpack(archive, making)
    if (!existsSync(path.join(making, 'PG_VERSION'))) throw new Error('no database in the archive')
  } catch {
    await rm(making, { recursive: true, force: true })
    const initial = await PGlite.create(making, {
      startParams: startParameters(false),
      initDbStartParams: INITDB,
    })
    await initial.close()
    await syncAll(making)
  }
  /** An empty directory may stand there already; a full one stops the rename, as it should. */
  if (existsSync(folder) && (await readdir(folder)).length === 0) {
    await rm(folder, { recursive: true })
  }
  await rename(making, folder)
  syncFolder(path.dirname(folder))
}

/** The engine's own code, compiled. Undefined where it cannot be had beforehand: then it is compiled when it is opened. */
export async function compileEngine(): Promise<WebAssembly.Module | undefined> {
  try {
    const beside = createRequire(import.meta.url).resolve('@electric-sql/pglite')
    return await WebAssembly.compile(
      new Uint8Array(await readFile(path.join(path.dirname(beside), 'pglite.wasm'))),
    )
  } catch {
    return undefined
  }
}

/** A third of opening would go into a list of types for PGlite's own queries, which nobody asks here. */
class Bare extends PGlite {
  override async _initArrayTypes(): Promise<void> {}
}

/** Opens the database, founding it first where there is none. */
export async function startEngine(
  { folder, prepared }: EngineOptions,
  compiled?: Promise<WebAssembly.Module | undefined>,
): Promise<Engine> {
  const complaints = new Complaints()
  const onStderr = (line: string) => complaints.hear(line)
  const open = async (): Promise<PGlite> => {
    if (folder === undefined) {
      const archive = await readPrepared(prepared)
      return await PGlite.create({
        startParams: startParameters(false),
        initDbStartParams: INITDB,
        onStderr,
        ...(archive ? { loadDataDir: new Blob([new Uint8Array(archive)]) } : {}),
      })
    }
    if (!existsSync(path.join(folder, 'PG_VERSION'))) await found(folder, prepared)
    const code = await compiled
    const opening = new Bare({
      fs: new DurableFolder(folder),
      startParams: startParameters(true),
      onStderr,
      ...(code ? { pgliteWasmModule: code } : {}),
    })
    await opening.waitReady
    return opening
  }
  try {
    return engineOver(await open(), complaints)
  } catch (error) {
    throw complaints.with(error)
  }
}

/** What Postgres says to the operator; the last of it explains an end that the protocol does not. */
class Complaints {
  readonly #lines: string[] = []
  /** After this there is no session any more, though PGlite goes on as if there were. */
  fatal = false

  hear(line: string): boolean {
    this.#lines.push(line)
    if (this.#lines.length > 40) this.#lines.shift()
    if (/\b(PANIC|FATAL):/.test(line)) this.fatal = true
    return false
  }

  with(error: unknown): Error {
    const said = this.#lines.join('\n')
    const failed = new Error(`${error instanceof Error ? error.message : String(error)}\n${said}`)
    const code = (error as { code?: unknown } | null)?.code
    if (/no space left/i.test(said) || code === 'ENOSPC') Object.assign(failed, { code: 'ENOSPC' })
    return failed
  }
}

/** Every answer ends with ReadyForQuery: this, its length, and the state of the transaction. */
const READY = [0x5a, 0, 0, 0, 5]

function engineOver(pglite: PGlite, complaints: Complaints): Engine {
  let buffer = new Uint8Array(PIECE_BYTES)
  return {
    exec(bytes, answer) {
      let length = 0
      const onRawData = (piece: Uint8Array) => {
        if (length + piece.length > buffer.length) {
          // The end stays here, so that ReadyForQuery is never torn between two pieces.
          const kept = Math.min(length, READY.length + 1)
          if (length > kept) answer(buffer.slice(0, length - kept))
          const end = buffer.slice(length - kept, length)
          length = kept
          if (length + piece.length > buffer.length) {
            buffer = new Uint8Array((length + piece.length) * 2)
          }
          buffer.set(end)
        }
        buffer.set(piece, length)
        length += piece.length
      }
      // Runs to its end before it returns: only the sync of a browser's file system would be asynchronous.
      void pglite.execProtocolRawStream(bytes, { syncToFs: false, onRawData })
      const ready = READY.every((byte, index) => buffer[length - 6 + index] === byte)
      if (complaints.fatal || !ready) throw complaints.with(new Error('the session has ended'))
      answer(buffer.slice(0, length))
    },
    close: () => pglite.close(),
  }
}
