import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DiskFull } from '../../core/store/failures.ts'
import { type JournalEntry, openJournal } from '../../core/sync/journal.ts'
import { writeLine } from '../../core/sync/journal-line.ts'
import { nodeDisk } from '../../core/sync/node-disk.ts'
import { MemoryDisk } from '../harness/memory-disk.ts'

const FILE = 'journal.ndjson'

const command = (seq: number, title = 'Probe des Chors'): JournalEntry => ({
  kind: 'command',
  id: `0190c3b7-0000-7000-8000-${seq.toString().padStart(12, '0')}`,
  seq,
  name: 'reservation.book',
  version: 1,
  args: { title, note: 'Zeile eins\nZeile „zwei“ {"kind":"command"}' },
  actor: 'Frau Egli',
  issuedAt: 1_800_000_000_000 + seq,
})

const outcome = (seq: number): JournalEntry => ({
  kind: 'outcome',
  id: command(seq).id,
  outcome: { status: 'accepted', result: { number: 1000 + seq } },
  at: 1_800_000_000_500 + seq,
})

async function reopened(disk: MemoryDisk) {
  const journal = await openJournal(disk, FILE)
  return { entries: journal.entries(), damage: journal.damage }
}

describe('journal', () => {
  let disk: MemoryDisk
  beforeEach(() => {
    disk = new MemoryDisk()
  })

  it('gives back what was appended, in order', async () => {
    const journal = await openJournal(disk, FILE)
    const entries = [command(1), command(2), outcome(1), outcome(2)]
    for (const entry of entries) await journal.append(entry)
    await journal.close()
    expect(await reopened(disk)).toEqual({ entries, damage: [] })
  })

  it('keeps every acknowledged entry when the power is cut', async () => {
    const journal = await openJournal(disk, FILE)
    await journal.append(command(1))
    const late = journal.append(command(2)).then(
      () => 'acknowledged',
      () => 'failed',
    )
    disk.powerCut(0)
    expect(await reopened(disk)).toEqual({ entries: [command(1)], damage: [] })
    await late
  })

  it('waits for the disk once for entries that are appended together', async () => {
    const journal = await openJournal(disk, FILE)
    const before = disk.syncs
    await Promise.all(Array.from({ length: 100 }, (_, seq) => journal.append(command(seq))))
    expect(disk.syncs - before).toBeLessThanOrEqual(2)
    expect((await reopened(disk)).entries).toHaveLength(100)
  })

  it('ignores a torn last line and appends after what was good', async () => {
    const line = writeLine(command(2))
    disk.put(FILE, Buffer.concat([writeLine(command(1)), line.subarray(0, line.length / 2)]))
    const journal = await openJournal(disk, FILE)
    await journal.append(command(3))
    expect(await reopened(disk)).toEqual({ entries: [command(1), command(3)], damage: [] })
  })

  it('takes a last line that lost only its newline, and goes on in a new one', async () => {
    const line = writeLine(command(2))
    disk.put(FILE, Buffer.concat([writeLine(command(1)), line.subarray(0, -1)]))
    const journal = await openJournal(disk, FILE)
    await journal.append(command(3))
    const entries = [command(1), command(2), command(3)]
    expect(await reopened(disk)).toEqual({ entries, damage: [] })
  })

  it('finds an entry that ran together with a torn line', async () => {
    const torn = writeLine(command(2)).subarray(0, 50)
    disk.put(FILE, Buffer.concat([writeLine(command(1)).subarray(0, -1), Buffer.from('J'), torn]))
    const journal = await openJournal(disk, FILE)
    await journal.append(command(3))
    expect(await reopened(disk)).toEqual({ entries: [command(1), command(3)], damage: [] })
  })

  it('skips a damaged line, says which, keeps its bytes, and loses no other', async () => {
    const lines = [command(1), command(2), command(3)].map(writeLine)
    const middle = lines[1] as Buffer
    middle[40] = (middle[40] as number) ^ 0x10
    disk.put(FILE, Buffer.concat(lines))
    const journal = await openJournal(disk, FILE)
    expect({ entries: journal.entries(), damage: journal.damage }).toEqual({
      entries: [command(1), command(3)],
      damage: [{ line: 2, reason: 'checksum' }],
    })
    await journal.compact(() => true)
    expect(disk.bytesOf(FILE).includes(middle)).toBe(true)
  })

  it('finds both entries where the byte between two lines was damaged', async () => {
    const bytes = Buffer.concat([command(1), command(2)].map(writeLine))
    bytes[bytes.indexOf(0x0a)] = 0x4a
    disk.put(FILE, bytes)
    expect((await reopened(disk)).entries).toEqual([command(1), command(2)])
  })

  it('takes a line that the disk repeated once', async () => {
    const line = writeLine(command(1))
    disk.put(FILE, Buffer.concat([line, line, writeLine(command(2))]))
    expect(await reopened(disk)).toEqual({ entries: [command(1), command(2)], damage: [] })
  })

  it('says that the disk is full, and leaves nothing of what it refused', async () => {
    const journal = await openJournal(disk, FILE)
    await journal.append(command(1))
    disk.space = 30
    await expect(journal.append(command(2))).rejects.toBeInstanceOf(DiskFull)
    expect(disk.bytesOf(FILE)).toEqual(writeLine(command(1)))
    disk.space = Number.POSITIVE_INFINITY
    await journal.append(command(3))
    expect(await reopened(disk)).toEqual({ entries: [command(1), command(3)], damage: [] })
  })

  it('clears what it refused later, if the disk would not even do that at the time', async () => {
    const journal = await openJournal(disk, FILE)
    await journal.append(command(1))
    disk.space = 30
    disk.stuck = true
    await expect(journal.append(command(2))).rejects.toBeInstanceOf(DiskFull)
    disk.space = Number.POSITIVE_INFINITY
    disk.stuck = false
    await journal.append(command(3))
    expect(await reopened(disk)).toEqual({ entries: [command(1), command(3)], damage: [] })
  })

  it('refuses entries once it is closed', async () => {
    const journal = await openJournal(disk, FILE)
    const last = journal.append(command(1))
    await journal.close()
    await last
    await expect(journal.append(command(2))).rejects.toThrow('closed')
  })

  it('compacts to what is still wanted and goes on in the new file', async () => {
    const journal = await openJournal(disk, FILE)
    for (const entry of [command(1), outcome(1), command(2)]) await journal.append(entry)
    const during = journal.append(command(3))
    await journal.compact((entry) => entry.id !== command(1).id)
    await during
    await journal.append(outcome(2))
    const entries = [command(2), command(3), outcome(2)]
    expect(journal.entries()).toEqual(entries)
    expect(await reopened(disk)).toEqual({ entries, damage: [] })
  })

  it('keeps the old file when there is no space for the new one', async () => {
    const journal = await openJournal(disk, FILE)
    await journal.append(command(1))
    disk.space = 10
    await expect(journal.compact(() => true)).rejects.toBeInstanceOf(DiskFull)
    expect(await reopened(disk)).toEqual({ entries: [command(1)], damage: [] })
  })
})

describe('journal on a real disk', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'allmend-journal-'))
  })
  afterEach(async () => {
    await rm(folder, { recursive: true })
  })

  it('survives appending, a torn line, compacting and reopening', async () => {
    const file = path.join(folder, FILE)
    const first = await openJournal(nodeDisk(), file)
    await Promise.all([1, 2, 3].map((seq) => first.append(command(seq))))
    await first.close()
    await writeFile(file, (await readFile(file)).subarray(0, -7))
    const second = await openJournal(nodeDisk(), file)
    await second.compact((entry) => entry.id !== command(1).id)
    await second.append(outcome(2))
    await second.close()
    const third = await openJournal(nodeDisk(), file)
    await third.close()
    expect({ entries: third.entries(), damage: third.damage }).toEqual({
      entries: [command(2), outcome(2)],
      damage: [],
    })
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o077).toBe(0)
  })

  it('writes lines that any reader of JSON can read', async () => {
    const file = path.join(folder, FILE)
    const journal = await openJournal(nodeDisk(), file)
    await journal.append(command(1))
    await journal.close()
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { ...command(1), crc: expect.stringMatching(/^[0-9a-f]{8}$/) },
    ])
  })
})
