/**
 * Memory disk: files in memory that can be full, fail, and lose power.
 *
 * What was synced survives `powerCut`; of what was only written a part survives, as with a real disk.
 */
import type { Disk, DiskFile } from '../../core/ports.ts'

interface Content {
  bytes: Buffer
  synced: Buffer
}

export class MemoryDisk implements Disk {
  readonly #files = new Map<string, Content>()
  /** Bytes that still fit; writes beyond it write what fits and fail with ENOSPC. */
  space = Number.POSITIVE_INFINITY
  /** Truncating fails as well while this is set. */
  stuck = false
  syncs = 0

  bytesOf(path: string): Buffer {
    return this.#files.get(path)?.bytes ?? Buffer.alloc(0)
  }

  put(path: string, bytes: Uint8Array): void {
    this.#files.set(path, { bytes: Buffer.from(bytes), synced: Buffer.from(bytes) })
  }

  /** Keeps of each file what was synced, and `part` (0 to 1) of what was written after it. */
  powerCut(part: number): void {
    for (const content of this.#files.values()) {
      const common = Math.min(content.synced.length, content.bytes.length)
      const more = Math.floor(Math.max(0, content.bytes.length - common) * part)
      content.bytes = Buffer.from(content.bytes.subarray(0, common + more))
      content.synced = Buffer.from(content.bytes)
    }
  }

  async read(path: string): Promise<Uint8Array> {
    return Buffer.from(this.bytesOf(path))
  }

  async open(path: string): Promise<DiskFile> {
    const content = this.#files.get(path) ?? { bytes: Buffer.alloc(0), synced: Buffer.alloc(0) }
    this.#files.set(path, content)
    return {
      write: async (bytes, at) => {
        const grows = Math.max(0, at + bytes.length - content.bytes.length)
        const fits = grows <= this.space ? bytes : bytes.subarray(0, Math.max(0, this.space))
        const result = Buffer.alloc(Math.max(content.bytes.length, at + fits.length))
        content.bytes.copy(result)
        result.set(fits, at)
        content.bytes = result
        this.space -= Math.min(grows, this.space)
        if (fits.length < bytes.length) throw full()
      },
      truncate: async (length) => {
        if (this.stuck) throw Object.assign(new Error('input/output error'), { code: 'EIO' })
        content.bytes = Buffer.from(content.bytes.subarray(0, length))
      },
      sync: async () => {
        this.syncs += 1
        content.synced = Buffer.from(content.bytes)
      },
      close: async () => {},
    }
  }

  async replace(path: string, bytes: Uint8Array): Promise<void> {
    if (bytes.length > this.space) throw full()
    this.put(path, bytes)
  }
}

function full(): Error {
  return Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
}
