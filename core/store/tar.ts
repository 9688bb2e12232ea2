/**
 * Tar: just enough of the ustar format to carry a database directory in one file.
 *
 * Regular files and directories with short names, nothing else: no links, no owners. It exists because a fresh
 * desk unpacks one at its first start, where PGlite's own reader takes twice as long as the whole budget.
 */
import { mkdir, open, readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'

const BLOCK = 512
const DIRECTORY = '5'
const FILE = '0'

function header(name: string, size: number, type: string): Buffer {
  const block = Buffer.alloc(BLOCK)
  if (Buffer.byteLength(name) > 100)
    throw new Error(`the name ${name} is too long for this archive`)
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`
  block.write(name, 0)
  block.write(octal(type === DIRECTORY ? 0o700 : 0o600, 7), 100)
  block.write(octal(0, 7), 108)
  block.write(octal(0, 7), 116)
  block.write(octal(size, 11), 124)
  /** No time of day, so that the same directory makes the same archive. */
  block.write(octal(0, 11), 136)
  block.write(' '.repeat(8), 148)
  block.write(type, 156)
  block.write('ustar\0' + '00', 257)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return block
}

/** The directory, or what `only` names of it, as an archive; names are relative to it and sorted. */
export async function pack(folder: string, only?: readonly string[]): Promise<Buffer> {
  const parts: Buffer[] = []
  const walk = async (relative: string): Promise<void> => {
    for (const name of (await readdir(path.join(folder, relative))).sort()) {
      if (relative === '' && only && !only.includes(name)) continue
      const inside = path.posix.join(relative, name)
      const facts = await stat(path.join(folder, inside))
      if (facts.isDirectory()) {
        parts.push(header(`${inside}/`, 0, DIRECTORY))
        await walk(inside)
      } else {
        const content = await readFile(path.join(folder, inside))
        parts.push(header(inside, content.length, FILE), content)
        const rest = content.length % BLOCK
        if (rest > 0) parts.push(Buffer.alloc(BLOCK - rest))
      }
    }
  }
  await walk('')
  parts.push(Buffer.alloc(2 * BLOCK))
  return Buffer.concat(parts)
}

/** The content of one file of an archive; undefined where it is not in it. */
export function fileIn(archive: Buffer, wanted: string): Buffer | undefined {
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const name = archive.toString('utf8', at, archive.indexOf(0, at))
    if (name === '') return undefined
    const size = Number.parseInt(archive.toString('latin1', at + 124, at + 135), 8)
    if (!Number.isInteger(size)) return undefined
    at += BLOCK
    if (name === wanted) {
      return at + size <= archive.length ? archive.subarray(at, at + size) : undefined
    }
    at += Math.ceil(size / BLOCK) * BLOCK
  }
  return undefined
}

/** Writes every entry below `folder`, and forces each file to the disk: the desk's data will rest on them. */
export async function unpack(archive: Uint8Array, folder: string): Promise<void> {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength)
  const folders = [folder]
  const files: { name: string; content: Buffer }[] = []
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    const name = bytes.toString('utf8', at, bytes.indexOf(0, at))
    if (name === '') break
    const inside = path.resolve(folder, name)
    if (inside !== folder && !inside.startsWith(folder + path.sep)) {
      throw new Error(`the archive wants to write outside: ${name}`)
    }
    const size = Number.parseInt(bytes.toString('latin1', at + 124, at + 135), 8)
    const type = bytes.toString('latin1', at + 156, at + 157)
    at += BLOCK
    if (at + size > bytes.length) throw new Error(`the archive ends inside ${name}`)
    if (type === DIRECTORY) folders.push(inside)
    else files.push({ name: inside, content: bytes.subarray(at, at + size) })
    at += Math.ceil(size / BLOCK) * BLOCK
  }
  if (files.length === 0) throw new Error('the archive is empty')
  for (const each of folders) await mkdir(each, { recursive: true, mode: 0o700 })
  let next = 0
  const writeSome = async (): Promise<void> => {
    for (let file = files[next++]; file; file = files[next++]) {
      const handle = await open(file.name, 'w', 0o600)
      try {
        await handle.write(file.content)
        await handle.datasync()
      } finally {
        await handle.close()
      }
    }
  }
  /** As many at once as Node has threads for files. */
  await Promise.all(Array.from({ length: 8 }, writeSome))
}
