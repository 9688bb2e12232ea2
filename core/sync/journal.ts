/**
 * Journal: every command, and later its outcome, on disk before anybody hears of it.
 *
 * An append that resolved survives a power cut; entries that are appended at the same time share one wait for the
 * disk. A damaged line costs itself and no other, is reported, and stays in the file. Nothing is ever read that
 * was not written, and a write that failed is taken back, so that what was refused is not carried out later.
 */
import type { Disk, DiskFile } from '../ports.ts'
import { codeOf, DiskFull } from '../store/failures.ts'
import { type JournalEntry, readLines, writeLine } from './journal-line.ts'

export type { JournalEntry } from './journal-line.ts'

export type JournalDamage = Readonly<{ line: number; reason: 'checksum' | 'unknown' }>

export interface Journal {
  /** Resolves once the entry is safe. Throws `DiskFull`, and the entry is then certainly not in the file. */
  append(entry: JournalEntry): Promise<void>
  /** Everything found at opening, in order, and everything appended since. */
  entries(): readonly JournalEntry[]
  /** What could not be read at opening; a torn last line is no damage, it was never acknowledged. */
  readonly damage: readonly JournalDamage[]
  /** Rewrites the file with the entries that `keep` wants; all or nothing. */
  compact(keep: (entry: JournalEntry) => boolean): Promise<void>
  /** Waits for what is under way. */
  close(): Promise<void>
}

interface Waiting {
  readonly entry: JournalEntry
  readonly line: Buffer
  resolve(): void
  reject(error: unknown): void
}

const NEWLINE = Buffer.from('\n')

export async function openJournal(disk: Disk, path: string): Promise<Journal> {
  const bytes = await disk.read(path)
  const { found, torn } = readLines(bytes)
  const length = bytes.length - torn
  const ended = length === 0 || bytes[length - 1] === NEWLINE[0]
  const journal = new FileJournal(disk, path, await disk.open(path), length, found)
  await journal.repair(torn > 0, ended)
  return journal
}

class FileJournal implements Journal {
  readonly damage: readonly JournalDamage[]
  readonly #disk: Disk
  readonly #path: string
  #file: DiskFile
  /** Bytes that are known to be good; whatever lies beyond was refused and has to go. */
  #length: number
  #entries: JournalEntry[]
  readonly #damaged: Buffer[] = []
  #waiting: Waiting[] = []
  /** The end of the queue of writes; never rejects. */
  #work: Promise<void> = Promise.resolve()
  #beyond = false
  #closed = false

  constructor(
    disk: Disk,
    path: string,
    file: DiskFile,
    length: number,
    found: ReturnType<typeof readLines>['found'],
  ) {
    this.#disk = disk
    this.#path = path
    this.#file = file
    this.#length = length
    const damage: JournalDamage[] = []
    const seen = new Set<string>()
    this.#entries = []
    for (const [index, one] of found.entries()) {
      if ('damaged' in one) {
        damage.push({ line: index + 1, reason: one.reason })
        this.#damaged.push(Buffer.from(one.damaged))
        continue
      }
      // A disk that repeats a block repeats whole lines: the same line twice is one entry.
      const line = one.bytes.toString('latin1')
      if (seen.has(line)) continue
      seen.add(line)
      this.#entries.push(one.entry)
    }
    this.damage = damage
  }

  /** Takes a torn line away, and ends a last line that lost nothing but its newline. */
  async repair(torn: boolean, ended: boolean): Promise<void> {
    if (torn) await this.#file.truncate(this.#length)
    if (!ended) {
      await this.#file.write(NEWLINE, this.#length)
      this.#length += 1
    }
    if (torn || !ended) await this.#file.sync()
  }

  append(entry: JournalEntry): Promise<void> {
    if (this.#closed) return Promise.reject(new Error('the journal is closed'))
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry, line: writeLine(entry), resolve, reject })
      if (this.#waiting.length === 1) this.#next(() => this.#flush())
    })
  }

  entries(): readonly JournalEntry[] {
    return this.#entries
  }

  compact(keep: (entry: JournalEntry) => boolean): Promise<void> {
    if (this.#closed) return Promise.reject(new Error('the journal is closed'))
    return this.#next(async () => {
      const kept = this.#entries.filter(keep)
      const lines = this.#damaged.flatMap((bytes) => [bytes, NEWLINE])
      const bytes = Buffer.concat([...lines, ...kept.map(writeLine)])
      try {
        await this.#disk.replace(this.#path, bytes)
      } catch (error) {
        throw failure(error)
      }
      // The old file has no name any more: what is written to it would be lost.
      const file = await this.#disk.open(this.#path)
      await this.#file.close()
      this.#file = file
      this.#length = bytes.length
      this.#beyond = false
      this.#entries = kept
    })
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#work
    await this.#file.close()
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#work.then(work)
    this.#work = mine.then(
      () => undefined,
      () => undefined,
    )
    return mine
  }

  /** Writes all that wait at this moment, and waits for the disk once for all of them. */
  async #flush(): Promise<void> {
    const batch = this.#waiting
    this.#waiting = []
    const bytes = Buffer.concat(batch.map(({ line }) => line))
    try {
      await this.#clear()
      this.#beyond = true
      await this.#file.write(bytes, this.#length)
      await this.#file.sync()
      this.#beyond = false
    } catch (error) {
      // If even this fails, the next append tries it again before it writes anything.
      await this.#clear().catch(() => undefined)
      for (const one of batch) one.reject(failure(error))
      return
    }
    this.#length += bytes.length
    for (const one of batch) {
      this.#entries.push(one.entry)
      one.resolve()
    }
  }

  async #clear(): Promise<void> {
    if (!this.#beyond) return
    await this.#file.truncate(this.#length)
    await this.#file.sync()
    this.#beyond = false
  }
}

function failure(error: unknown): unknown {
  return codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT' ? new DiskFull(error) : error
}
