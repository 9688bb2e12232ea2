/**
 * Journal fuzz: files that are cut, flipped, doubled and shuffled. Recovery never throws, never invents, and loses
 * nothing that the damage did not touch.
 *
 * `JOURNAL_SEED=… npx vitest run tests/sync/journal-fuzz.test.ts` repeats a run.
 */
import { expect, it } from 'vitest'
import { type JournalEntry, openJournal } from '../../core/sync/journal.ts'
import { readLines, writeLine } from '../../core/sync/journal-line.ts'
import { MemoryDisk } from '../harness/memory-disk.ts'

const FILE = 'journal.ndjson'
const RUNS = 3000
const seed = Number(process.env.JOURNAL_SEED ?? Math.floor(Math.random() * 2 ** 31))

/** mulberry32: small, and the same everywhere. */
function randomFrom(start: number): (below: number) => number {
  let state = start
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

function entriesFrom(random: (below: number) => number): JournalEntry[] {
  const words = ['Chor', 'Turnverein', '„Fête“', '\n', '","crc":"00000000"}', '{"kind":"', '🎪', '']
  return Array.from({ length: 1 + random(8) }, (_, index): JournalEntry => {
    const id = `0190c3b7-0000-7000-8000-${index.toString().padStart(12, '0')}`
    return random(2) === 0
      ? {
          kind: 'command',
          id,
          seq: index,
          name: 'reservation.book',
          version: 1,
          args: { title: words[random(words.length)], note: words[random(words.length)] },
          actor: 'Frau Egli',
          issuedAt: random(2 ** 31),
        }
      : { kind: 'outcome', id, outcome: { status: 'accepted', result: random(99) }, at: index }
  })
}

/** The damaged file, and which bytes of the original it no longer holds in their place or order. */
function damage(file: Buffer, random: (below: number) => number): { file: Buffer; kind: string } {
  const at = random(file.length + 1)
  const length = random(40)
  const piece = file.subarray(at, at + length)
  switch (random(6)) {
    case 0:
      return { kind: 'cut at the end', file: file.subarray(0, at) }
    case 1: {
      const flipped = Buffer.from(file)
      if (at < flipped.length) flipped[at] = (flipped[at] as number) ^ (1 << random(8))
      return { kind: 'a bit flipped', file: flipped }
    }
    case 2:
      return {
        kind: 'bytes doubled',
        file: Buffer.concat([file.subarray(0, at), piece, file.subarray(at)]),
      }
    case 3:
      return {
        kind: 'bytes lost',
        file: Buffer.concat([file.subarray(0, at), file.subarray(at + length)]),
      }
    case 4: {
      const zeroed = Buffer.from(file)
      zeroed.fill(0, at, Math.min(zeroed.length, at + length))
      return { kind: 'bytes zeroed', file: zeroed }
    }
    default:
      return { kind: 'the whole file doubled', file: Buffer.concat([file, file]) }
  }
}

/** Entries whose lines stand unharmed, with their newlines, somewhere in the damaged file. */
function untouched(lines: readonly Buffer[], file: Buffer): number[] {
  return lines.flatMap((line, index) => {
    const at = file.indexOf(line)
    const begins = at === 0 || file[at - 1] === 0x0a
    return at !== -1 && begins ? [index] : []
  })
}

it(`a damaged journal gives back only what was written, and all that is whole (seed ${seed})`, async () => {
  for (let run = 0; run < RUNS; run++) {
    const random = randomFrom(seed + run)
    const entries = entriesFrom(random)
    const lines = entries.map(writeLine)
    let { file, kind } = damage(Buffer.concat(lines), random)
    if (random(3) === 0) ({ file, kind } = damage(file, random))
    const where = `seed ${seed + run}: ${kind}`

    const disk = new MemoryDisk()
    disk.put(FILE, file)
    const journal = await openJournal(disk, FILE)
    const written = entries.map((entry) => JSON.stringify(entry))
    const read = journal.entries().map((entry) => JSON.stringify(entry))

    const invented = read.filter((entry) => !written.includes(entry))
    expect(invented, where).toEqual([])
    expect(new Set(read).size, where).toBe(read.length)
    const lost = untouched(lines, file)
      .map((index) => written[index] as string)
      .filter((entry) => !read.includes(entry))
    expect(lost, where).toEqual([])

    const next: JournalEntry = {
      kind: 'outcome',
      id: 'next',
      outcome: { status: 'accepted', result: null },
      at: 0,
    }
    await journal.append(next)
    const again = readLines(disk.bytesOf(FILE))
    expect(again.torn, where).toBe(0)
    const last = again.found.at(-1)
    expect(last && 'entry' in last ? last.entry : undefined, where).toEqual(next)
  }
})
