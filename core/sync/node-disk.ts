/** Node disk: the `Disk` of the real world. */
import { constants } from 'node:fs'
import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Disk, DiskFile } from '../ports.ts'
import { codeOf } from '../store/failures.ts'

/** A new name is only safe once the folder that holds it is on the disk; Windows does that by itself. */
async function syncFolderOf(file: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(path.dirname(file), 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done)
    done += bytesWritten
  }
}

export function nodeDisk(): Disk {
  return {
    async read(file) {
      try {
        return await readFile(file)
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return new Uint8Array()
        throw error
      }
    },
    async open(file): Promise<DiskFile> {
      const handle = await open(file, constants.O_RDWR | constants.O_CREAT, 0o600)
      await syncFolderOf(file)
      return {
        write: (bytes, at) => writeAll(handle, bytes, at),
        truncate: (length) => handle.truncate(length),
        sync: () => handle.datasync(),
        close: () => handle.close(),
      }
    },
    async replace(file, bytes) {
      const draft = `${file}.tmp`
      try {
        const handle = await open(draft, 'w', 0o600)
        try {
          await writeAll(handle, bytes, 0)
          await handle.sync()
        } finally {
          await handle.close()
        }
        await rename(draft, file)
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
      await syncFolderOf(file)
    },
  }
}
