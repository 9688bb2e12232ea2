/**
 * Reads a zip file, entry by entry, for the one archive we unpack before any package can be relied on. It
 * takes what the substitute runtime needs (stored and deflated entries, file modes, links) and refuses the
 * rest. The archive's checksum has been verified before; nothing here trusts a path in it all the same.
 */
import {
  chmodSync,
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, resolve, sep } from 'node:path'
import { inflateRawSync } from 'node:zlib'

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LONGEST_END = 22 + 0xffff

/**
 * @param {number} file
 * @param {number} position
 * @param {number} length
 */
function readAt(file, position, length) {
  const buffer = Buffer.alloc(length)
  readSync(file, buffer, 0, length, position)
  return buffer
}

/** @param {number} file */
function directoryOf(file) {
  const { size } = fstatSync(file)
  const start = Math.max(0, size - LONGEST_END)
  const tail = readAt(file, start, size - start)
  for (let at = tail.length - 22; at >= 0; at--) {
    if (tail.readUInt32LE(at) === END_OF_DIRECTORY) {
      return {
        entries: tail.readUInt16LE(at + 10),
        directory: readAt(file, tail.readUInt32LE(at + 16), tail.readUInt32LE(at + 12)),
      }
    }
  }
  throw new Error('not a zip file')
}

/**
 * @param {string} zip
 * @param {string} folder
 * @param {(name: string) => string | undefined} place where an entry goes, below `folder`; undefined leaves it out
 */
export function unzip(zip, folder, place) {
  const file = openSync(zip, 'r')
  try {
    const { directory } = directoryOf(file)
    for (let at = 0; at < directory.length && directory.readUInt32LE(at) === DIRECTORY_ENTRY; ) {
      const method = directory.readUInt16LE(at + 10)
      const packed = directory.readUInt32LE(at + 20)
      const nameLength = directory.readUInt16LE(at + 28)
      const mode = directory.readUInt32LE(at + 38) >>> 16
      const header = directory.readUInt32LE(at + 42)
      const name = directory.toString('utf8', at + 46, at + 46 + nameLength)
      at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)

      const placed = name.endsWith('/') ? undefined : place(name)
      if (placed === undefined) continue
      const target = resolve(folder, placed)
      if (!target.startsWith(resolve(folder) + sep))
        throw new Error(`the archive leaves its folder: ${name}`)
      if (method !== 0 && method !== 8) throw new Error(`packed in an unknown way: ${name}`)
      const local = readAt(file, header, 30)
      const data = readAt(
        file,
        header + 30 + local.readUInt16LE(26) + local.readUInt16LE(28),
        packed,
      )
      const content = method === 8 ? inflateRawSync(data) : data
      mkdirSync(dirname(target), { recursive: true })
      if ((mode & 0o170000) === 0o120000) {
        if (content.toString().includes('..')) throw new Error(`the archive links outside: ${name}`)
        symlinkSync(content.toString(), target)
      } else {
        writeFileSync(target, content)
        if (mode & 0o777) chmodSync(target, mode & 0o777)
      }
    }
  } finally {
    closeSync(file)
  }
}
