/**
 * Joining: from a desk of its own to one that shares a server, and back.
 *
 * It promises that nothing changes here before the server has what it is to have; that what was here is set aside in a
 * folder and never deleted; and that a power cut at any moment leaves a desk that is one or the other.
 */
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ConnectWish, ServerTest } from '../contract.ts'
import { uuid7 } from '../domain/uuid.ts'
import type { Ports } from '../ports.ts'
import type { Database } from '../store/database.ts'
import { lockFolder } from '../store/lock.ts'
import { acceptedIn } from '../sync/accepted.ts'
import { decide } from '../sync/decide.ts'
import type { Envelope } from '../sync/envelope.ts'
import { foundServer } from '../sync/found-server.ts'
import { type JournalEntry, writeLine } from '../sync/journal-line.ts'
import { nodeDisk } from '../sync/node-disk.ts'
import { exchangeParts, finishExchange } from '../sync/parts.ts'
import type { Alone } from './alone.ts'
import { type KeptServer, SERVER_FILE, writeServerFile } from './server-file.ts'
import { type Own, testServer } from './server-test.ts'

const JOURNAL = 'journal.ndjson'
/**
 * What a desk has only while it is alone, and only while it is joined. Its id goes each time: receipts bear it, with the
 * place in a line that begins anew.
 */
const ONLY_ALONE = ['database', 'desk.json'] as const
const ONLY_JOINED = ['replica', JOURNAL, SERVER_FILE, 'desk.json'] as const

/** The commands that this desk has done by itself. */
export function ownOf(alone: Alone): Own {
  return [...acceptedIn(alone.desk.journal.entries()).keys()]
}

/** The journal of the joined desk, once the server has what it is to have; or what is in the way. */
export async function offer(
  server: Database,
  alone: Alone,
  { send, found }: Pick<ConnectWish, 'send' | 'found'>,
  progress: (done: number) => void,
): Promise<readonly JournalEntry[] | Extract<ServerTest, { ok: false }>> {
  const tested = await testServer(server, ownOf(alone))
  if (!tested.ok) return tested
  const { journal, outbox, id } = alone.desk
  const cases = [...acceptedIn(journal.entries()).values()]
  const undecided = outbox.noted().map(({ envelope }) => envelope)
  const municipality = alone.municipality()
  if (municipality && (tested.state === 'empty' || tested.state === 'begun')) {
    const refused = await foundServer({ database: server, municipality, desk: id }, cases, progress)
    const told = refused.flatMap(({ one: { envelope, now }, outcome }): JournalEntry[] => [
      { kind: 'command', ...envelope },
      { kind: 'outcome', id: envelope.id, outcome, at: now, late: true },
    ])
    return [...told, ...undecided.map(noteOf)]
  }
  if (tested.state !== 'founded' && !found) {
    return { ok: false, problem: { code: 'nothing-there', detail: '' } }
  }
  if (!send) return []
  // What it has a receipt of already gets the same answer again.
  return [...cases.map(({ envelope }) => envelope), ...undecided]
    .filter(({ name }) => name !== 'municipality.found')
    .map(noteOf)
}

function noteOf(envelope: Envelope): JournalEntry {
  return { kind: 'command', ...envelope }
}

/** Founds a municipality on a server that has none, in the name of this desk. */
export async function foundThere(
  ports: Ports,
  server: Database,
  desk: Alone['desk'],
  municipality: Readonly<{ name: string; context: string; zone: string }>,
  actor: string,
): Promise<void> {
  const now = ports.clock.now()
  const envelope: Envelope = {
    id: uuid7(now, ports.random.bytes(16)),
    seq: desk.nextSeq++,
    name: 'municipality.found',
    version: 1,
    args: municipality,
    actor,
    issuedAt: now,
  }
  const { context, zone } = municipality
  await decide(
    { database: server, municipality: { context, zone }, desk: desk.id },
    { envelope, now },
  )
}

/** Nothing in the folder is open. Answers where what was here lies now. */
export async function becomeJoined(
  ports: Ports,
  dataFolder: string,
  server: KeptServer,
  journal: readonly JournalEntry[],
): Promise<string> {
  const fresh = join(dataFolder, 'joining')
  const disk = nodeDisk()
  return locked(dataFolder, async () => {
    await rm(fresh, { recursive: true, force: true })
    await mkdir(fresh, { mode: 0o700 })
    await disk.replace(join(fresh, JOURNAL), Buffer.concat(journal.map(writeLine)))
    await writeServerFile(disk, fresh, server)
    return exchangeParts(
      dataFolder,
      { fresh, take: [JOURNAL, SERVER_FILE], drop: ONLY_ALONE, why: 'joining' },
      ports.clock.now(),
    )
  })
}

/** Nothing in the folder is open. Answers where what the desk had of the server lies now. */
export function becomeAlone(ports: Ports, dataFolder: string): Promise<string> {
  return locked(dataFolder, () =>
    exchangeParts(
      dataFolder,
      { fresh: join(dataFolder, 'leaving'), take: [], drop: ONLY_JOINED, why: 'leaving' },
      ports.clock.now(),
    ),
  )
}

/** What a power cut has left half done, before anybody asks what kind of desk this is. */
export function finishJoining(dataFolder: string): Promise<string | null> {
  return locked(dataFolder, () => finishExchange(dataFolder))
}

async function locked<T>(dataFolder: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  const lock = await lockFolder(dataFolder)
  try {
    return await work()
  } finally {
    await lock.release()
  }
}
