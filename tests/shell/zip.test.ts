import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unzip } from '../../electron/start/runtime/zip.mjs'

type Entry = Readonly<{ name: string; text: string; mode: number; packed?: boolean }>

/** The parts of a zip file that a reader looks at. */
function zipOf(entries: readonly Entry[]): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, text, mode, packed = false } of entries) {
    const data = packed ? deflateRawSync(Buffer.from(text)) : Buffer.from(text)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(packed ? 8 : 0, 10)
    entry.writeUInt32LE(data.length, 20)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE((mode << 16) >>> 0, 38)
    entry.writeUInt32LE(at, 42)
    files.push(local, Buffer.from(name), data)
    directory.push(entry, Buffer.from(name))
    at += 30 + name.length + data.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...files, listed, end])
}

describe('the archive of the substitute runtime', () => {
  let base = ''
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'allmend-zip-'))
  })
  afterEach(() => rmSync(base, { recursive: true, force: true }))

  function unpack(entries: readonly Entry[], place: (name: string) => string | undefined) {
    writeFileSync(join(base, 'a.zip'), zipOf(entries))
    unzip(join(base, 'a.zip'), join(base, 'to'), place)
  }

  it('is unpacked where it is told to, with rights, and without what is left out', () => {
    const entries = [
      { name: 'App/app', text: 'run '.repeat(500), mode: 0o100755, packed: true },
      { name: 'App/licence', text: 'MIT', mode: 0o100644 },
      { name: 'App/resources/secret', text: 'x', mode: 0o100644 },
    ]
    unpack(entries, (name) => (name.includes('resources') ? undefined : name.replace('App/', '')))
    const to = join(base, 'to')
    expect({
      names: readdirSync(to).sort(),
      text: readFileSync(join(to, 'app'), 'utf8').length,
      runs: (statSync(join(to, 'app')).mode & 0o111) !== 0,
    }).toEqual({ names: ['app', 'licence'], text: 2000, runs: true })
  })

  it.each(['../evil', 'a/../../evil', '/evil'])(
    'never writes outside of its folder: %s',
    (name) => {
      const place = (path: string) => path
      expect(() => unpack([{ name, text: 'x', mode: 0o100644 }], place)).toThrow(
        'leaves its folder',
      )
      expect(readdirSync(base)).not.toContain('evil')
    },
  )

  it('never links outside of its folder', () => {
    const link = { name: 'link', text: '../../etc', mode: 0o120777 }
    expect(() => unpack([link], (name) => name)).toThrow('links outside')
  })

  it('is refused where it is none', () => {
    writeFileSync(join(base, 'a.zip'), 'not a zip at all, but long enough to look for its end')
    expect(() => unzip(join(base, 'a.zip'), join(base, 'to'), (name) => name)).toThrow(
      'not a zip file',
    )
  })
})
